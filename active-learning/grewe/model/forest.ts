// A random forest (Breiman, "Random Forests", 2001): trees on bags of the rows, each split choosing among a few features.

import { Random } from '../../../synth/index.ts'
import type { DeviceLabel } from '../../data-set.ts'
import { type TreeOptions, trainTree } from '../tree/train-tree.ts'
import { askTree, type TreeNode } from '../tree/tree.ts'

/**
 * Train a forest. Features per split default to the square root of their number, as usual.
 * @param trees - 1 up
 * @param seed - of the bags and of the features tried; any integer
 */
export function trainForest(
  points: readonly (readonly number[])[],
  labels: readonly DeviceLabel[],
  trees: number,
  seed: number,
  options: Omit<TreeOptions, 'rng'>,
): TreeNode[] {
  const rng = new Random(seed)
  const featuresPerSplit = options.featuresPerSplit ?? Math.round(Math.sqrt(points[0]?.length ?? 1))
  return Array.from({ length: trees }, () => {
    const own = rng.fork()
    const bag = points.map(() => own.below(points.length))
    const [seen, known] = [bag.map((i) => points[i]), bag.map((i) => labels[i])]
    return trainTree(seen, known, { ...options, featuresPerSplit, rng: own })
  })
}

/** Mean share of GPU in the leaves of the point, 0 to 1. */
export function askForest(trees: readonly TreeNode[], point: ArrayLike<number>): number {
  return trees.reduce((sum, tree) => sum + askTree(tree, point), 0) / trees.length
}
