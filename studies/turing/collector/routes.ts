// What can be asked of the collector. Each handler is one synchronous call of the store, so that no two requests
// interleave; who asks is known by the token alone, and sees nothing but his own.

import type { Study, StudyKey } from '../study.ts'
import type { AnswerStore } from './answer-store.ts'
import type { ParticipantState } from './messages.ts'
import type { ResolvedCollectorOptions } from './options.ts'
import type { AnswerOutcome, BeginOutcome, Participant } from './outcomes.ts'
import { parseAnswerMessage, parseBegin } from './parse-messages.ts'
import { type Refusal, type Reply, refuse } from './reply.ts'
import { scoreOf } from './score.ts'

/** What handlers work on. */
export interface Desk {
  readonly study: Study
  readonly key: StudyKey
  readonly store: AnswerStore
  readonly page: Reply
  readonly options: ResolvedCollectorOptions
}

/** One thing that can be asked. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  /** In units of the rate limit. */
  readonly cost: number
  readonly needsToken: boolean
  readonly hasBody: boolean
  /** @param token - well-formed where one is needed, else empty */
  handle(desk: Desk, token: string, body: unknown): Reply
}

export const routes: readonly Route[] = [
  { method: 'GET', path: '/', cost: 1, needsToken: false, hasBody: false, handle: ({ page }) => page },
  { method: 'GET', path: '/api/health', cost: 1, needsToken: false, hasBody: false, handle: tellHealth },
  { method: 'PUT', path: '/api/participant', cost: 10, needsToken: true, hasBody: true, handle: begin },
  { method: 'GET', path: '/api/participant', cost: 1, needsToken: true, hasBody: false, handle: tellState },
  { method: 'DELETE', path: '/api/participant', cost: 10, needsToken: true, hasBody: false, handle: withdraw },
  { method: 'POST', path: '/api/answers', cost: 1, needsToken: true, hasBody: true, handle: answer },
]

/** Asks the store something: a collector whose file is gone is not healthy. */
function tellHealth({ store }: Desk): Reply {
  store.counts()
  return { status: 200, body: { status: 'ok' } }
}

function begin(desk: Desk, token: string, body: unknown): Reply {
  const { store, study, options } = desk
  const message = parseBegin(body, study)
  if (!message.ok) return refuse(400, 'bad-request', message.problems.join('; '))
  const { experience, invitation } = message.value
  const outcome = store.begin({ token, experience, invitation }, options, options.now())
  if (outcome.kind === 'started') options.onChange()
  return replyToBeginning(desk, outcome)
}

function replyToBeginning(desk: Desk, outcome: BeginOutcome): Reply {
  switch (outcome.kind) {
    case 'started':
      return { status: 201, body: stateOf(desk, outcome.participant) }
    case 'resumed':
      return { status: 200, body: stateOf(desk, outcome.participant) }
    case 'conflict':
      return refuse(409, 'conflict', 'this participant has started with another experience')
    case 'invitation-needed':
      return refuse(403, 'invitation-needed', 'this study is open to people with an invitation')
    case 'invitation-used':
      return refuse(403, 'invitation-used', 'this invitation is unknown or was used before')
  }
}

function tellState(desk: Desk, token: string): Reply {
  const participant = desk.store.find(token)
  return participant === undefined ? unknownToken() : { status: 200, body: stateOf(desk, participant) }
}

function withdraw({ store, options }: Desk, token: string): Reply {
  if (!store.withdraw(token)) return unknownToken()
  options.onChange()
  return { status: 204 }
}

function answer(desk: Desk, token: string, body: unknown): Reply {
  const message = parseAnswerMessage(body)
  if (!message.ok) return refuse(400, 'bad-request', message.problems.join('; '))
  const outcome = desk.store.answer(token, message.value.answer, message.value.pauses, desk.options.now())
  if (outcome.kind === 'stored') desk.options.onChange()
  return replyToAnswer(desk, outcome)
}

function replyToAnswer(desk: Desk, outcome: AnswerOutcome): Reply {
  switch (outcome.kind) {
    case 'stored':
      return { status: 201, body: stateOf(desk, outcome.participant) }
    case 'repeated':
      return { status: 200, body: stateOf(desk, outcome.participant) }
    case 'unknown':
      return unknownToken()
    case 'conflict':
      return refuse(409, 'conflict', 'this kernel has another answer, which stays')
    case 'out-of-order':
      return refuse(409, 'out-of-order', 'the answers before this one are not there')
    case 'not-scheduled':
      return refuse(400, 'not-scheduled', 'the schedule does not have this item at this place')
  }
}

function stateOf({ store, key, options }: Desk, participant: Participant): ParticipantState {
  const { name, schedule, experience, answered, isFinished } = participant
  const score = isFinished && options.tellsScore ? scoreOf(store.answersOf(participant), key) : null
  return { participant: name, schedule: schedule.id, experience, answered, isFinished, score }
}

function unknownToken(): Refusal {
  return refuse(401, 'token-unknown', 'no participant has this token', { 'www-authenticate': 'Bearer' })
}
