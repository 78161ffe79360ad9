// A point of a feature space that a search steers to. Features that are not given are NaN and do not count.

import { euclidean, type FeatureSpace, relativeProximity } from '../../features/index.ts'

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
  readonly #wanted: Float64Array

  constructor(target: Target) {
    this.target = target
    this.#given = [...target.values.keys()].filter((i) => !Number.isNaN(target.values[i]))
    this.#wanted = this.#pick(target.values)
  }

  /** Euclidean, over the given features. */
  distance(values: Float64Array): number {
    return euclidean(this.#pick(values), this.#wanted)
  }

  /** As `distance`, over what adds up when code is put together: all but the ratios. */
  additiveDistance(values: Float64Array): number {
    const { ratios } = this.target.space
    let sum = 0
    for (const i of this.#given) if (!ratios[i]) sum += (values[i] - this.target.values[i]) ** 2
    return Math.sqrt(sum)
  }

  /** Has a kernel too little for the target (1), too much (-1), or about as much (0), over all given features? */
  growth(values: Float64Array): -1 | 0 | 1 {
    const wanted = sum(this.#wanted)
    const surplus = sum(this.#pick(values)) - wanted
    if (Math.abs(surplus) <= aboutEqual * wanted) return 0
    return surplus > 0 ? -1 : 1
  }

  /** Relative proximity: 100 at the target, 0 as far away as the origin or farther. */
  proximity(distance: number): number {
    return relativeProximity(distance, this.#wanted)
  }

  #pick(values: Float64Array): Float64Array {
    return Float64Array.from(this.#given, (i) => values[i])
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
