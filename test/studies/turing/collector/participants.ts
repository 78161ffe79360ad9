// Participants who answer by rule, so that what was kept can be told from what was sent.

import type { Answer, CollectorClient, Confidence, Study } from '../../../../studies/index.ts'

export interface Sent {
  readonly token: string
  /** In the order sent. */
  readonly answers: Answer[]
  /** How many the collector has said it keeps. */
  acknowledged: number
}

/** The answer of participant `n` at a place of a schedule. */
export function answerAt(study: Study, scheduleId: string, order: number, n: number): Answer {
  const schedule = study.schedules.find(({ id }) => id === scheduleId)!
  return {
    item: schedule.order[order],
    label: (n + order) % 2 === 0 ? 'human' : 'machine',
    confidence: (((n + order) % 5) + 1) as Confidence,
    responseMs: 1_000 + n * 100 + order,
    order,
  }
}

/**
 * Begin and answer everything. A call that fails on the way is made again, as the page does.
 * @param pause - before another try
 */
export async function takePart(
  client: CollectorClient,
  study: Study,
  n: number,
  pause: () => Promise<void>,
): Promise<Sent> {
  const sent: Sent = { token: client.token, answers: [], acknowledged: 0 }
  const begun = await insist(() => client.begin({ experience: 'some' }), pause)
  const { schedule } = begun.state!
  const count = study.schedules.find(({ id }) => id === schedule)!.order.length
  for (let order = 0; order < count; order++) {
    const answer = answerAt(study, schedule, order, n)
    sent.answers.push(answer)
    const reply = await insist(() => client.answer(answer), pause)
    if (reply.state === null) throw new Error(`answer ${order} of ${n}: ${reply.status} ${reply.error}`)
    sent.acknowledged++
  }
  return sent
}

async function insist<T>(call: () => Promise<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch {
      await pause()
    }
  }
}
