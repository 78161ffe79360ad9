// How the heuristic (the entropy tree on F1 to F4) does on rows that it has not seen.

import { type DeviceLabel, deviceLabels, type GreweRow } from '../data-set.ts'
import { trainTree } from '../grewe/tree/train-tree.ts'
import { predictTree } from '../grewe/tree/tree.ts'

/** Part of a `Score`. */
export interface HeldOutScore {
  readonly accuracy: number
  /** Geometric mean over the rows, over the best static device. */
  readonly speedup: number
  readonly oracleSpeedup: number
  /** `C` or `G` for each row. */
  readonly predictions: string
}

/** Train the heuristic on some rows and score it on others. */
export function scoreRows(train: readonly GreweRow[], test: readonly GreweRow[]): HeldOutScore {
  return scorePredictions(predictRows(train, test), test)
}

/** What the heuristic says after training on some rows. */
export function predictRows(train: readonly GreweRow[], test: readonly GreweRow[]): DeviceLabel[] {
  const tree = trainTree(
    train.map(({ features }) => features),
    train.map(({ label }) => label),
  )
  return test.map(({ features }) => predictTree(tree, features))
}

export function scorePredictions(predictions: readonly DeviceLabel[], test: readonly GreweRow[]): HeldOutScore {
  const predicted = geometricMean(test.map((row, i) => runtimeOn(row, predictions[i])))
  const best = Math.min(...deviceLabels.map((device) => geometricMean(test.map((row) => runtimeOn(row, device)))))
  const oracle = geometricMean(test.map((row) => Math.min(row.runtimeCpuMs, row.runtimeGpuMs)))
  return {
    accuracy: test.filter((row, i) => row.label === predictions[i]).length / test.length,
    speedup: best / predicted,
    oracleSpeedup: best / oracle,
    predictions: predictions.map((label) => label[0]).join(''),
  }
}

function runtimeOn(row: GreweRow, device: DeviceLabel): number {
  return device === 'CPU' ? row.runtimeCpuMs : row.runtimeGpuMs
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
