// Pairs of points that F1 to F4 cannot tell apart and that differ in one thing only, for the learner to find kernels at:
// labels that differ say that the heuristic lacks a feature.

import { grewe } from '../../features/index.ts'
import type { Random } from '../../synth/index.ts'
import type { GreweRow } from '../data-set.ts'
import { findAliases } from '../grewe/aliasing/find-aliases.ts'
import { type AliasTarget, pairDifferences, proposeAliasPairs } from '../grewe/aliasing/propose-pairs.ts'
import type { CandidateLimits } from './candidates.ts'
import type { LearnPoint } from './point.ts'
import type { PairSide } from './records.ts'

/** Below, launches that devices can make lie too far apart for two kernels to move as much. */
const leastTransferBytes = 2 ** 16

/** One side of a pair as a point. */
export interface PairPoint {
  readonly point: LearnPoint
  readonly pair: PairSide
}

/**
 * Draw pairs like aliased points of the data first, then like any of its rows.
 * @param count - of pairs; fewer come back where the data has no more that are feasible within the limits
 * @returns the two sides of each, one after the other
 */
export function drawPairs(
  rows: readonly GreweRow[],
  count: number,
  limits: Required<CandidateLimits>,
  rng: Random,
): PairPoint[] {
  const aliased = findAliases(rows)
  const single = rows.map((row) => ({ features: row.features, rows: [row] }))
  const isWithin = ({ counts, transferBytes, wgsize }: AliasTarget): boolean =>
    Math.max(counts.comp, counts.mem, counts.localmem) <= limits.mostCount &&
    transferBytes >= leastTransferBytes &&
    transferBytes <= limits.mostTransferBytes &&
    Number.isInteger(wgsize) && // files have zeros and means
    wgsize >= 1 &&
    wgsize <= limits.mostWgsize
  const drawn: PairPoint[] = []
  for (const point of [...rng.shuffle(aliased), ...rng.shuffle(single)]) {
    if (drawn.length === 2 * count) break
    const difference = rng.pick(pairDifferences)
    const [pair] = proposeAliasPairs([point], grewe, { limit: 1, differences: [difference] })
    if (pair === undefined || !pair.sides.every(isWithin)) continue
    const nth = drawn.length / 2
    for (const { counts, transferBytes, wgsize } of pair.sides) {
      drawn.push({ point: { counts, launch: { transferBytes, wgsize }, isRational: true }, pair: { nth, difference } })
    }
  }
  return drawn
}
