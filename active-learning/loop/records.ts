// What the loop decides and finds, as its ledger keeps it.

import type { GreweRow } from '../data-set.ts'
import type { PairDifference } from '../grewe/aliasing/propose-pairs.ts'
import type { ArmName } from './arms.ts'
import type { FoundKernel, LabelOutcome } from './parts.ts'
import type { LearnPoint } from './point.ts'
import type { HeldOutScore } from './score.ts'

/** One learner: an arm on one fold with one seed. */
export interface Trajectory {
  readonly id: number
  readonly arm: ArmName
  /** Name of the fold: what is held out. */
  readonly fold: string
  readonly seed: number
}

/** Of two points that F1 to F4 cannot tell apart. */
export interface PairSide {
  /** Which pair of its round; its sides come one after the other. */
  readonly nth: number
  readonly difference: PairDifference
}

/** A point that was chosen. */
export interface ChosenPoint {
  readonly point: LearnPoint
  /** Undefined where it was chosen by itself. */
  readonly pair?: PairSide
  /** Of the committee's votes there, in bits. */
  readonly entropy: number
}

/** How one pick ended. */
export type AttemptOutcome =
  | { readonly ok: true; readonly kernelKey: string; readonly rows: number; readonly rejections: readonly Refusal[] }
  | { readonly ok: false; readonly rejections: readonly Refusal[] }

/** A kernel that was turned away, or a search that failed. */
export interface Refusal {
  /** Null where there was no kernel. */
  readonly kernelKey: string | null
  /** Of the funnel; `search` where nothing was found, `repeated`, `held out` and `undecided` are the loop's own. */
  readonly stage: string
  readonly log: string
}

/** One pick of a round and what has come of it so far. */
export interface Attempt {
  readonly slot: number
  readonly found: readonly FoundKernel[]
  /** Why there is nothing; null where the source did its work. */
  readonly failure: string | null
  readonly findMs: number
  /** Null while it is not labelled. */
  readonly outcome: AttemptOutcome | null
  readonly labelMs: number | null
}

/** How the heuristic does after a round on the held-out rows. */
export interface Score extends HeldOutScore {
  /** Rows that were added so far. */
  readonly addedRows: number
  /** Kernels that were added so far. */
  readonly addedKernels: number
  /** Mean entropy of the committee's votes over points drawn where the data lies, in bits. */
  readonly poolEntropy: number
}

/** One round of a trajectory; round 0 has no picks and is the baseline. */
export interface Round {
  readonly round: number
  readonly picks: readonly ChosenPoint[]
  /** By slot. */
  readonly attempts: readonly Attempt[]
  /** Null while it is not over. */
  readonly score: Score | null
}

/** A row that a trajectory added. */
export interface AddedRow {
  readonly round: number
  readonly slot: number
  readonly row: GreweRow
}

/** A label with what it cost. */
export interface KnownLabel {
  readonly outcome: LabelOutcome
  readonly costMs: number
}
