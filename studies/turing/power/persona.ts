// What one made-up participant answers, drawn from the response model.

import type { Random } from '../../../synth/index.ts'
import type { Answer, Confidence, Schedule, StudyKey } from '../study.ts'
import { normal, type ResponseModel } from './response-model.ts'

/** What a crowd of participants is like. */
export interface Crowd {
  readonly model: ResponseModel
  /** Share of human kernels labelled human, less that of the others. */
  readonly difference: { readonly machine: number; readonly control: number }
  /** Share of participants who answer without reading; they fail the attention checks. Default 0. */
  readonly careless?: number
}

/** How human each kernel looks, by id: the same to all participants of a study. */
export function drawLooks(key: StudyKey, model: ResponseModel, random: Random): Map<string, number> {
  return new Map(key.items.map(({ id }) => [id, model.itemDeviation * normal(random)]))
}

/** All answers of one participant, in the order of the schedule. */
export function drawAnswers(
  { order, group }: Schedule,
  key: StudyKey,
  { model, difference, careless = 0 }: Crowd,
  looks: ReadonlyMap<string, number>,
  random: Random,
): Answer[] {
  const compares = key.groups.find(({ id }) => id === group)?.compares ?? 'machine'
  const skill = difference[compares] + model.skillDeviation * normal(random)
  const lean = model.leanDeviation * normal(random)
  const isCareless = random.next() < careless
  const keyed = new Map(key.items.map((item) => [item.id, item]))
  return order.map((item, place): Answer => {
    const known = keyed.get(item)
    const responseMs = Math.round(20_000 * Math.exp(0.5 * normal(random)))
    const confidence = (1 + random.below(5)) as Confidence
    if (known?.kind === 'check' && !isCareless) return { item, ...known.expected, responseMs, order: place }
    const sign = known?.kind === 'kernel' && known.origin === 'human' ? 1 : -1
    const chance = isCareless ? 0.5 : model.share + lean + (looks.get(item) ?? 0) + (sign * skill) / 2
    return { item, label: random.next() < chance ? 'human' : 'machine', confidence, responseMs, order: place }
  })
}
