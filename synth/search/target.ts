// A point of a feature space that a search steers to. Features that are not given are NaN and do not count.

import type { FeatureSpace } from '../../features/index.ts'

export interface Target {
  /** `rodinia/<program>/<kernel>`, a file name, or the values as written. */
  readonly name: string
  readonly space: FeatureSpace
  /** `[feature]`, NaN where not given. */
  readonly values: Float64Array
}

/** Share of the target's sum within which a kernel has about as much. */
const aboutEqual = 0.05

/** Distance and relative proximity over the given features of a target. */
export class TargetMeter {
  readonly target: Target
  readonly #given: readonly number[]
  readonly #norm: number

  constructor(target: Target) {
    this.target = target
    this.#given = [...target.values.keys()].filter((i) => !Number.isNaN(target.values[i]))
    this.#norm = Math.hypot(...this.#given.map((i) => target.values[i]))
  }

  /** Euclidean, over the given features. */
  distance(values: Float64Array): number {
    let sum = 0
    for (const i of this.#given) sum += (values[i] - this.target.values[i]) ** 2
    return Math.sqrt(sum)
  }

  /** Has a kernel too little for the target (1), too much (-1), or about as much (0), over all given features? */
  growth(values: Float64Array): -1 | 0 | 1 {
    let surplus = 0
    let wanted = 0
    for (const i of this.#given) {
      surplus += values[i] - this.target.values[i]
      wanted += this.target.values[i]
    }
    if (Math.abs(surplus) <= aboutEqual * wanted) return 0
    return surplus > 0 ? -1 : 1
  }

  /** 100 at the target, 0 as far away as the origin or farther. */
  proximity(distance: number): number {
    if (this.#norm === 0) return distance === 0 ? 100 : 0
    return Math.max(0, 100 * (1 - distance / this.#norm))
  }
}
