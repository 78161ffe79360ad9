// Starting points for large targets: seed kernels fused into one kernel, chosen so that their features add up to the
// target. A greedy search over sums of vectors; what it proposes is then written out, compiled and measured.

import { fuseKernels, type TypedKernel } from '../edits/index.ts'
import type { TargetMeter } from './target.ts'

/** A kernel whose features are known. */
export interface Part {
  readonly text: string
  /** `[feature]` */
  readonly features: Float64Array
}

/** Work-items may leave such a kernel before a barrier of the next: only one can be fused with others. */
function isSelfish({ text }: Part): boolean {
  return text.includes('barrier(') && text.includes('return')
}

interface Sum {
  /** Indices into the parts. */
  readonly parts: readonly number[]
  readonly features: Float64Array
  readonly distance: number
}

/** Seeds in one kernel, each at most once. */
const longest = 40
const width = 8

/**
 * Sums of two or more parts that come nearer to the target than any fewer of them.
 * @param empty - `[feature]` of a kernel that does nothing: what fusing saves
 * @returns at most `count` lists of indices into `parts`, the most promising first
 */
export function findSums(parts: readonly Part[], empty: Float64Array, meter: TargetMeter, count: number): number[][] {
  const singles = parts.map(({ features }, i) => ({
    parts: [i],
    features,
    distance: meter.additiveEffort(features),
  }))
  const selfish = parts.map(isSelfish)
  const found: Sum[] = []
  let level: Sum[] = nearest(singles, width)
  for (let size = 2; size <= longest && level.length > 0; size++) {
    const best = level[0].distance
    const longer = level.flatMap((sum) => {
      const isTaken = sum.parts.some((i) => selfish[i])
      return parts.flatMap((part, i) =>
        sum.parts.includes(i) || (isTaken && selfish[i]) ? [] : [extend(sum, i, part, empty, meter)],
      )
    })
    level = nearest(distinct(longer), width).filter(({ distance }) => distance < best)
    found.push(...level)
  }
  return nearest(found, count).map((sum) => [...sum.parts])
}

/** Tokens of the parts fused; those that cannot be are left out. */
export function fuseAll(kernels: readonly TypedKernel[]): readonly string[] {
  return fuseKernels([...kernels].sort((a, b) => order(a) - order(b))).tokens.map(({ text }) => text)
}

/** Barriers must come before the first early return. */
function order({ tokens }: TypedKernel): number {
  if (!tokens.includes('barrier')) return 2
  return tokens.includes('return') ? 1 : 0
}

function extend(sum: Sum, i: number, part: Part, empty: Float64Array, meter: TargetMeter): Sum {
  const features = sum.features.map((value, f) => value + part.features[f] - empty[f])
  return { parts: [...sum.parts, i], features, distance: meter.additiveEffort(features) }
}

function nearest(sums: readonly Sum[], count: number): Sum[] {
  return [...sums].sort((a, b) => a.distance - b.distance).slice(0, count)
}

/** Of sums of the same parts in another order, the first. */
function distinct(sums: readonly Sum[]): Sum[] {
  const seen = new Set<string>()
  return sums.filter(({ parts }) => {
    const id = [...parts].sort((a, b) => a - b).join()
    return !seen.has(id) && seen.add(id)
  })
}
