// A decision tree as a member: the CART of `grewe/tree/`, with leaves that are never quite sure.

import type { Random } from '../../synth/index.ts'
import { trainTree } from '../grewe/tree/train-tree.ts'
import { findLeaf, sizeOfTree, type TreeNode, type TreeSize } from '../grewe/tree/tree.ts'
import type { Example } from './scaling.ts'

/** Plain data. */
export interface TreeModel {
  readonly kind: 'tree'
  readonly root: TreeNode
}

/**
 * @param leastLeaf - examples that a leaf keeps, 1 up
 * @param rng - decides ties
 */
export function trainTreeMember(examples: readonly Example[], leastLeaf: number, rng: Random): TreeModel {
  const points = examples.map(({ point }) => point)
  const labels = examples.map(({ label }) => label)
  return { kind: 'tree', root: trainTree(points, labels, { minSamplesLeaf: leastLeaf, rng }) }
}

/** Probability of GPU, between 0 and 1: the share in the point's leaf, each class with one more than it has. */
export function askTreeMember({ root }: TreeModel, point: readonly number[]): number {
  const { cpu, gpu } = findLeaf(root, point).counts
  return (gpu + 1) / (cpu + gpu + 2)
}

export function sizeOfTreeMember({ root }: TreeModel): TreeSize {
  return sizeOfTree(root)
}
