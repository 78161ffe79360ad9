// What the model sees of the target: one prefix token per given feature, its value in log-spaced buckets.
// The trainer's `value_bucket` is the same function; `test/synth/feature-prefix.test.ts` holds them together.

import { type FeatureSpace, partsOf } from '../features/index.ts'

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
 * @returns nothing of spaces that the model was not trained with
 */
export function featurePrefix(offsets: FeatureOffsets, space: FeatureSpace, values: Float64Array): FeaturePrefix {
  const given: (readonly [id: number, bucket: number])[] = []
  let start = 0
  for (const { id, names, ratios } of partsOf(space)) {
    const offset = offsets[id]
    const isLarge = names.length > largeSpace
    for (const [i, value] of values.subarray(start, start + names.length).entries()) {
      if (offset === undefined || Number.isNaN(value) || (isLarge && value === 0)) continue
      given.push([offset + i, valueBucket(value, ratios[i])])
    }
    start += names.length
  }
  given.sort(([a], [b]) => a - b)
  return { ids: given.map(([id]) => id), buckets: given.map(([, bucket]) => bucket) }
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
