// What a participant learns at the end: a sum over all kernels, which tells nothing of any one of them.

import type { Answer, StudyKey } from '../study.ts'
import type { Score } from './messages.ts'

/** Kernels labelled as they are; control kernels are machine-made. Attention checks do not count. */
export function scoreOf(answers: readonly Answer[], key: StudyKey): Score {
  const origins = new Map(key.items.flatMap((item) => (item.kind === 'kernel' ? [[item.id, item.origin]] : [])))
  const judged = answers.filter(({ item }) => origins.has(item))
  const right = judged.filter(({ item, label }) => (origins.get(item) === 'human') === (label === 'human'))
  return { right: right.length, of: judged.length }
}
