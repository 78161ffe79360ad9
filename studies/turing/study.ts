// What the files of a study folder hold. `study.json` is public and says nothing of who wrote a kernel; `key.json` is
// sealed and says it; answer files come from participants, so nothing in them is believed before it is parsed.
//
//   DIR/study.json  key.json  preregistration.md  site/  answers/*.json  answers.db
//
// The public file has no seed: whoever has the seed and the corpora could make the key again.

import { z } from 'zod'

/** The version of all three formats. */
export const studyFormat = 1

/** What a participant may say of a kernel. */
export type Label = 'human' | 'machine'

export const labels: readonly Label[] = ['human', 'machine']

/** 1 (a guess) to 5 (certain). */
export type Confidence = 1 | 2 | 3 | 4 | 5

/** A kernel to be judged; attention checks look the same. */
export interface StudyItem {
  /** Opaque, `[0-9a-f]{12}`; sorting by it says nothing of the origin. */
  readonly id: string
  /** OpenCL C in normal form and the one formatting, with a final newline. */
  readonly text: string
}

/** A kernel to learn the task on; its origin is no secret. */
export interface PracticeItem extends StudyItem {
  readonly origin: Label
  /** Shown after the answer. */
  readonly feedback: string
}

/** What one participant judges, in order. */
export interface Schedule {
  /** Opaque, `[0-9a-f]{12}`. */
  readonly id: string
  /** Participants of a group judge the same items. What sets groups apart is in the key. */
  readonly group: string
  /** Ids of items, attention checks among them. */
  readonly order: readonly string[]
}

/** A level of experience that participants may choose. */
export interface ExperienceLevel {
  /** `[a-z0-9-]+`. */
  readonly id: string
  readonly label: string
}

/** All that participants read. Paragraphs are plain text. The researcher may edit them. */
export interface StudyTexts {
  readonly consent: readonly string[]
  readonly instructions: readonly string[]
  readonly experienceQuestion: string
  /** Least first; two to eight. */
  readonly experienceLevels: readonly ExperienceLevel[]
  /** Asked of every kernel. */
  readonly question: string
  readonly labels: Readonly<Record<Label, string>>
  readonly confidenceQuestion: string
  /** For 1 to 5. */
  readonly confidenceLevels: readonly [string, string, string, string, string]
  readonly thanks: readonly string[]
}

/** `study.json`. */
export interface Study {
  readonly formatVersion: typeof studyFormat
  /** `[0-9a-f]{16}`. */
  readonly id: string
  readonly title: string
  /** BCP 47, of the texts. */
  readonly language: string
  /** SHA-256 of the bytes of `key.json`, in hex: the key cannot be changed after the fact. */
  readonly keyHash: string
  /** By id. */
  readonly items: readonly StudyItem[]
  /** Judged first, in this order, by everyone. */
  readonly practice: readonly PracticeItem[]
  /** Handed out from the first on, groups alternate; each in turn before one comes again. */
  readonly schedules: readonly Schedule[]
  readonly texts: StudyTexts
}

/** Who wrote an item. */
export type Origin = 'human' | 'machine' | 'control'

/** What the key says of a kernel under study. */
export interface KeyedKernel {
  readonly kind: 'kernel'
  readonly id: string
  readonly origin: Origin
  /** Name of the corpus: `human`, `machine`, the name in `--machine name=path`, `control`. */
  readonly corpus: string
  /** The group of schedules that it is in. */
  readonly group: string
  /** Content key of the normal form. */
  readonly contentKey: string
  /** The band that it was matched in. */
  readonly band: string
  /** What it was matched by. */
  readonly covariates: Readonly<Record<string, number>>
}

/** What the key says of an attention check: it asks for this answer. */
export interface KeyedCheck {
  readonly kind: 'check'
  readonly id: string
  readonly expected: { readonly label: Label; readonly confidence: Confidence }
}

/** What a group of schedules sets against human kernels. */
export interface KeyedGroup {
  readonly id: string
  readonly compares: 'machine' | 'control'
}

/** Who is left out of the analysis; settled before the first answer. */
export interface ExclusionRules {
  /** Share of the kernels of the schedule that must be answered, 0 to 1. */
  readonly leastAnswered: number
  /** Failed attention checks, at most. */
  readonly mostFailedChecks: number
  /** The median response time must reach it. */
  readonly leastMedianResponseMs: number
  /** Single answers that came faster, or slower, are left out of everything. */
  readonly leastResponseMs: number
  readonly mostResponseMs: number
  /** Share of equal labels, at most, 0 to 1; 1 leaves nobody out. */
  readonly mostEqualLabels: number
}

/** The analysis that was settled before the first answer. */
export interface StudyPlan {
  /** Of each test. */
  readonly alpha: number
  /** Equivalence margin: difference of the shares labelled human, 0 to 1. */
  readonly margin: number
  /** Participants of each group after exclusions, that the power calculation asks for. */
  readonly participantsPerGroup: number
  readonly exclusions: ExclusionRules
}

/** `key.json`. */
export interface StudyKey {
  readonly formatVersion: typeof studyFormat
  /** Of the study. */
  readonly study: string
  readonly seed: number
  /** Of benchsteer. */
  readonly version: string
  /** Names of the machine corpora. */
  readonly machines: readonly string[]
  readonly groups: readonly KeyedGroup[]
  /** By id; the same ids as in the study. */
  readonly items: readonly (KeyedKernel | KeyedCheck)[]
  readonly plan: StudyPlan
}

/** One answer. */
export interface Answer {
  readonly item: string
  readonly label: Label
  readonly confidence: Confidence
  /** From the kernel's appearance to the answer, pauses and hidden pages left out. */
  readonly responseMs: number
  /** Place in the schedule, from 0. */
  readonly order: number
}

/** A time in which the participant was away. */
export interface Pause {
  readonly startMs: number
  readonly endMs: number
}

/** One participant's answers: `answers/*.json`, or what a collector took. */
export interface AnswerFile {
  readonly formatVersion: typeof studyFormat
  readonly study: string
  readonly schedule: string
  /** Random, `[0-9a-f]{16,64}`; says nothing of the person. */
  readonly participant: string
  /** Id of a level. */
  readonly experience: string
  /** In ms since 1970. */
  readonly startedAtMs: number
  /** Null where the participant has not come to the end. */
  readonly finishedAtMs: number | null
  /** By `order`, each item once. */
  readonly answers: readonly Answer[]
  readonly pauses: readonly Pause[]
}

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

const studySchema: z.ZodType<Study> = z.strictObject({
  formatVersion: z.literal(studyFormat),
  id: studyId,
  title: line,
  language: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/, 'expected a language such as en'),
  keyHash: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits'),
  items: z.array(z.strictObject({ id: itemId, text: z.string().min(1) })).min(1),
  practice: z.array(z.strictObject({ id: itemId, text: z.string().min(1), origin: label, feedback: line })),
  schedules: z.array(z.strictObject({ id: itemId, group: word, order: z.array(itemId).min(1) })).min(1),
  texts: z.strictObject({
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
  }),
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
