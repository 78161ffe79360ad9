// Kernels that a model wrote and the compiler accepts, to train it on: it then writes more of what compiles without
// checks. Expert iteration with the compiler as judge; "STaR" (Zelikman et al. 2022, https://arxiv.org/abs/2203.14465)
// does so with answers.

import { existsSync, readFileSync } from 'node:fs'
import {
  heldOutByContent,
  irKeyOf,
  kernelFeatures,
  loadHeldOutShingles,
  selectCorpus,
  templateKeyOf,
} from '../corpora/index.ts'
import { compileAll, lex } from '../kernels/index.ts'
import { sampledRepository, type TrainingKernel } from './training-data.ts'

interface SampledLine {
  readonly key: string
  readonly text: string
}

/** What can be trained on of a file of samples, and how much cannot. */
export interface SampledKernels {
  readonly kernels: readonly TrainingKernel[]
  /** Kernels dropped, by the first reason that applied. */
  readonly dropped: { readonly heldOut: number; readonly sameIr: number; readonly template: number }
}

/** What samples are held against. */
export interface SampledOptions {
  /** IR keys of the kernels that are trained on besides. */
  readonly knownIr?: ReadonlySet<string>
  /** Kernels that may share one template: see `SelectOptions`. */
  readonly perTemplate?: number
  /** Of the evaluation suites. Default: the shipped ones. */
  readonly heldOutShingles?: ReadonlySet<number>
}

/**
 * Kernels of a file that `sample` wrote, as JSON lines, each once; samples that do not compile and copies are left out. The
 * evaluation suites are held out, IR duplicates dropped and templates capped as for mined kernels.
 * @throws {RangeError} naming the file, and the line that is no sample
 */
export async function readSampledKernels(
  path: string,
  { knownIr = new Set(), perTemplate, heldOutShingles = loadHeldOutShingles() }: SampledOptions = {},
): Promise<SampledKernels> {
  const samples = readSamples(path)
  const dropped = { heldOut: 0, sameIr: 0, template: 0 }
  const seenIr = new Set(knownIr)
  const outcomes = await compileAll(samples.map(({ text }) => text))
  const found = samples.flatMap(({ key, text }, i) => {
    const outcome = outcomes[i]
    if (!outcome.ok) return []
    const tokens = lex(text).map((token) => token.text)
    const irKey = irKeyOf(outcome.ir)
    if (heldOutByContent(tokens, heldOutShingles) !== undefined) dropped.heldOut++
    else if (seenIr.has(irKey)) dropped.sameIr++
    else {
      seenIr.add(irKey)
      const features = kernelFeatures(text, outcome.ir)
      const origin = { repository: sampledRepository, licence: 'none', split: 'train' } as const
      return [{ key, text, tokens, features, ...origin }]
    }
    return []
  })
  const records = found.map((kernel) => {
    const templateKey = templateKeyOf(kernel.tokens)
    return { key: kernel.key, repository: null, templateKey, licenceClass: 'permissive' as const, kernel }
  })
  const { kept, dropped: capped } = selectCorpus(records, { perTemplate })
  return { kernels: kept.map(({ kernel }) => kernel), dropped: { ...dropped, template: capped.template } }
}

/** Those that compile and are no copies, each once. */
function readSamples(path: string): SampledLine[] {
  if (!existsSync(path))
    throw new RangeError(`${path}: no such file; expected one that \`benchsteer sample --out\` wrote`)
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : (readLine(line, `${path}:${i + 1}`) ?? [])))
  return [...new Map(lines.map((line) => [line.key, line])).values()]
}

/** @returns undefined where it does not compile or is a copy */
function readLine(line: string, place: string): SampledLine | undefined {
  const { key, text, compiles, isCopy } = parse(line)
  if (compiles === false) return undefined
  if (typeof text !== 'string' || typeof key !== 'string' || compiles !== true || typeof isCopy !== 'boolean') {
    throw new RangeError(
      `${place}: expected a line of \`benchsteer sample --out\`, with text, key, compiles and isCopy`,
    )
  }
  return isCopy ? undefined : { key, text }
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
