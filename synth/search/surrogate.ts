// Predicts how an edit moves a kernel in feature space before anything is parsed or compiled: features are taken to be
// linear in counts of token classes, and the weights are learned while the search runs, by recursive least squares.
// Source: Haykin, Adaptive Filter Theory, ch. 10 (exponential weighting left out).

import { broadClass } from '../edits/index.ts'

/** Token classes counted: `[class, count]` pairs, counts may be negative for a difference. */
export type ClassCounts = ReadonlyMap<string, number>

/** Classes with a weight of their own; rarer ones, met later, share that of their broad class. */
const capacity = 320
/** Variance of a weight before anything is seen, against a noise of 1. */
const prior = 1

export class Surrogate {
  readonly #features: number
  readonly #index = new Map<string, number>()
  /** `[class, feature]` */
  readonly #weights: Float64Array
  /** `[class, class]`, symmetric: covariance of the weights. */
  readonly #covariance: Float64Array

  constructor(features: number) {
    this.#features = features
    this.#weights = new Float64Array(capacity * features)
    this.#covariance = new Float64Array(capacity * capacity)
    for (let i = 0; i < capacity; i++) this.#covariance[i * capacity + i] = prior
  }

  /** `[feature]`: the change that counts bring. */
  predict(counts: ClassCounts): Float64Array {
    const change = new Float64Array(this.#features)
    for (const [i, count] of this.#indexed(counts, false)) {
      const row = i * this.#features
      for (let f = 0; f < this.#features; f++) change[f] += count * this.#weights[row + f]
    }
    return change
  }

  /**
   * Learn from what was measured.
   * @param change - `[feature]`
   * @param noise - variance of the error, in squared feature units
   */
  observe(counts: ClassCounts, change: Float64Array, noise: number): void {
    const terms = this.#indexed(counts, true)
    const spread = new Float64Array(capacity)
    for (const [i, count] of terms) {
      const row = i * capacity
      for (let k = 0; k < capacity; k++) spread[k] += count * this.#covariance[row + k]
    }
    let variance = noise
    for (const [i, count] of terms) variance += count * spread[i]
    const error = this.predict(counts)
    for (let f = 0; f < this.#features; f++) error[f] = change[f] - error[f]
    for (let i = 0; i < capacity; i++) {
      if (spread[i] === 0) continue
      const gain = spread[i] / variance
      for (let f = 0; f < this.#features; f++) this.#weights[i * this.#features + f] += gain * error[f]
      for (let k = 0; k < capacity; k++) this.#covariance[i * capacity + k] -= gain * spread[k]
    }
  }

  #indexed(counts: ClassCounts, isLearning: boolean): [index: number, count: number][] {
    const sums = new Map<number, number>()
    const add = (name: string, count: number): void => {
      let i = this.#index.get(name)
      if (i === undefined && isLearning && this.#index.size < capacity) {
        i = this.#index.size
        this.#index.set(name, i)
      }
      if (i !== undefined) sums.set(i, (sums.get(i) ?? 0) + count)
    }
    for (const [name, count] of counts) {
      const broad = broadClass(name)
      if (broad !== name) add(name, count)
      add(broad, count)
    }
    return [...sums].filter(([, count]) => count !== 0)
  }
}

/** Count classes; '' costs nothing. */
export function countClasses(
  classes: Iterable<string>,
  sign: 1 | -1 = 1,
  into: Map<string, number> = new Map(),
): Map<string, number> {
  for (const name of classes) if (name !== '') into.set(name, (into.get(name) ?? 0) + sign)
  return into
}
