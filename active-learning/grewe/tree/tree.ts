// A decision tree as plain data: what training gives, and what prediction, pictures and exports read.

import type { DeviceLabel } from '../../data-set.ts'

/** Training rows that reached a node, by label. */
export interface ClassCounts {
  readonly cpu: number
  readonly gpu: number
}

export interface TreeLeaf {
  readonly kind: 'leaf'
  readonly label: DeviceLabel
  readonly counts: ClassCounts
}

/** Points whose feature is at most `threshold` go to `below`, the others to `above`. */
export interface TreeSplit {
  readonly kind: 'split'
  /** Place in the vector, from 0. */
  readonly feature: number
  readonly threshold: number
  readonly counts: ClassCounts
  readonly below: TreeNode
  readonly above: TreeNode
}

export type TreeNode = TreeLeaf | TreeSplit

/** @param point - `[feature]`, in the order that the tree was trained with */
export function predictTree(tree: TreeNode, point: ArrayLike<number>): DeviceLabel {
  return findLeaf(tree, point).label
}

/** Share of GPU rows among the training rows of the point's leaf, 0 to 1. */
export function askTree(tree: TreeNode, point: ArrayLike<number>): number {
  const { counts } = findLeaf(tree, point)
  return counts.gpu / (counts.cpu + counts.gpu)
}

/** The leaf that a point falls into. */
export function findLeaf(tree: TreeNode, point: ArrayLike<number>): TreeLeaf {
  let node = tree
  while (node.kind === 'split') node = point[node.feature] <= node.threshold ? node.below : node.above
  return node
}

/** What the leaf of these rows says: the more frequent label, CPU where both are as frequent. */
export function majorityOf({ cpu, gpu }: ClassCounts): DeviceLabel {
  return gpu > cpu ? 'GPU' : 'CPU'
}

/** How large a tree is. */
export interface TreeSize {
  /** Splits on the longest way to a leaf; 0 for a leaf alone. */
  readonly depth: number
  readonly leaves: number
}

export function sizeOfTree(tree: TreeNode): TreeSize {
  if (tree.kind === 'leaf') return { depth: 0, leaves: 1 }
  const [below, above] = [sizeOfTree(tree.below), sizeOfTree(tree.above)]
  return { depth: 1 + Math.max(below.depth, above.depth), leaves: below.leaves + above.leaves }
}
