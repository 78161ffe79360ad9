// How the heuristic (the entropy tree on F1 to F4) does on rows that it has not seen.

import type { DeviceLabel, GreweRow } from '../data-set.ts'
import { bestStaticDevice, scorePredictions } from '../grewe/evaluation/scores.ts'
import { type TreeOptions, trainTree } from '../grewe/tree/train-tree.ts'
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

/** How the tree is grown. */
export type HeuristicOptions = Pick<TreeOptions, 'minSamplesLeaf'>

/** Train the heuristic on some rows and score it on others. */
export function scoreRows(
  train: readonly GreweRow[],
  test: readonly GreweRow[],
  heuristic?: HeuristicOptions,
): HeldOutScore {
  const predicted = predictRows(train, test, heuristic)
  const { accuracy, geomeanSpeedup, oracleGeomeanSpeedup } = scorePredictions(test, predicted, bestStaticDevice(test))
  const predictions = predicted.map((label) => label[0]).join('')
  return { accuracy, speedup: geomeanSpeedup, oracleSpeedup: oracleGeomeanSpeedup, predictions }
}

/** What the heuristic says after training on some rows. */
export function predictRows(
  train: readonly GreweRow[],
  test: readonly GreweRow[],
  heuristic: HeuristicOptions = {},
): DeviceLabel[] {
  const tree = trainTree(
    train.map(({ features }) => features),
    train.map(({ label }) => label),
    heuristic,
  )
  return test.map(({ features }) => predictTree(tree, features))
}
