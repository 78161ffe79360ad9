// Participants of stated skill, for rehearsals: answer files as people would leave them, drawn from the response model.

import type { Random } from '../../../synth/index.ts'
import { type AnswerFile, type Study, type StudyKey, studyFormat } from '../study.ts'
import { type Crowd, drawAnswers, drawLooks } from './persona.ts'

/** Who takes part in a rehearsal. */
export interface Rehearsal extends Crowd {
  readonly participants: number
  /** When the first one begins, in ms since 1970. */
  readonly startMs: number
}

const minuteMs = 60_000

/**
 * Answers of `participants` people, schedules in turn. How human each kernel looks is drawn once for all of them.
 * @returns in the order in which they began
 */
export function simulateAnswers(study: Study, key: StudyKey, rehearsal: Rehearsal, random: Random): AnswerFile[] {
  const looks = drawLooks(key, rehearsal.model, random)
  return Array.from({ length: rehearsal.participants }, (_, i) =>
    simulateOne(study, key, rehearsal, i, looks, random.fork()),
  )
}

function simulateOne(
  study: Study,
  key: StudyKey,
  rehearsal: Rehearsal,
  index: number,
  looks: ReadonlyMap<string, number>,
  random: Random,
): AnswerFile {
  const schedule = study.schedules[index % study.schedules.length]
  const answers = drawAnswers(schedule, key, rehearsal, looks, random)
  const startedAtMs = rehearsal.startMs + index * minuteMs
  const spentMs = answers.reduce((sum, { responseMs }) => sum + responseMs, 0)
  return {
    ...{ formatVersion: studyFormat, study: study.id, schedule: schedule.id },
    participant: Array.from({ length: 4 }, () =>
      random
        .below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join(''),
    experience: random.pick(study.texts.experienceLevels).id,
    ...{ startedAtMs, finishedAtMs: startedAtMs + spentMs, answers, pauses: [] },
  }
}
