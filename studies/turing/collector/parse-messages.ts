// Bodies of requests, checked before anything is done about them. Refusals say what was expected where, and nothing of
// what was received, which may be anything.

import { z } from 'zod'
import { type Parsed, parseAnswer } from '../parse.ts'
import type { Study } from '../study.ts'
import type { AnswerMessage, BeginMessage } from './messages.ts'
import { invitationPattern } from './tokens.ts'

const maxPauses = 50

const beginSchema: z.ZodType<BeginMessage> = z.strictObject({
  consent: z.literal(true),
  experience: z.string().max(40),
  invitation: z.string().regex(invitationPattern, 'expected 32 hex digits').optional(),
})

const moment = z.number().int().min(0).max(8.64e15)
const answerSchema = z.strictObject({
  answer: z.unknown(),
  pauses: z.array(z.strictObject({ startMs: moment, endMs: moment })).max(maxPauses),
})

/** Check what a participant starts with. */
export function parseBegin(value: unknown, study: Study): Parsed<BeginMessage> {
  const result = beginSchema.safeParse(value)
  if (!result.success) return { ok: false, problems: problemsOf(result.error) }
  const levels = study.texts.experienceLevels.map(({ id }) => id)
  if (levels.includes(result.data.experience)) return { ok: true, value: result.data }
  return { ok: false, problems: [`experience: expected one of ${levels.join(', ')}`] }
}

/** Check an answer, without regard to who gives it. */
export function parseAnswerMessage(value: unknown): Parsed<AnswerMessage> {
  const result = answerSchema.safeParse(value)
  if (!result.success) return { ok: false, problems: problemsOf(result.error) }
  const answer = parseAnswer(result.data.answer)
  if (!answer.ok) return answer
  const { pauses } = result.data
  if (pauses.some(({ startMs, endMs }) => endMs < startMs)) {
    return { ok: false, problems: ['pauses: expected each to end after it starts'] }
  }
  return { ok: true, value: { answer: answer.value, pauses } }
}

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, code }) => `${path.map(String).join('.') || 'body'}: ${code.replaceAll('_', ' ')}`)
}
