// What the store says of participants, and how what they asked for went.

import type { Schedule } from '../study.ts'

/** A participant, as far as the page must know. */
export interface Participant {
  readonly id: number
  /** In answer files. */
  readonly name: string
  readonly schedule: Schedule
  readonly experience: string
  /** Places answered, from the first on. */
  readonly answered: number
  readonly isFinished: boolean
}

/** What starting needs. */
export interface Beginning {
  readonly token: string
  /** Id of a level. */
  readonly experience: string
  readonly invitation: string | undefined
}

/** How starting went. `resumed`: the token had started before, with the same experience. */
export type BeginOutcome =
  | { readonly kind: 'started' | 'resumed'; readonly participant: Participant }
  | { readonly kind: 'conflict' | 'invitation-needed' | 'invitation-used' }

/** How an answer went in. `repeated`: the very same is there already. */
export type AnswerOutcome =
  | { readonly kind: 'stored' | 'repeated'; readonly participant: Participant }
  | { readonly kind: 'unknown' | 'conflict' | 'out-of-order' | 'not-scheduled' }

/** Who may start. */
export interface AdmissionRules {
  readonly needsInvitation: boolean
  /** Who has not finished and was not heard of for so long no longer counts in the balance. */
  readonly abandonedAfterMs: number
}
