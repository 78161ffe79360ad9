// Distances between feature vectors, and how near a distance is to a target. Euclidean is the reported figure;
// `benchpress` is what BenchPress's code computes, for comparison only.

import { closest } from 'fastest-levenshtein'

/** `[feature]` vectors of one space; smaller is nearer. */
export type Distance = (vector: ArrayLike<number>, target: ArrayLike<number>) => number

/** A distance by name. */
export interface Metric {
  readonly id: string
  readonly summary: string
  readonly distance: Distance
}

/** Straight-line distance over the raw features. @throws {RangeError} when the lengths differ */
export function euclidean(vector: ArrayLike<number>, target: ArrayLike<number>): number {
  checkLengths(vector, target)
  let sum = 0
  for (let i = 0; i < target.length; i++) sum += (vector[i] - target[i]) ** 2
  return Math.sqrt(sum)
}

/**
 * `sqrt(Σ|t² − i²|)`, BenchPress's `calculate_distance`. Not a metric: (3, 4) and (5, 0) differ by its root of 32.
 * @throws {RangeError} when the lengths differ
 */
export function benchpress(vector: ArrayLike<number>, target: ArrayLike<number>): number {
  checkLengths(vector, target)
  let sum = 0
  for (let i = 0; i < target.length; i++) sum += Math.abs(target[i] ** 2 - vector[i] ** 2)
  return Math.sqrt(sum)
}

/**
 * Euclidean distance in units of each feature's spread over a corpus.
 * @param deviations - `[feature]` standard deviations; a feature with 0 (constant in the corpus) counts unscaled
 * @throws {RangeError} when a deviation is negative or not finite, and on use when lengths differ
 */
export function standardised(deviations: ArrayLike<number>): Distance {
  const scales = Float64Array.from(deviations, (deviation) => {
    if (!(deviation >= 0 && deviation < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`deviations: expected finite numbers of at least 0, received ${deviation}`)
    }
    return deviation === 0 ? 1 : deviation
  })
  return (vector, target) => {
    checkLengths(vector, target)
    checkLengths(scales, target)
    let sum = 0
    for (let i = 0; i < target.length; i++) sum += ((vector[i] - target[i]) / scales[i]) ** 2
    return Math.sqrt(sum)
  }
}

/** Population standard deviation of each feature. @throws {RangeError} when `vectors` is empty or ragged */
export function standardDeviations(vectors: readonly ArrayLike<number>[]): Float64Array {
  if (vectors.length === 0) throw new RangeError('vectors: expected at least one, received none')
  const means = new Float64Array(vectors[0].length)
  const deviations = new Float64Array(vectors[0].length)
  for (const vector of vectors) {
    checkLengths(vector, means)
    for (let i = 0; i < means.length; i++) means[i] += vector[i] / vectors.length
  }
  for (const vector of vectors) {
    for (let i = 0; i < means.length; i++) deviations[i] += (vector[i] - means[i]) ** 2 / vectors.length
  }
  return deviations.map(Math.sqrt)
}

/**
 * `100 · (1 − distance / ‖target‖)`, 100 for an exact match, never below 0.
 * A target of zeros has no length to compare with: 100 when matched exactly, else 0.
 * @param distance - Euclidean, from the same target
 */
export function relativeProximity(distance: number, target: ArrayLike<number>): number {
  let square = 0
  for (let i = 0; i < target.length; i++) square += target[i] ** 2
  if (distance === 0) return 100
  return square === 0 ? 0 : Math.max(0, 100 * (1 - distance / Math.sqrt(square)))
}

/** Metrics that need nothing but the two vectors. `standardised` takes a corpus first. */
export const metrics: readonly Metric[] = [
  { id: 'euclidean', summary: 'straight-line distance over the raw features', distance: euclidean },
  {
    id: 'benchpress',
    summary: "sqrt(Σ|t²−i²|), as BenchPress's code has it; for comparison only",
    distance: benchpress,
  },
]

/** @throws {RangeError} naming the known metrics and the nearest name */
export function findMetric(id: string): Metric {
  const found = metrics.find((metric) => metric.id === id)
  if (found !== undefined) return found
  const ids = metrics.map((metric) => metric.id)
  throw new RangeError(
    `metric: expected one of ${ids.join(', ')}, received '${id}'; did you mean '${closest(id, ids)}'?`,
  )
}

function checkLengths(left: ArrayLike<number>, right: ArrayLike<number>): void {
  if (left.length !== right.length) {
    throw new RangeError(`vectors: expected equal lengths, received ${left.length} and ${right.length}`)
  }
}
