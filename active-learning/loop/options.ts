// Options of the loop, resolved and checked once.

import { type Acquisition, acquisitions, type CommitteeOptions } from '../committee/index.ts'
import { type ArmName, arms, findArm } from './arms.ts'
import type { CandidateLimits } from './candidates.ts'

export interface LearnOptions {
  /** Learners side by side. Default: all. */
  readonly arms?: readonly ArmName[]
  /** Each arm runs once per seed, with the same seeds. Default 0 to 4; different integers, one at least. */
  readonly seeds?: readonly number[]
  /** Points chosen per round. Default 4, range 1 to 64. */
  readonly batch?: number
  /**
   * Pairs per round of points that F1 to F4 cannot tell apart, in place of two points of the batch each, for learners
   * that ask the committee. Default 0, range 0 to half the batch.
   */
  readonly pairs?: number
  /** Kernels found per point, which are labelled in turn until one is accepted. Default 3, range 1 to 32. */
  readonly keep?: number
  /** Feasible points that the committee is asked about each round. Default 400, range `batch` to 100,000. */
  readonly candidates?: number
  /** Points over which entropy is averaged, and expected error. Default 64, range 1 to 10,000. */
  readonly pool?: number
  /** What a candidate is judged by. Default `vote-entropy`. */
  readonly acquisition?: Acquisition
  /** Members of the committee. Default: as `trainCommittee`. */
  readonly members?: CommitteeOptions['members']
  /** Where candidates end. */
  readonly limits?: CandidateLimits
  /**
   * Add rows whose intervals overlap, so that they do not tell which device is faster? Default false.
   */
  readonly keepUndecided?: boolean
  /** When to stop, besides learners that add nothing for some rounds. All may be changed when a run goes on. */
  readonly stop?: StopRules
}

export interface StopRules {
  /** Rounds of each learner. Default: no limit. */
  readonly rounds?: number
  /** A learner that has added so many kernels rests. Default: no limit. */
  readonly benchmarks?: number
  /** A learner whose committee's mean entropy, in bits, is below this rests. Default 0: none does. */
  readonly entropy?: number
}

export interface ResolvedLearnOptions extends Required<Omit<LearnOptions, 'stop' | 'members'>> {
  readonly members: CommitteeOptions['members']
  readonly stop: Required<StopRules>
}

/** @throws {RangeError} naming option, range and value */
export function resolveLearnOptions(options: LearnOptions): ResolvedLearnOptions {
  const { acquisition = 'vote-entropy', members, limits = {}, keepUndecided = false, stop = {} } = options
  const names = options.arms ?? arms.map(({ name }) => name)
  const seeds = options.seeds ?? [0, 1, 2, 3, 4]
  requireDistinct('arms', names)
  for (const name of names) findArm(name)
  requireDistinct('seeds', seeds)
  for (const seed of seeds) requireWhole('seeds', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  if (!acquisitions.includes(acquisition)) {
    throw new RangeError(`acquisition: expected ${acquisitions.join(', ')}, received '${acquisition}'`)
  }
  const { rounds = Number.POSITIVE_INFINITY, benchmarks = Number.POSITIVE_INFINITY, entropy = 0 } = stop
  if (!(entropy >= 0 && entropy <= 1)) throw new RangeError(`entropy: expected 0 to 1 bits, received ${entropy}`)
  const batch = requireWhole('batch', options.batch ?? 4, 1, 64)
  return {
    pairs: requireWhole('pairs', options.pairs ?? 0, 0, Math.floor(batch / 2)),
    ...{ arms: names, seeds, batch, acquisition, members, limits, keepUndecided },
    keep: requireWhole('keep', options.keep ?? 3, 1, 32),
    candidates: requireWhole('candidates', options.candidates ?? 400, batch, 100_000),
    pool: requireWhole('pool', options.pool ?? 64, 1, 10_000),
    stop: {
      rounds: rounds === Number.POSITIVE_INFINITY ? rounds : requireWhole('rounds', rounds, 0, 1_000_000),
      benchmarks: benchmarks === Number.POSITIVE_INFINITY ? benchmarks : requireWhole('benchmarks', benchmarks, 1, 1e9),
      entropy,
    },
  }
}

function requireDistinct(name: string, values: readonly (string | number)[]): void {
  if (values.length > 0 && new Set(values).size === values.length) return
  throw new RangeError(`${name}: expected different ones, one at least, received [${values.join(', ')}]`)
}

function requireWhole(name: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new RangeError(`${name}: expected a whole number from ${low} to ${high}, received ${value}`)
}
