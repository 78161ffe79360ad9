// F1 to F4 as the members of a committee see them: logarithmic, since they span eight orders of magnitude, and of
// mean 0 and variance 1 over the training data, since k-means, k-NN and networks weigh features by their spread.

import { type CombinedFeatures, type DeviceLabel, deviceLabels, type GreweRow } from '../data-set.ts'

/** A labelled point. */
export interface Example {
  /** `[feature]`, scaled. */
  readonly point: readonly number[]
  readonly label: DeviceLabel
}

/** How features become points; plain data, saved with a committee. */
export interface Scaling {
  /** Of `log1p` of each feature. */
  readonly means: readonly number[]
  /** Of `log1p` of each feature, `leastDeviation` at least. */
  readonly deviations: readonly number[]
}

/**
 * A tenth, in logarithms. Of a feature that all rows but a few share, the few would else lie thousands of deviations off,
 * and so would any candidate beside them.
 */
const leastDeviation = 0.1

/** @throws {RangeError} for no rows */
export function fitScaling(rows: readonly GreweRow[]): Scaling {
  if (rows.length === 0) throw new RangeError('rows: expected at least one to learn from, received none')
  const columns = rows[0].features.map((_, i) => rows.map(({ features }) => Math.log1p(features[i])))
  const means = columns.map(meanOf)
  const deviations = columns.map((column, i) => {
    const deviation = Math.sqrt(meanOf(column.map((value) => (value - means[i]) ** 2)))
    return Math.max(deviation, leastDeviation)
  })
  return { means, deviations }
}

/** @returns `[feature]`, scaled */
export function scalePoint({ means, deviations }: Scaling, features: CombinedFeatures): number[] {
  return features.map((value, i) => (Math.log1p(value) - means[i]) / deviations[i])
}

export function exampleOf(scaling: Scaling, row: GreweRow): Example {
  return { point: scalePoint(scaling, row.features), label: row.label }
}

/** The label's place in `deviceLabels`: 0 for CPU, 1 for GPU. */
export function classOf(label: DeviceLabel): number {
  return deviceLabels.indexOf(label)
}

export function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2
  return sum
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
