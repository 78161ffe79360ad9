// What the model sees of the target: one prefix token per given feature, its value in log-spaced buckets.
// The trainer's `value_bucket` is the same function; `test/synth/feature-prefix.test.ts` holds them together.

import { findFeatureSpace } from '../features/index.ts'

/**
 * Bucket of a feature's value, 0 to 255: counts have 0 to 200 (exact to 32, then eight per octave), ratios the rest.
 * @param value - negative ones count as 0, and counts are rounded
 */
export function valueBucket(value: number, isRatio: boolean): number {
  if (isRatio) return 201 + Math.min(54, Math.round(8 * Math.log2(1 + 8 * Math.max(0, value))))
  const count = Math.round(Math.max(0, value))
  return count <= 32 ? count : Math.min(200, 32 + Math.round(8 * Math.log2(count / 32)))
}

/** Prefix of a kernel or target: parallel lists of feature ids and value buckets. */
export interface FeaturePrefix {
  readonly ids: readonly number[]
  readonly buckets: readonly number[]
}

/** Nothing given: the model writes undirected. */
export const emptyPrefix: FeaturePrefix = { ids: [], buckets: [] }

/** Where each space's features start among the model's feature ids. */
export type FeatureOffsets = Readonly<Record<string, number>>

/** The space whose only feature says how long an infill is to be; no kernel is measured in it. */
export const lengthSpace = 'infill'

/** Of a space with more features than this, zeros are left out, as in training: most are zero. */
const largeSpace = 16

/**
 * What the model is told of a point.
 * @param values - `[feature]` in the order of the space; NaN marks a feature that is not given
 * @returns the empty prefix for a space that the model was not trained with
 */
export function featurePrefix(offsets: FeatureOffsets, spaceId: string, values: Float64Array): FeaturePrefix {
  const offset = offsets[spaceId]
  if (offset === undefined) return emptyPrefix
  const { ratios } = findFeatureSpace(spaceId)
  const isLarge = values.length > largeSpace
  const given = [...values.keys()].filter((i) => !(Number.isNaN(values[i]) || (isLarge && values[i] === 0)))
  return {
    ids: given.map((i) => offset + i),
    buckets: given.map((i) => valueBucket(values[i], ratios[i])),
  }
}

/**
 * The prefix, and about how long the infill is to be.
 * @param tokens - token ids; three steps an octave are told apart
 * @returns the prefix as it is for a model that was not trained with lengths
 */
export function withLength(prefix: FeaturePrefix, offsets: FeatureOffsets, tokens: number): FeaturePrefix {
  const id = offsets[lengthSpace]
  if (id === undefined) return prefix
  const bucket = Math.min(255, Math.round(3 * Math.log2(1 + Math.max(0, tokens))))
  return { ids: [...prefix.ids, id], buckets: [...prefix.buckets, bucket] }
}

/** Of a prefix, what says how long the infill is to be, and nothing of features. */
export function lengthAlone({ ids, buckets }: FeaturePrefix, offsets: FeatureOffsets): FeaturePrefix {
  const place = ids.indexOf(offsets[lengthSpace] ?? -1)
  return place < 0 ? emptyPrefix : { ids: [ids[place]], buckets: [buckets[place]] }
}
