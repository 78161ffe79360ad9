// Kernels that may be shown: in normal form, of a readable length, each once, and none that two groups have.

import { availableParallelism } from 'node:os'
import { OverlapIndex, templateKeyOf } from '../../../corpora/index.ts'
import {
  compileAll,
  findKernels,
  type NormalForm,
  normaliseKernel,
  parseChecked,
  preprocess,
} from '../../../kernels/index.ts'
import { type Covariates, covariatesOf } from './covariates.ts'
import type { CorpusSource, CorpusText } from './read-corpus.ts'

/** A kernel that may be shown. */
export interface Candidate {
  readonly source: CorpusSource
  readonly text: string
  readonly tokens: readonly string[]
  readonly contentKey: string
  /** Equal for kernels that differ in types and literals alone. */
  readonly templateKey: string
  readonly covariates: Covariates
}

/** How many were left out, by the first reason that applied. */
export type Losses = Readonly<Record<LossReason, number>>

export type LossReason =
  | 'did not preprocess'
  | 'did not parse'
  | 'was too short'
  | 'was too long'
  | 'did not compile'
  | 'was there already'

/** Which kernels may be shown. */
export interface CandidateOptions {
  /** Lines of a kernel in normal form. */
  readonly leastLines: number
  readonly mostLines: number
  /** Of each corpus, at most; of more, the first ones in `orderOf`. */
  readonly mostPerCorpus: number
  /** Random, and the same for the same text: it is all that an order may follow. */
  readonly orderOf: (text: string) => string
}

/** Tokens in a row that a kernel may share with one of people at most, to count as written by a machine. */
const longestCopy = 60

const batchSize = 48

/**
 * The kernels of one corpus that may be shown, in a random order that says nothing of where they stood.
 * @param onProgress - texts done, of how many
 */
export async function findCandidates(
  source: CorpusSource,
  texts: readonly CorpusText[],
  options: CandidateOptions,
  onProgress: (done: number, total: number) => void = () => {},
  signal?: AbortSignal,
): Promise<{ readonly candidates: readonly Candidate[]; readonly losses: Losses }> {
  const losses = noLosses()
  const found: Candidate[] = []
  const seen = new Set<string>()
  const ordered = texts
    .map((text) => ({ text, order: options.orderOf(text.text) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ text }) => text)
  for (let start = 0; start < ordered.length && found.length < options.mostPerCorpus; start += batchSize) {
    signal?.throwIfAborted()
    const batch: Candidate[] = []
    for (const candidate of await readBatch(source, ordered.slice(start, start + batchSize), options, losses)) {
      if (seen.has(candidate.templateKey)) losses['was there already']++
      else batch.push(candidate)
      seen.add(candidate.templateKey)
    }
    const outcomes = await compileAll(
      batch.map(({ text }) => text),
      { checkOnly: true },
    )
    found.push(...batch.filter((_, i) => outcomes[i].ok))
    losses['did not compile'] += outcomes.filter(({ ok }) => !ok).length
    onProgress(Math.min(ordered.length, start + batchSize), ordered.length)
  }
  return { candidates: found.slice(0, options.mostPerCorpus), losses }
}

/**
 * Leave out what two origins have, with other types and literals or not, and what machines copied from people.
 * @returns the rest, and how many were left out
 */
export function withoutCopies(candidates: readonly Candidate[]): {
  readonly kept: readonly Candidate[]
  readonly dropped: number
} {
  const sources = new Map<string, Set<string>>()
  for (const { templateKey, source } of candidates) {
    sources.set(templateKey, (sources.get(templateKey) ?? new Set()).add(source.name))
  }
  const human = new OverlapIndex(
    candidates.flatMap(({ source, tokens }) => (source.origin === 'human' ? [tokens] : [])),
  )
  const kept = candidates.filter(
    ({ templateKey, source, tokens }) =>
      sources.get(templateKey)?.size === 1 && (source.origin === 'human' || human.longestRun(tokens) < longestCopy),
  )
  return { kept, dropped: candidates.length - kept.length }
}

function noLosses(): Record<LossReason, number> {
  return {
    ...{ 'did not preprocess': 0, 'did not parse': 0, 'was too short': 0, 'was too long': 0, 'did not compile': 0 },
    'was there already': 0,
  }
}

/** In the order of the texts; the preprocessor runs over as many at once as there are cores. */
async function readBatch(
  source: CorpusSource,
  texts: readonly CorpusText[],
  options: CandidateOptions,
  losses: Record<LossReason, number>,
): Promise<Candidate[]> {
  const width = availableParallelism()
  const found: Candidate[] = []
  for (let start = 0; start < texts.length; start += width) {
    const some = texts.slice(start, start + width)
    found.push(...(await Promise.all(some.map((text) => readCandidates(source, text, options, losses)))).flat())
  }
  return found
}

async function readCandidates(
  source: CorpusSource,
  { text, path }: CorpusText,
  options: CandidateOptions,
  losses: Record<LossReason, number>,
): Promise<Candidate[]> {
  const expanded = /^[ \t]*#/m.test(text) ? await preprocess(text, { path }) : { ok: true as const, source: text }
  if (!expanded.ok) {
    losses['did not preprocess']++
    return []
  }
  const parsed = parseChecked(expanded.source)
  if (!parsed.ok) {
    losses['did not parse']++
    return []
  }
  return findKernels(parsed.unit).flatMap((name) => {
    const form = normaliseKernel(parsed.unit, name)
    const made = form.ok ? candidateOf(source, form, options) : 'did not parse'
    if (typeof made !== 'string') return [made]
    losses[made]++
    return []
  })
}

function candidateOf(
  source: CorpusSource,
  { text, tokens, key }: NormalForm,
  { leastLines, mostLines }: CandidateOptions,
): Candidate | LossReason {
  const parsed = parseChecked(text)
  const covariates = parsed.ok ? covariatesOf(parsed.unit, tokens) : undefined
  if (covariates === undefined) return 'did not parse'
  if (covariates.lines < leastLines) return 'was too short'
  if (covariates.lines > mostLines) return 'was too long'
  return { source, text, tokens, contentKey: key, templateKey: templateKeyOf(tokens), covariates }
}
