// Participants of stated skill, for rehearsals: answer files as people would leave them, drawn from the response model.

import type { Random } from '../../../synth/index.ts'
import { type AnswerFile, type Confidence, type Study, type StudyKey, studyFormat } from '../study.ts'
import { normal, type ResponseModel } from './response-model.ts'

/** Who takes part in a rehearsal. */
export interface Rehearsal {
  readonly model: ResponseModel
  /** Share of human kernels labelled human, less that of the others. */
  readonly difference: { readonly machine: number; readonly control: number }
  readonly participants: number
  /** Share of participants who answer without reading; they fail the attention checks. Default 0. */
  readonly careless?: number
  /** When the first one begins, in ms since 1970. */
  readonly startMs: number
}

const minuteMs = 60_000

/**
 * Answers of `participants` people, schedules in turn. How human each kernel looks is drawn once for all of them.
 * @returns in the order in which they began
 */
export function simulateAnswers(study: Study, key: StudyKey, rehearsal: Rehearsal, random: Random): AnswerFile[] {
  const looks = new Map(key.items.map(({ id }) => [id, rehearsal.model.itemDeviation * normal(random)]))
  return Array.from({ length: rehearsal.participants }, (_, i) =>
    simulateOne(study, key, rehearsal, i, looks, random.fork()),
  )
}

function simulateOne(
  study: Study,
  key: StudyKey,
  { model, difference, careless = 0, startMs }: Rehearsal,
  index: number,
  looks: ReadonlyMap<string, number>,
  random: Random,
): AnswerFile {
  const schedule = study.schedules[index % study.schedules.length]
  const compares = key.groups.find(({ id }) => id === schedule.group)?.compares ?? 'machine'
  const skill = difference[compares] + model.skillDeviation * normal(random)
  const lean = model.leanDeviation * normal(random)
  const isCareless = random.next() < careless
  const keyed = new Map(key.items.map((item) => [item.id, item]))
  const answers = schedule.order.map((item, order): AnswerFile['answers'][number] => {
    const known = keyed.get(item)
    const responseMs = Math.round(20_000 * Math.exp(0.5 * normal(random)))
    const confidence = (1 + random.below(5)) as Confidence
    if (known?.kind === 'check' && !isCareless) return { item, ...known.expected, responseMs, order }
    const sign = known?.kind === 'kernel' && known.origin === 'human' ? 1 : -1
    const chance = isCareless ? 0.5 : model.share + lean + (looks.get(item) ?? 0) + (sign * skill) / 2
    return { item, label: random.next() < chance ? 'human' : 'machine', confidence, responseMs, order }
  })
  const startedAtMs = startMs + index * minuteMs
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
