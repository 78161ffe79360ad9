// The interval of a share of independent cases.

import { normalQuantile } from './distributions.ts'

/**
 * Wilson's score interval (1927).
 * @param successes - of `count`; both may be fractions, `count` positive
 * @param confidence - two-sided. Default 0.95
 */
export function wilson(successes: number, count: number, confidence = 0.95): readonly [low: number, high: number] {
  const z = normalQuantile(0.5 + confidence / 2)
  const share = successes / count
  const centre = (share + (z * z) / (2 * count)) / (1 + (z * z) / count)
  const half = (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}
