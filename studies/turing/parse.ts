// Parsers of the files of a study: strict, and clear about what is wrong.

import { z } from 'zod'
import { type Answer, type AnswerFile, type Study, type StudyKey, type StudyTexts, studyFormat } from './study.ts'

/** What parsing gives: a value, or what is wrong, one sentence each. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] }

const itemId = z.string().regex(/^[0-9a-f]{12}$/, 'expected 12 hex digits')
const studyId = z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits')
const label = z.enum(['human', 'machine'])
const confidence = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
const share = z.number().min(0).max(1)
const word = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1 to 40 of a-z, 0-9 and -')
const line = z.string().min(1).max(2_000)
const paragraphs = z.array(line).min(1).max(50)
const moment = z.number().int().min(0).max(8.64e15)
const durationMs = z.number().min(0).max(864e5)

const textsSchema: z.ZodType<StudyTexts> = z.strictObject({
  consent: paragraphs,
  instructions: paragraphs,
  experienceQuestion: line,
  experienceLevels: z
    .array(z.strictObject({ id: word, label: line }))
    .min(2)
    .max(8),
  question: line,
  labels: z.strictObject({ human: line, machine: line }),
  confidenceQuestion: line,
  confidenceLevels: z.tuple([line, line, line, line, line]),
  thanks: paragraphs,
})

const studySchema: z.ZodType<Study> = z.strictObject({
  formatVersion: z.literal(studyFormat),
  id: studyId,
  title: line,
  language: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/, 'expected a language such as en'),
  keyHash: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits'),
  items: z.array(z.strictObject({ id: itemId, text: z.string().min(1) })).min(1),
  practice: z.array(z.strictObject({ id: itemId, text: z.string().min(1), origin: label, feedback: line })),
  schedules: z.array(z.strictObject({ id: itemId, group: word, order: z.array(itemId).min(1) })).min(1),
  texts: textsSchema,
})

const keySchema: z.ZodType<StudyKey> = z.strictObject({
  formatVersion: z.literal(studyFormat),
  study: studyId,
  seed: z.number().int(),
  version: z.string(),
  machines: z.array(z.string().min(1)).min(1),
  groups: z.array(z.strictObject({ id: word, compares: z.enum(['machine', 'control']) })).min(1),
  items: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('kernel'),
        id: itemId,
        origin: z.enum(['human', 'machine', 'control']),
        corpus: z.string().min(1),
        group: word,
        contentKey: z.string(),
        band: z.string(),
        covariates: z.record(z.string(), z.number()),
      }),
      z.strictObject({ kind: z.literal('check'), id: itemId, expected: z.strictObject({ label, confidence }) }),
    ]),
  ),
  plan: z.strictObject({
    alpha: z.number().gt(0).lt(0.5),
    margin: z.number().gt(0).lt(1),
    participantsPerGroup: z.number().int().min(2),
    exclusions: z.strictObject({
      leastAnswered: share,
      mostFailedChecks: z.number().int().min(0),
      leastMedianResponseMs: z.number().min(0),
      leastResponseMs: z.number().min(0),
      mostResponseMs: z.number().min(0),
      mostEqualLabels: share,
    }),
  }),
})

const answerSchema: z.ZodType<Answer> = z.strictObject({
  item: itemId,
  label,
  confidence,
  responseMs: durationMs,
  order: z.number().int().min(0),
})

const answerFileSchema: z.ZodType<AnswerFile> = z.strictObject({
  formatVersion: z.literal(studyFormat),
  study: studyId,
  schedule: itemId,
  participant: z.string().regex(/^[0-9a-f]{16,64}$/, 'expected 16 to 64 hex digits'),
  experience: word,
  startedAtMs: moment,
  finishedAtMs: moment.nullable(),
  answers: z.array(answerSchema).max(1_000),
  pauses: z.array(z.strictObject({ startMs: moment, endMs: moment })).max(10_000),
})

/** Check what participants read. @param value - as `JSON.parse` gives it */
export function parseTexts(value: unknown): Parsed<StudyTexts> {
  return parseWith(textsSchema, value, (texts) =>
    repeated(texts.experienceLevels.map(({ id }) => id)).map((id) => `the level ${id} is given twice`),
  )
}

