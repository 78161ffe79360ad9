// The best split of a node. Splits that gain the same to twelve digits are ties, whatever rounding does: the feature
// that is tried first wins, and within a feature the lowest threshold. scikit-learn tries features in an order drawn
// per node from `random_state`, so that its seeds differ in ties alone; `order` gives the same freedom.

import { type Criterion, impurity } from './impurity.ts'
import type { ClassCounts } from './tree.ts'

/** The rows of one node. */
export interface NodeRows {
  /** `[feature]`: rows of the node by that feature's value, ascending. */
  readonly sorted: readonly Int32Array[]
  readonly counts: ClassCounts
}

/** What is learned from. */
export interface TrainingSet {
  /** `[feature][row]` */
  readonly columns: readonly Float64Array[]
  /** `[row]`: 1 for GPU. */
  readonly isGpu: Uint8Array
}

export interface FoundSplit {
  readonly feature: number
  readonly threshold: number
  /** Impurity lost, times rows of the node: what the whole tree gains by it, times its rows. */
  readonly gain: number
}

export interface SplitLimits {
  readonly criterion: Criterion
  /** Rows that each side keeps, 1 up. */
  readonly minSamplesLeaf: number
}

const tolerance = 1e-12

/**
 * Find the split that gains most.
 * @param order - features to try, in order
 * @returns undefined where no threshold tells the rows apart
 */
export function findSplit(
  set: TrainingSet,
  rows: NodeRows,
  order: readonly number[],
  limits: SplitLimits,
): FoundSplit | undefined {
  let best: FoundSplit | undefined
  for (const feature of order) {
    const found = findThreshold(set, rows, feature, limits)
    if (found !== undefined && (best === undefined || exceeds(found.gain, best.gain, rows))) best = found
  }
  return best
}

function findThreshold(
  { columns, isGpu }: TrainingSet,
  rows: NodeRows,
  feature: number,
  { criterion, minSamplesLeaf }: SplitLimits,
): FoundSplit | undefined {
  const column = columns[feature]
  const sorted = rows.sorted[feature]
  const { cpu, gpu } = rows.counts
  const whole = (cpu + gpu) * impurity(criterion, cpu, gpu)
  let best: FoundSplit | undefined
  for (let i = 1, gpuBelow = 0; i < sorted.length; i++) {
    gpuBelow += isGpu[sorted[i - 1]]
    const [low, high] = [column[sorted[i - 1]], column[sorted[i]]]
    if (low === high || i < minSamplesLeaf || sorted.length - i < minSamplesLeaf) continue
    const below = i * impurity(criterion, i - gpuBelow, gpuBelow)
    const above = (sorted.length - i) * impurity(criterion, cpu - i + gpuBelow, gpu - gpuBelow)
    const gain = Math.max(0, whole - below - above)
    if (best !== undefined && !exceeds(gain, best.gain, rows)) continue
    best = { feature, threshold: between(low, high), gain }
  }
  return best
}

function exceeds(gain: number, other: number, { counts }: NodeRows): boolean {
  return gain - other > tolerance * (counts.cpu + counts.gpu)
}

/** The middle; where no number lies between the two, the lower, so that `<=` tells them apart. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2
  return middle < high ? middle : low
}
