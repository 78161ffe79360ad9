// From candidates to the two files of a study. Ids and the order of the file follow from a secret that only those have who
// have the corpora and the seed; they say nothing of where a kernel came from.

import { createHash, createHmac } from 'node:crypto'
import type { Random } from '../../../synth/index.ts'
import { shuffled } from '../shuffle.ts'
import {
  type KeyedCheck,
  type KeyedKernel,
  type Label,
  type PracticeItem,
  type Study,
  type StudyKey,
  type StudyTexts,
  studyFormat,
} from '../study.ts'
import type { Arm, SelectedKernel } from './balance.ts'
import type { Candidate } from './candidates.ts'
import { type Match, matchGroups } from './match.ts'
import type { ResolvedStudyOptions } from './options.ts'
import { insertChecks, williamsDesign } from './schedules.ts'
import { attentionChecks, defaultTexts, feedbackOf } from './texts.ts'

/** Where a study comes from, apart from its kernels. */
export interface StudyOrigin {
  /** Names of the machine corpora. */
  readonly machines: readonly string[]
  /** Of benchsteer. */
  readonly version: string
  readonly participantsPerGroup: number
  /** As `secretOf` gives it. */
  readonly secret: string
  readonly texts?: StudyTexts
}

/** The contents of `study.json` and `key.json`, or why there are none. */
export type BuiltStudy =
  | {
      readonly ok: true
      readonly study: Study
      readonly key: StudyKey
      readonly keyText: string
      /** Not in the study. */
      readonly rest: readonly Candidate[]
    }
  | { readonly ok: false; readonly reason: string }

/** @param texts - of all corpora, whether they are used or not */
export function secretOf(seed: number, texts: Iterable<string>): string {
  const hash = createHash('sha256').update(`${seed}\n`)
  for (const text of texts) hash.update(createHash('sha256').update(text).digest())
  return hash.digest('hex')
}

/** An id that cannot be guessed without the secret. */
export function opaqueId(secret: string, kind: string, text: string, length = 12): string {
  return createHmac('sha256', secret).update(`${kind}\n${text}`).digest('hex').slice(0, length)
}

/** Select, name, order. @throws {RangeError} as `matchGroups` */
export function buildStudy(
  candidates: readonly Candidate[],
  options: ResolvedStudyOptions,
  origin: StudyOrigin,
  random: Random,
): BuiltStudy {
  const { machines, secret, texts = defaultTexts } = origin
  const match = matchGroups(candidates, { ...options, machines }, random)
  if (!match.ok) return match
  const practice = choosePractice(match, secret, random)
  if (practice === undefined) {
    const reason =
      'no kernels are left to practise on: it takes two of people, one of a machine and one of the control, besides those under study. What would help: fewer --items, or more kernels.'
    return { ok: false, reason }
  }
  const groups: Record<Arm, string> =
    random.next() < 0.5 ? { machine: 'a', control: 'b' } : { machine: 'b', control: 'a' }
  const checks = attentionChecks(texts).map(({ text, expected }) => ({
    text,
    keyed: { kind: 'check', id: opaqueId(secret, 'item', text), expected } satisfies KeyedCheck,
  }))
  const kernels = match.selected.map((one) => ({ text: one.candidate.text, keyed: keyOf(one, groups, secret) }))
  const items = [...kernels, ...checks].sort((a, b) => (a.keyed.id < b.keyed.id ? -1 : 1))
  const { alpha, margin, exclusions, title, language, seed } = options
  // Another choice of kernels or another plan is another study: answers of one must not pass for those of the other.
  const id = opaqueId(secret, 'study', JSON.stringify([items.map(({ keyed }) => keyed.id), options, texts]), 16)
  const key: StudyKey = {
    ...{ formatVersion: studyFormat, study: id, seed, version: origin.version, machines },
    groups: (['machine', 'control'] as const)
      .map((compares) => ({ id: groups[compares], compares }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    items: items.map(({ keyed }) => keyed),
    plan: { alpha, margin, participantsPerGroup: origin.participantsPerGroup, exclusions },
  }
  const keyText = `${JSON.stringify(key, null, 2)}\n`
  const study: Study = {
    ...{ formatVersion: studyFormat, id, title, language },
    keyHash: createHash('sha256').update(keyText).digest('hex'),
    items: items.map(({ keyed, text }) => ({ id: keyed.id, text })),
    practice,
    schedules: scheduleAll(key, secret, random),
    texts,
  }
  return { ok: true, study, key, keyText, rest: match.rest }
}

function keyOf({ candidate, arm, band }: SelectedKernel, groups: Record<Arm, string>, secret: string): KeyedKernel {
  const { source, contentKey, covariates, text } = candidate
  const id = opaqueId(secret, 'item', text)
  return {
    kind: 'kernel',
    id,
    origin: source.origin,
    corpus: source.name,
    group: groups[arm],
    contentKey,
    band,
    covariates,
  }
}

/** Two of people, one of a machine, one of the control, in random order. */
function choosePractice(
  { rest }: Match & { readonly ok: true },
  secret: string,
  random: Random,
): PracticeItem[] | undefined {
  const of = (origin: string): Candidate[] => rest.filter(({ source }) => source.origin === origin)
  const chosen = [...of('human').slice(0, 2), ...of('machine').slice(0, 1), ...of('control').slice(0, 1)]
  if (chosen.length < 4) return undefined
  return shuffled(chosen, random).map(({ text, source }) => {
    const origin: Label = source.origin === 'human' ? 'human' : 'machine'
    return { id: opaqueId(secret, 'practice', text), text, origin, feedback: feedbackOf(origin) }
  })
}

/** Schedules of both groups in turn. The design is laid over the items in random order: rows have no origin. */
function scheduleAll(key: StudyKey, secret: string, random: Random): Study['schedules'] {
  const checks = key.items.filter(({ kind }) => kind === 'check').map(({ id }) => id)
  const byGroup = key.groups.map(({ id: group }) => {
    const ids = key.items.flatMap((item) => (item.kind === 'kernel' && item.group === group ? [item.id] : []))
    const items = shuffled(ids, random)
    const rows = shuffled(williamsDesign(items.length), random)
    return rows.map((row, i) => ({
      id: opaqueId(secret, 'schedule', `${key.study} ${group} ${i}`),
      group,
      order: insertChecks(
        row.map((place) => items[place]),
        checks,
        random,
      ),
    }))
  })
  return byGroup[0].flatMap((schedule, i) => [schedule, byGroup[1][i]])
}
