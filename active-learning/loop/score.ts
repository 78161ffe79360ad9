// How the heuristic (the entropy tree on F1 to F4) does on rows that it has not seen. Equally good splits are frequent, and
// which of them is taken sways a tree; so there are several trees, which take them in different orders.

import { Random } from '../../synth/index.ts'
import type { DeviceLabel, GreweRow } from '../data-set.ts'
import { bestStaticDevice, scorePredictions } from '../grewe/evaluation/scores.ts'
import { type TreeOptions, trainTree } from '../grewe/tree/train-tree.ts'
import { predictTree } from '../grewe/tree/tree.ts'

/** Trees of a heuristic, the same number as the seeds of `grewe evaluate`. */
export const heuristicTrees = 10

/** Part of a `Score`. */
export interface HeldOutScore {
  /** Mean over the trees. */
  readonly accuracy: number
  /** Geometric mean over rows and trees, over the best static device. */
  readonly speedup: number
  readonly oracleSpeedup: number
  /** `C` or `G` for each row, by tree. */
  readonly predictions: readonly string[]
}

/** How each tree is grown. */
export type HeuristicOptions = Pick<TreeOptions, 'minSamplesLeaf'>

/** Train the heuristic on some rows and score it on others. */
export function scoreRows(
  train: readonly GreweRow[],
  test: readonly GreweRow[],
  heuristic?: HeuristicOptions,
): HeldOutScore {
  const predicted = predictRows(train, test, heuristic)
  const best = bestStaticDevice(test)
  const scores = predicted.map((own) => scorePredictions(test, own, best))
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    accuracy: meanOf(scores.map(({ accuracy }) => accuracy)),
    speedup: Math.exp(meanOf(scores.map(({ geomeanSpeedup }) => Math.log(geomeanSpeedup)))),
    oracleSpeedup: scores[0].oracleGeomeanSpeedup,
    predictions: predicted.map((own) => own.map((label) => label[0]).join('')),
  }
}

/** @returns `[tree][row]`: what each tree says after training on some rows */
export function predictRows(
  train: readonly GreweRow[],
  test: readonly GreweRow[],
  heuristic: HeuristicOptions = {},
): DeviceLabel[][] {
  const points = train.map(({ features }) => features)
  const labels = train.map(({ label }) => label)
  return Array.from({ length: heuristicTrees }, (_, seed) => {
    const tree = trainTree(points, labels, { ...heuristic, rng: new Random(seed) })
    return test.map(({ features }) => predictTree(tree, features))
  })
}

/** What most trees say of a row; `C` where they are even. */
export function majorityAt(predictions: readonly ArrayLike<string>[], row: number): DeviceLabel {
  const gpu = predictions.filter((own) => own[row][0] === 'G').length
  return 2 * gpu > predictions.length ? 'GPU' : 'CPU'
}
