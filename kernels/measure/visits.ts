// Several visits to one kernel, minutes apart: a machine that does other things too drifts over minutes, and no
// interval from a few seconds knows of that.

import { isTight, type MedianInterval, medianOf } from './median-interval.ts'
import type { RepeatedTimes } from './repeat.ts'

/** Times of one or more visits. */
export type VisitedTimes = Pick<RepeatedTimes, 'warmUps' | 'writeNs' | 'kernelNs' | 'readNs'> & {
  readonly kernel: MedianInterval
  readonly total: MedianInterval
}

/**
 * All repetitions as one: the median over all, in an interval that holds those of both visits.
 * @param tolerance - how far from the median its ends may lie for the times to be tight
 */
export function joinVisits(earlier: VisitedTimes, later: VisitedTimes, tolerance: number): RepeatedTimes {
  const [writeNs, kernelNs, readNs] = (['writeNs', 'kernelNs', 'readNs'] as const).map((part) =>
    Float64Array.from([...earlier[part], ...later[part]]),
  )
  const kernel = around(kernelNs, earlier.kernel, later.kernel)
  const totalNs = kernelNs.map((time, i) => writeNs[i] + time + readNs[i])
  const total = around(totalNs, earlier.total, later.total)
  return {
    warmUps: earlier.warmUps + later.warmUps,
    ...{ writeNs, kernelNs, readNs, kernel, total },
    isTight: isTight(kernel, tolerance) && isTight(total, tolerance),
  }
}

function around(times: Float64Array, a: MedianInterval, b: MedianInterval): MedianInterval {
  return { median: medianOf(times), low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) }
}