/** Check a `study.json`, references included. @param value - as `JSON.parse` gives it */
export function parseStudy(value: unknown): Parsed<Study> {
  return parseWith(studySchema, value, (study) => {
    const ids = [...study.items, ...study.practice, ...study.schedules].map(({ id }) => id)
    const known = new Set(study.items.map(({ id }) => id))
    return [
      ...repeated(ids).map((id) => `the id ${id} is given twice`),
      ...repeated(study.texts.experienceLevels.map(({ id }) => id)).map((id) => `the level ${id} is given twice`),
      ...study.schedules.flatMap(({ id, order }) => [
        ...order.filter((item) => !known.has(item)).map((item) => `schedule ${id}: no item has the id ${item}`),
        ...repeated(order).map((item) => `schedule ${id}: item ${item} comes twice`),
      ]),
    ]
  })
}

/** Check a `key.json`. @param study - that it must fit */
export function parseKey(value: unknown, study: Study): Parsed<StudyKey> {
  return parseWith(keySchema, value, (key) => {
    const keyed = new Set(key.items.map(({ id }) => id))
    const groups = new Set(key.groups.map(({ id }) => id))
    return [
      ...(key.study === study.id ? [] : [`the key is of study ${key.study}, not of ${study.id}`]),
      ...repeated(key.items.map(({ id }) => id)).map((id) => `the id ${id} is given twice`),
      ...study.items.filter(({ id }) => !keyed.has(id)).map(({ id }) => `the key says nothing of item ${id}`),
      ...study.schedules.filter(({ group }) => !groups.has(group)).map(({ id }) => `schedule ${id}: unknown group`),
    ]
  })
}

/** Check one answer, without regard to a schedule. */
export function parseAnswer(value: unknown): Parsed<Answer> {
  return parseWith(answerSchema, value, () => [])
}

/** Check a participant's answers. @param study - that they must fit */
export function parseAnswerFile(value: unknown, study: Study): Parsed<AnswerFile> {
  return parseWith(answerFileSchema, value, (file) => {
    if (file.study !== study.id) return [`the answers are of study ${file.study}, not of ${study.id}`]
    const schedule = study.schedules.find(({ id }) => id === file.schedule)
    if (schedule === undefined) return [`no schedule has the id ${file.schedule}`]
    const levels = study.texts.experienceLevels.map(({ id }) => id)
    const { answers, startedAtMs, finishedAtMs } = file
    return [
      ...(levels.includes(file.experience)
        ? []
        : [`experience: expected one of ${levels.join(', ')}, received '${file.experience}'`]),
      ...(finishedAtMs !== null && finishedAtMs < startedAtMs ? ['finishedAtMs: lies before startedAtMs'] : []),
      ...answers
        .filter(({ item, order }) => schedule.order[order] !== item)
        .map(({ item, order }) => `answers: the schedule does not have item ${item} at place ${order}`),
      ...repeated(answers.map(({ item }) => item)).map((item) => `answers: item ${item} is answered twice`),
    ]
  })
}

/** All that is wrong, in one message. @throws {RangeError} @param name - of the file */
export function requireParsed<T>(parsed: Parsed<T>, name: string): T {
  if (parsed.ok) return parsed.value
  const [first, ...rest] = parsed.problems
  throw new RangeError(`${name}: ${first}${rest.length > 0 ? ` (and ${rest.length} more)` : ''}`)
}

function parseWith<T>(schema: z.ZodType<T>, value: unknown, check: (value: T) => readonly string[]): Parsed<T> {
  const result = schema.safeParse(value)
  if (!result.success) return { ok: false, problems: result.error.issues.map(problemOf) }
  const problems = check(result.data)
  return problems.length === 0 ? { ok: true, value: result.data } : { ok: false, problems }
}

function problemOf({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return place === '' ? message : `${place.replace(/^\./, '')}: ${message}`
}

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.filter((value) => seen.size === seen.add(value).size)
}
