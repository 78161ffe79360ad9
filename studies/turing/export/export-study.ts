// An export from end to end: corpora in, a study's folder out.

import { existsSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from '../../../corpora/index.ts'
import type { Random } from '../../../synth/index.ts'
import { itemsNeeded, type PowerOptions, planParticipants, simulatePower } from '../power/power.ts'
import { renderSite } from '../site/render-site.ts'
import type { Study, StudyTexts } from '../study.ts'
import { buildStudy, opaqueId, secretOf } from './build-study.ts'
import { type Candidate, findCandidates, type Losses, withoutCopies } from './candidates.ts'
import { auditLeaks, type LeakAudit } from './leak-audit.ts'
import { checkItems } from './match.ts'
import { resolveStudyOptions, type StudyOptions } from './options.ts'
import { type PreregistrationFacts, writePreregistration } from './preregistration.ts'
import { type CorpusSource, readCorpus } from './read-corpus.ts'

/** What an export needs besides its options. */
export interface ExportStudyInput {
  readonly sources: readonly CorpusSource[]
  /** Of benchsteer. */
  readonly version: string
  /** Seeded with the options' seed. */
  readonly random: Random
  readonly texts?: StudyTexts
  /** Texts of a corpus read so far. */
  readonly onProgress?: (corpus: string, done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** A study that is not written yet, or why there is none. */
export type PreparedStudy =
  | ({ readonly ok: true; readonly keyText: string; readonly preregistration: string } & PreregistrationFacts)
  | { readonly ok: false; readonly reason: string; readonly corpora: readonly string[] }

/** By chance, layout alone tells machines from people this rarely: then the study is refused. The control may be told. */
const leastP = 0.01

/** Where no number of participants is enough, so many are planned. */
const fallbackParticipants = 60

/**
 * Read corpora and make a study of them.
 * @throws {RangeError} naming an option or a corpus that does not fit
 * @throws {BenchError} without clang, or for a broken store
 */
export async function prepareStudy(options: StudyOptions, input: ExportStudyInput): Promise<PreparedStudy> {
  const resolved = resolveStudyOptions(options)
  const { sources, version, random, texts } = input
  const machines = machineNames(sources)
  checkItems(resolved.items, machines)
  const read = sources.map((source) => ({ source, texts: readCorpus(source) }))
  const secret = secretOf(
    resolved.seed,
    read.flatMap((one) => one.texts.map(({ text }) => text)),
  )
  const found: Candidate[] = []
  const corpora: string[] = []
  for (const one of read) {
    const { candidates, losses } = await findCandidates(
      one.source,
      one.texts,
      { ...resolved, orderOf: (text) => opaqueId(secret, one.source.name, text, 32) },
      (done, total) => input.onProgress?.(one.source.name, done, total),
      input.signal,
    )
    found.push(...candidates)
    corpora.push(describeLosses(one.source.name, one.texts.length, candidates.length, losses))
  }
  const { kept, dropped } = withoutCopies(found)
  corpora.push(`Left out because two corpora have them, or as copies of human kernels: ${dropped}.`)
  const powerOptions: PowerOptions = { ...resolved, itemsPerKind: resolved.items / 2 }
  const plan = planParticipants(powerOptions)
  const participantsPerGroup = plan?.participants ?? fallbackParticipants
  const built = buildStudy(kept, resolved, { machines, version, participantsPerGroup, secret, texts }, random.fork())
  if (!built.ok) return { ...built, corpora }
  const audits = auditLeaks(built.study, built.key, built.rest, random.fork(), 500)
  const leak = audits.find(({ compares, sees, p }) => compares === 'machine' && sees === 'layout' && p < leastP)
  if (leak !== undefined) return { ok: false, reason: describeLeak(leak), corpora }
  const facts: PreregistrationFacts = {
    ...{ study: built.study, key: built.key, powerOptions, plan, audits, corpora },
    itemsNeeded: plan === undefined ? itemsNeeded(powerOptions) : undefined,
    simulated: simulatePower(participantsPerGroup, powerOptions, random.fork()),
  }
  return { ok: true, ...facts, keyText: built.keyText, preregistration: writePreregistration(facts) }
}

/** Names of a study's files. */
export const studyFiles = {
  study: 'study.json',
  key: 'key.json',
  preregistration: 'preregistration.md',
  answers: 'answers',
  site: 'site',
} as const

/** @throws {RangeError} where the folder has a study already: answers may belong to it */
export function checkStudyFolder(folder: string): void {
  if (!existsSync(join(folder, studyFiles.study))) return
  throw new RangeError(`out: expected a folder without a study, received ${folder}, which has one`)
}

/**
 * Write the files of a study, the public one last, so that a folder with a study is whole.
 * @throws {RangeError} as `checkStudyFolder`
 */
export async function writeStudy(
  folder: string,
  { study, keyText, preregistration }: { study: Study; keyText: string; preregistration: string },
): Promise<void> {
  checkStudyFolder(folder)
  await mkdir(join(folder, studyFiles.answers), { recursive: true })
  await writeAtomically(folder, studyFiles.key, keyText)
  await chmod(join(folder, studyFiles.key), 0o600)
  await writeAtomically(folder, studyFiles.preregistration, preregistration)
  await mkdir(join(folder, studyFiles.site), { recursive: true })
  await writeAtomically(join(folder, studyFiles.site), 'index.html', renderSite(study))
  await writeAtomically(folder, studyFiles.study, `${JSON.stringify(study, null, 2)}\n`)
}

function machineNames(sources: readonly CorpusSource[]): string[] {
  const names = sources.flatMap(({ origin, name }) => (origin === 'machine' ? [name] : []))
  const twice = sources.map(({ name }) => name).find((name, i, all) => all.indexOf(name) < i)
  if (twice !== undefined) throw new RangeError(`machine: expected names that differ, received '${twice}' twice`)
  for (const origin of ['human', 'machine', 'control'] as const) {
    const count = sources.filter((source) => source.origin === origin).length
    if (count === 0) throw new RangeError(`${origin}: expected a corpus, received none`)
  }
  return names
}

function describeLosses(name: string, texts: number, candidates: number, losses: Losses): string {
  const lost = Object.entries(losses).filter(([, count]) => count > 0)
  const rest = lost.length === 0 ? '' : `; left out: ${lost.map(([reason, count]) => `${count} ${reason}`).join(', ')}`
  return `Corpus ${name}: ${texts} texts, ${candidates} kernels that may be shown${rest}.`
}

function describeLeak({ compares, accuracy, chance, p }: LeakAudit): string {
  return (
    `size and layout alone tell ${compares} from human kernels: a classifier gets ${(100 * accuracy).toFixed(0)} % right ` +
    `(chance: ${(100 * chance).toFixed(0)} %, p = ${p.toFixed(3)}). What would help: narrower bands (--bands fine), more kernels, another --seed.`
  )
}
