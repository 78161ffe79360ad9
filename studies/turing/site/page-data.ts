// What the scripts of the page know of the study: everything else stands in the page as text.

import type { Label, Schedule } from '../study.ts'

/** The JSON in the page. It has nothing of the key. */
export interface PageData {
  /** Id of the study. */
  readonly study: string
  /** Answers go to `api/` beside the page; else they are downloaded. */
  readonly hasCollector: boolean
  readonly schedules: readonly Pick<Schedule, 'id' | 'order'>[]
  readonly practice: readonly { readonly id: string; readonly origin: Label; readonly feedback: string }[]
}
