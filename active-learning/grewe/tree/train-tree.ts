// CART (Breiman et al. 1984), grown best first: the split that gains most over the whole tree comes next, so that a
// limit on leaves keeps the best ones. Columns are sorted once and stay sorted as nodes part.

import type { Random } from '../../../synth/index.ts'
import type { DeviceLabel } from '../../data-set.ts'
import { type Criterion, criteria } from './impurity.ts'
import { type FoundSplit, findSplit, type NodeRows, type TrainingSet } from './split.ts'
import { majorityOf, type TreeNode } from './tree.ts'

export interface TreeOptions {
  /** Default entropy. */
  readonly criterion?: Criterion
  /** Splits between root and leaf at most, 0 up. Default: no limit. */
  readonly maxDepth?: number
  /** Leaves at most, 1 up. Default: no limit. */
  readonly maxLeaves?: number
  /** Rows that a node must have to be split, 2 up. Default 2. */
  readonly minSamplesSplit?: number
  /** Rows that each side of a split keeps, 1 up. Default 1. */
  readonly minSamplesLeaf?: number
  /** Features tried at each node, drawn by `rng`, 1 up; more than there are counts as all. Default all. */
  readonly featuresPerSplit?: number
  /**
   * Draws per node the order in which features are tried, which decides ties. Default: features are tried in their own
   * order, the same at each node.
   */
  readonly rng?: Random
}

interface GrowingNode {
  readonly rows: NodeRows
  readonly depth: number
  /** Found as the node was made; undefined where it stays a leaf. */
  readonly split: FoundSplit | undefined
  children: readonly [below: GrowingNode, above: GrowingNode] | undefined
}

type Resolved = Required<Omit<TreeOptions, 'rng'>> & Pick<TreeOptions, 'rng'>

/**
 * Train a tree. The same rows in any order give the same tree, up to `rng`.
 * @param points - `[row][feature]`, finite
 * @param labels - `[row]`
 * @throws {RangeError} for no rows, for labels of another number, and for options out of range
 */
export function trainTree(
  points: readonly ArrayLike<number>[],
  labels: readonly DeviceLabel[],
  options: TreeOptions = {},
): TreeNode {
  const resolved = resolveTreeOptions(options)
  if (points.length === 0) throw new RangeError('points: expected at least one row to learn from, received none')
  if (points.length !== labels.length) {
    throw new RangeError(`labels: expected one for each of ${points.length} points, received ${labels.length}`)
  }
  const set = trainingSet(points, labels)
  const grow = (rows: NodeRows, depth: number): GrowingNode => {
    return { rows, depth, split: findNodeSplit(set, rows, depth, resolved), children: undefined }
  }
  const root = grow(allRows(set), 0)
  const open = [root]
  for (let leaves = 1; leaves < resolved.maxLeaves; leaves++) {
    const node = takeBest(open)
    if (node?.split === undefined) break
    const [below, above] = part(set, node.rows, node.split)
    node.children = [grow(below, node.depth + 1), grow(above, node.depth + 1)]
    open.push(...node.children.filter(({ split }) => split !== undefined))
  }
  return freeze(root)
}

/** @throws {RangeError} naming the option */
export function resolveTreeOptions(options: TreeOptions): Resolved {
  const { criterion = 'entropy', rng } = options
  if (!criteria.includes(criterion)) {
    throw new RangeError(`criterion: expected one of ${criteria.join(', ')}, received '${criterion}'`)
  }
  const whole = (name: Exclude<keyof TreeOptions, 'criterion' | 'rng'>, least: number, usual: number): number => {
    const value = options[name] ?? usual
    if (value >= least && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY)) return value
    throw new RangeError(`${name}: expected an integer of at least ${least}, received ${value}`)
  }
  return {
    ...{ criterion, rng },
    maxDepth: whole('maxDepth', 0, Number.POSITIVE_INFINITY),
    maxLeaves: whole('maxLeaves', 1, Number.POSITIVE_INFINITY),
    minSamplesSplit: whole('minSamplesSplit', 2, 2),
    minSamplesLeaf: whole('minSamplesLeaf', 1, 1),
    featuresPerSplit: whole('featuresPerSplit', 1, Number.POSITIVE_INFINITY),
  }
}

function trainingSet(points: readonly ArrayLike<number>[], labels: readonly DeviceLabel[]): TrainingSet {
  const columns = Array.from({ length: points[0].length }, (_, i) => Float64Array.from(points, (point) => point[i]))
  if (columns.some((column) => !column.every(Number.isFinite))) {
    throw new RangeError('points: expected finite features, received one that is not')
  }
  return { columns, isGpu: Uint8Array.from(labels, (label) => (label === 'GPU' ? 1 : 0)) }
}

function allRows({ columns, isGpu }: TrainingSet): NodeRows {
  const sorted = columns.map((column) => Int32Array.from(isGpu.keys()).sort((a, b) => column[a] - column[b]))
  return { sorted, counts: countRows(isGpu, isGpu.keys(), isGpu.length) }
}

function countRows(isGpu: Uint8Array, rows: Iterable<number>, size: number): NodeRows['counts'] {
  let gpu = 0
  for (const row of rows) gpu += isGpu[row]
  return { cpu: size - gpu, gpu }
}

function findNodeSplit(set: TrainingSet, rows: NodeRows, depth: number, options: Resolved): FoundSplit | undefined {
  const { cpu, gpu } = rows.counts
  if (cpu === 0 || gpu === 0 || depth >= options.maxDepth || cpu + gpu < options.minSamplesSplit) return undefined
  return findSplit(set, rows, featureOrder(set.columns.length, options), options)
}

/** Of the node: all features in their own order, or as many as are wanted in an order that is drawn. */
function featureOrder(size: number, { featuresPerSplit, rng }: Resolved): number[] {
  const order = [...Array(size).keys()]
  if (rng === undefined) return order.slice(0, featuresPerSplit)
  for (let i = size - 1; i > 0; i--) {
    const j = rng.below(i + 1)
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order.slice(0, featuresPerSplit)
}

/** Takes the open node that gains most out of the list, the earliest of equals. */
function takeBest(open: GrowingNode[]): GrowingNode | undefined {
  let best = 0
  for (let i = 1; i < open.length; i++) if (gainOf(open[i]) > gainOf(open[best])) best = i
  return open.splice(best, 1)[0]
}

function gainOf({ split }: GrowingNode): number {
  return split?.gain ?? -1
}

/** Both sides keep the order of every column. */
function part({ columns, isGpu }: TrainingSet, rows: NodeRows, { feature, threshold }: FoundSplit): NodeRows[] {
  const column = columns[feature]
  return [true, false].map((isBelow) => {
    const sorted = rows.sorted.map((order) => order.filter((row) => column[row] <= threshold === isBelow))
    return { sorted, counts: countRows(isGpu, sorted[0], sorted[0].length) }
  })
}

function freeze({ rows, split, children }: GrowingNode): TreeNode {
  if (split === undefined || children === undefined) {
    return { kind: 'leaf', label: majorityOf(rows.counts), counts: rows.counts }
  }
  const { feature, threshold } = split
  const [below, above] = children
  return { kind: 'split', feature, threshold, counts: rows.counts, below: freeze(below), above: freeze(above) }
}
