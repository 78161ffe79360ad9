// Shares with intervals. Judgments are not independent: those of a participant resemble each other, and so do those of an
// item. The interval is Wilson's at the effective sample size: as many independent judgments as would be as uncertain as
// these are, by the variance that is robust to both clusters, corrected for its degrees of freedom (Korn and Graubard
// 1998; Dean and Pagano 2015).

import { normalQuantile, tQuantile, wilson } from '../../../evaluation/index.ts'
import { clusteredVariance, crossingOf } from './two-way.ts'

/** A share of judgments. */
export interface Proportion {
  /** Judgments. */
  readonly count: number
  /** 0 to 1; null of none. */
  readonly share: number | null
  /** Two-sided; null of none. */
  readonly interval: Interval | null
  /** Independent judgments that would be as uncertain. */
  readonly effectiveCount: number
}

/** Both ends. */
export type Interval = readonly [low: number, high: number]

/** A yes or no of one judgment. */
export interface Verdict {
  readonly participant: string
  readonly item: string
  readonly isTrue: boolean
}

/** Of intervals, unless said otherwise. */
export const confidenceLevel = 0.95

/** The share of judgments that are true. */
export function proportionOf(verdicts: readonly Verdict[]): Proportion {
  const count = verdicts.length
  if (count === 0) return { count, share: null, interval: null, effectiveCount: 0 }
  const share = verdicts.filter(({ isTrue }) => isTrue).length / count
  const effectiveCount = effectiveCountOf(verdicts, share)
  return { count, share, interval: wilson(share * effectiveCount, effectiveCount), effectiveCount }
}

/** Never more than there are; where all agree, as many as there are participants or items, whichever are fewer. */
function effectiveCountOf(verdicts: readonly Verdict[], share: number): number {
  const crossing = crossingOf(verdicts)
  const clusters = Math.min(crossing.participants, crossing.items)
  if (share === 0 || share === 1 || clusters < 2) return clusters
  const values = Float64Array.from(verdicts, ({ isTrue }) => ((isTrue ? 1 : 0) - share) / verdicts.length)
  const { variance, degreesOfFreedom } = clusteredVariance(crossing, values, new Int32Array(crossing.items))
  if (!(variance > 0)) return verdicts.length
  const upper = 0.5 + confidenceLevel / 2
  const correction = (normalQuantile(upper) / tQuantile(upper, degreesOfFreedom)) ** 2
  return Math.min(verdicts.length, (correction * share * (1 - share)) / variance)
}
