// When a learner does no more rounds while others go on.

import type { StopRules } from './options.ts'
import type { Score } from './records.ts'

/** Rounds without a new row after which a learner rests: what it is offered it has, or it is turned away. */
export const idleRounds = 5

/**
 * Has it what it was to have, is there nothing that its committee disputes, or does it add nothing any more?
 * @param scores - of the rounds that it has done, from round 0 on
 */
export function isResting(
  scores: readonly Pick<Score, 'addedKernels' | 'addedRows' | 'poolEntropy'>[],
  stop: StopRules,
): boolean {
  const last = scores.at(-1)
  if (last === undefined) return false
  const { benchmarks = Number.POSITIVE_INFINITY, entropy = 0 } = stop
  const before = scores.at(-1 - idleRounds)
  return last.addedKernels >= benchmarks || last.poolEntropy < entropy || before?.addedRows === last.addedRows
}
