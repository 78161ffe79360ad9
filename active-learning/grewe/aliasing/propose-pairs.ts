// Aliased pairs on purpose: two points that F1 to F4 cannot tell apart by construction, and that differ in one thing
// only. A kernel for each, measured, says whether that thing moves the label; if it does, it is the feature to add.

import type { FeatureSpace } from '../../../features/index.ts'
import { checkFeasibility, type Target } from '../../../synth/index.ts'
import { type CombinedFeatures, combinedFeatures, countNames, type GreweCounts, type GreweRow } from '../../data-set.ts'
import type { AliasedPoint } from './find-aliases.ts'

export const pairDifferences = ['size', 'branches', 'atomics'] as const
/**
 * `size`: all counts and the transfer twice as large, so that each ratio stays; `branches`: more comparisons; `atomics`:
 * some of the accesses are atomic.
 */
export type PairDifference = (typeof pairDifferences)[number]

/** One side of a pair: what to synthesize and how to launch it. */
export interface AliasTarget {
  /** Counts in the space, with its ratios; features of the space that are no counts are left to the search. */
  readonly target: Target
  readonly counts: GreweCounts
  readonly transferBytes: number
  readonly wgsize: number
}

export interface AliasPair {
  /** A row at the aliased point that the pair is modelled on. */
  readonly like: GreweRow
  readonly difference: PairDifference
  /** Equal for both sides, to the last digit but for rounding in division. */
  readonly features: CombinedFeatures
  readonly sides: readonly [AliasTarget, AliasTarget]
}

export interface ProposeOptions {
  /** Pairs at most, 1 up. Default 30. */
  readonly limit?: number
  /** What the sides may differ in. Default all. */
  readonly differences?: readonly PairDifference[]
}

/** Larger kernels are hard to synthesize and teach no more. */
const mostComp = 200

/**
 * Propose pairs near aliased points, points with the most evenly mixed labels first.
 * @param space - that the search steers in; must name the counts as the Grewe space does
 * @returns only pairs whose both sides some kernel can be at, as far as the space knows
 * @throws {RangeError} for a space without the counts
 */
export function proposeAliasPairs(
  points: readonly AliasedPoint[],
  space: FeatureSpace,
  options: ProposeOptions = {},
): AliasPair[] {
  const { limit = 30, differences = pairDifferences } = options
  const missing = countNames.filter((name) => placeOf(space, name) < 0)
  if (missing.length > 0) throw new RangeError(`space: expected one with ${missing.join(', ')}, received ${space.id}`)
  const pairs: AliasPair[] = []
  for (const { rows } of [...points].sort((a, b) => mixture(b) - mixture(a))) {
    const like = rows.find(isModest)
    if (like === undefined) continue
    for (const difference of differences) {
      if (pairs.length >= limit) return pairs
      const pair = pairOf(like, difference, space)
      if (pair !== undefined) pairs.push(pair)
    }
  }
  return pairs
}

/** Share of the rarer label, weighed by how many rows show it: 0 to half the rows. */
function mixture({ rows }: AliasedPoint): number {
  const gpu = rows.filter(({ label }) => label === 'GPU').length
  return Math.min(gpu, rows.length - gpu)
}

function isModest({ counts: { comp, mem, rational } }: GreweRow): boolean {
  return 2 * comp <= mostComp && 2 * mem <= mostComp && rational <= mostComp
}

function pairOf(like: GreweRow, difference: PairDifference, space: FeatureSpace): AliasPair | undefined {
  const plain = { counts: { ...like.counts, atomic: 0 }, transferBytes: like.transferBytes, wgsize: like.wgsize }
  const other = changed(plain, difference)
  if (other === undefined) return undefined
  const sides = [plain, other].map((point) => aliasTarget(point, space))
  const [first, second] = sides
  if (first === undefined || second === undefined) return undefined
  const features = combinedFeatures(plain.counts, plain.transferBytes, plain.wgsize)
  return { like, difference, features, sides: [first, second] }
}

type Point = Omit<AliasTarget, 'target'>

function changed(point: Point, difference: PairDifference): Point | undefined {
  const { counts, transferBytes } = point
  switch (difference) {
    case 'size': {
      if (counts.mem === 0) return undefined // divided by 1, whatever the size
      const twice = Object.fromEntries(countNames.map((name) => [name, 2 * counts[name]])) as unknown as GreweCounts
      return { ...point, counts: { ...twice, rational: counts.rational }, transferBytes: 2 * transferBytes }
    }
    case 'branches':
      return { ...point, counts: { ...counts, rational: counts.rational + 4 } }
    case 'atomics':
      // An atomic call mentions its pointer: one access that is no coalesced subscript.
      return counts.mem > counts.coalesced ? { ...point, counts: { ...counts, atomic: 1 } } : undefined
  }
}

function aliasTarget(point: Point, space: FeatureSpace): AliasTarget | undefined {
  const { counts } = point
  const accesses = Math.max(counts.mem, 1)
  const values = new Float64Array(space.names.length).fill(Number.NaN)
  for (const name of countNames) values[placeOf(space, name)] = counts[name]
  for (const [name, value] of [
    ['F2:coalesced/mem', counts.coalesced / accesses],
    ['F4:comp/mem', counts.comp / accesses],
  ] as const) {
    if (placeOf(space, name) >= 0) values[placeOf(space, name)] = value
  }
  const name = countNames.map((count) => `${count}=${counts[count]}`).join(',')
  const checked = checkFeasibility({ name, space, values })
  return checked.isFeasible ? { ...point, target: checked.target } : undefined
}

/** Also in a joint space, whose features are named `grewe:comp`; -1 where the space has none of the name. */
function placeOf({ names }: FeatureSpace, name: string): number {
  const place = names.indexOf(name)
  return place >= 0 ? place : names.indexOf(`grewe:${name}`)
}
