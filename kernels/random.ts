// Seeded randomness for payloads, sampling and search. Stages get forks, so that one more draw in one stage does not shift
// the others.

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** A seeded generator (xoroshiro128+): the same seed gives the same values on any machine. */
export class Random {
  readonly #generator: RandomGenerator

  /** @param seed - any integer; its low 32 bits count */
  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed | 0)
    for (let i = 0; i < 4; i++) this.#generator.next() // low seeds start alike
  }

  /** Uniform in [0, 1), 32 bits of it. */
  next(): number {
    return (this.#generator.next() >>> 0) / 4294967296
  }

  /** Uniform integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  /** Uniform element of a non-empty list. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]
  }

  /** A copy in random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      ;[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
    }
    return shuffled
  }

  /** Index drawn in proportion to non-negative weights, of which one is positive. */
  weighted(weights: readonly number[]): number {
    let rest = this.next() * weights.reduce((sum, weight) => sum + weight, 0)
    for (let i = 0; i < weights.length; i++) {
      rest -= weights[i]
      if (rest < 0) return i
    }
    return weights.length - 1
  }

  /** An independent generator. */
  fork(): Random {
    return new Random(this.seed())
  }

  /** A seed for an independent generator elsewhere. */
  seed(): number {
    return this.#generator.next()
  }
}
