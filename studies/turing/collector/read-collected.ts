// What a collector has taken so far, for analysis; a collector at work is not disturbed.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AnswerFile, Study } from '../study.ts'
import { AnswerStore, answersFileName } from './answer-store.ts'

/**
 * The answers in answers.db of a study's folder, one entry a participant; none where there is no such file.
 * @throws {RangeError} where they are of another study
 */
export function readCollected(folder: string, study: Study): AnswerFile[] {
  if (!existsSync(join(folder, answersFileName))) return []
  using store = AnswerStore.open(folder, study)
  return store.list()
}
