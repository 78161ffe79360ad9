// What page and collector say to each other, beside the answers themselves.

import type { Answer, Pause } from '../study.ts'

/** Body of `PUT api/participant`. */
export interface BeginMessage {
  /** Without consent nobody takes part. */
  readonly consent: true
  /** Id of a level of the study. */
  readonly experience: string
  readonly invitation?: string
}

/** Body of `POST api/answers`. */
export interface AnswerMessage {
  readonly answer: Answer
  /** Since the last answer. */
  readonly pauses: readonly Pause[]
}

/** How many kernels a participant got right, attention checks apart. */
export interface Score {
  readonly right: number
  readonly of: number
}

/** What `PUT` and `GET api/participant` and `POST api/answers` tell of the participant. */
export interface ParticipantState {
  /** As in answer files. */
  readonly participant: string
  readonly schedule: string
  readonly experience: string
  /** Answers kept, from the first of the schedule on. */
  readonly answered: number
  readonly isFinished: boolean
  /** Null before the end, and where the collector does not tell. */
  readonly score: Score | null
}
