// Orders of lists: at random, and in turn.

import type { Random } from '../kernels/index.ts'

/** A copy in random order (Fisher and Yates). */
export function shuffle<T>(items: readonly T[], rng: Random): T[] {
  const shuffled = [...items]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = rng.below(i + 1)
    ;[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
  }
  return shuffled
}

/** The first of each list, then the second of each, and so on: who is cut short has seen some of each. */
export function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
}
