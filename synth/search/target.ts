// What a search steers to: a point or a box of a feature space. Features that are not given do not count.

import { type FeatureSpace, partsOf, relativeProximity } from '../../features/index.ts'
import type { Random } from '../random.ts'

export interface Target {
  /** `rodinia/<program>/<kernel>`, a file name, or the values as written. */
  readonly name: string
  readonly space: FeatureSpace
  /** `[feature]`, NaN where not given; of a range its lower end, -Infinity where that is open. */
  readonly values: Float64Array
  /** `[feature]`, NaN where not given: upper ends, Infinity where open. Default: a point, `values`. */
  readonly upper?: Float64Array
  /** What each part of a joint space counts. Default: all alike. */
  readonly weights?: readonly number[]
}

/** By how much more a feature weighs each time it is pressed. */
const pressing = 1.5

/** Standard deviation of a stirred weight's logarithm. */
const spread = 0.4
/** What a feature that was off weighs on top of that. */
const stubborn = 2
/** Power of a weight that is left of it each time that weights settle. */
const fading = 0.6

/** Distance and relative proximity over the given features of a target. */
export class TargetMeter {
  readonly target: Target
  /** `[feature]`: where the search aims, NaN where nothing is given; the middle of a range. */
  readonly point: Float64Array
  readonly #given: readonly number[]
  /** Of those given, all but the ratios. */
  readonly #additive: readonly number[]
  readonly #lower: Float64Array
  readonly #upper: Float64Array
  /** `[feature]`: units of distance per unit of the feature. */
  readonly #scales: Float64Array
  /** From the origin, by feature. */
  readonly #wanted: Float64Array
  /** `[feature]`: what each weighs in `effort`. */
  readonly #pressure: Float64Array
  #pressed = 0

  constructor(target: Target) {
    this.target = target
    this.#lower = target.values
    this.#upper = target.upper ?? target.values
    this.#given = [...target.values.keys()].filter((i) => !Number.isNaN(target.values[i]))
    this.#additive = this.#given.filter((i) => !target.space.ratios[i])
    this.point = this.#lower.map((low, i) => middle(low, this.#upper[i]))
    this.#scales = new Float64Array(target.values.length).fill(1)
    if (target.space.input === 'joint') this.#scales = this.#relativeScales()
    const origin = new Float64Array(target.values.length)
    this.#pressure = new Float64Array(target.values.length).fill(1)
    this.#wanted = Float64Array.from(this.#given, (i) => this.#scales[i] * this.#gap(origin, i))
  }

  /** Euclidean, over the given features. In a joint space, of each part in units of how far the origin is from it. */
  distance(values: Float64Array): number {
    return this.#norm(values, this.#given)
  }

  /** What the search lessens: the distance, but what was pressed weighs more. */
  effort(values: Float64Array): number {
    return this.#norm(values, this.#given, this.#pressure)
  }

  /** As `effort`, over what adds up when code is put together: all but the ratios. */
  additiveEffort(values: Float64Array): number {
    return this.#norm(values, this.#additive, this.#pressure)
  }

  /** How much more of each feature is wanted that adds up: what `additiveEffort` is the length of. */
  additiveGap(values: Float64Array): Float64Array {
    return Float64Array.from(this.#additive, (i) => this.#pressure[i] * this.#scales[i] * this.#gap(values, i))
  }

  /** As `additiveGap`, in units of the features and with nothing pressed. */
  plainGap(values: Float64Array): Float64Array {
    return Float64Array.from(this.#additive, (i) => this.#gap(values, i))
  }

  /** What a change of features does to `plainGap`. */
  plainChange(change: Float64Array): Float64Array {
    return Float64Array.from(this.#additive, (i) => change[i])
  }

  /** A change of features as a change of the gap. */
  additiveChange(change: Float64Array): Float64Array {
    return Float64Array.from(this.#additive, (i) => this.#pressure[i] * this.#scales[i] * change[i])
  }

  /** Times that weights changed: efforts of one number compare. */
  get pressed(): number {
    return this.#pressed
  }

  /**
   * Where `values` cannot be bettered, what is off there weighs more from now on, so that they are no optimum any more.
   * Source: Morris, The Breakout Method for Escaping from Local Minima, AAAI 1993.
   */
  press(values: Float64Array): void {
    for (const i of this.#given) if (this.#gap(values, i) !== 0) this.#pressure[i] *= pressing
    this.#pressed++
  }

  /**
   * Weights are drawn at random, log-normal about 1; what `values` are off in weighs more. Other kernels are near then.
   * Source: Charon and Hudry, The noising method, Operations Research Letters 14 (1993).
   */
  stir(rng: Random, values?: Float64Array): void {
    for (const i of this.#given) {
      const isOff = values !== undefined && this.#gap(values, i) !== 0
      this.#pressure[i] = Math.exp(spread * normal(rng)) * (isOff ? stubborn : 1)
    }
    this.#pressed++
  }

  /** Weights fade. */
  settle(): void {
    for (const i of this.#given) this.#pressure[i] **= fading
    this.#pressed++
  }

  /** All features weigh as in `distance` again. */
  relax(): void {
    this.#pressure.fill(1)
    this.#pressed++
  }

  /** Relative proximity: 100 at the target, 0 as far away as the origin or farther. */
  proximity(distance: number): number {
    return relativeProximity(distance, this.#wanted)
  }

  /** How much more of a feature is wanted: 0 within its range, negative above. */
  #gap(values: Float64Array, i: number): number {
    if (values[i] < this.#lower[i]) return this.#lower[i] - values[i]
    return values[i] > this.#upper[i] ? this.#upper[i] - values[i] : 0
  }

  #norm(values: Float64Array, features: readonly number[], weights?: Float64Array): number {
    let sum = 0
    for (const i of features) sum += ((weights?.[i] ?? 1) * this.#scales[i] * this.#gap(values, i)) ** 2
    return Math.sqrt(sum)
  }

  /** Parts whose target is the origin, or holds it, count as they are. */
  #relativeScales(): Float64Array {
    const scales = new Float64Array(this.#lower.length)
    let start = 0
    for (const [part, { names }] of partsOf(this.target.space).entries()) {
      const own = this.#given.filter((i) => i >= start && i < start + names.length)
      const length = this.#norm(new Float64Array(this.#lower.length), own)
      scales.fill((this.target.weights?.[part] ?? 1) / (length || 1), start, start + names.length)
      start += names.length
    }
    return scales
  }
}

function middle(low: number, high: number): number {
  if (Number.isFinite(low) && Number.isFinite(high)) return (low + high) / 2
  return Number.isFinite(low) ? low : high
}

/** Standard normal, nearly: four uniform numbers. */
function normal(rng: Random): number {
  const sum = rng.next() + rng.next() + rng.next() + rng.next()
  return (sum - 2) * Math.sqrt(3)
}
