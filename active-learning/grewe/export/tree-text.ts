// A tree as indented text, and the words that all pictures of trees use.

import { sizeOfTree, type TreeNode, type TreeSplit } from '../tree/tree.ts'

/**
 * One line a node, branches indented by two spaces.
 * @param names - `[feature]`
 * @param depth - splits shown on each way; what is below becomes one line
 */
export function formatTree(
  tree: TreeNode,
  names: readonly string[],
  depth: number = Number.POSITIVE_INFINITY,
): string[] {
  if (tree.kind === 'leaf') return [`→ ${outcome(tree)}`]
  if (depth === 0) return [`… ${remainder(tree)}`]
  const branch = (word: string, node: TreeNode): string[] => {
    const [first, ...rest] = formatTree(node, names, depth - 1)
    return [`  ${word} ${first}`, ...rest.map((line) => `  ${line}`)]
  }
  return [condition(tree, names), ...branch('yes', tree.below), ...branch('no ', tree.above)]
}

/** `F2:coalesced/mem <= 0.75`; thresholds to six digits. */
export function condition({ feature, threshold }: TreeSplit, names: readonly string[]): string {
  return `${names[feature]} <= ${Number(threshold.toPrecision(6))}`
}

/** `GPU (CPU 3, GPU 12)`: the label with the training rows behind it. */
export function outcome({ label, counts }: Extract<TreeNode, { kind: 'leaf' }>): string {
  return `${label} (CPU ${counts.cpu}, GPU ${counts.gpu})`
}

/** `12 leaves (CPU 30, GPU 12)`: what is not shown. */
export function remainder(tree: TreeNode): string {
  const { cpu, gpu } = tree.counts
  return `${sizeOfTree(tree).leaves} leaves (CPU ${cpu}, GPU ${gpu})`
}
