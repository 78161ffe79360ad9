// Kernels that a model wrote and the compiler accepts, to train it on: it then writes more of what compiles without
// checks. Expert iteration with the compiler as judge; "STaR" (Zelikman et al. 2022, https://arxiv.org/abs/2203.14465)
// does so with answers.

import { readFileSync } from 'node:fs'
import { kernelFeatures } from '../corpora/index.ts'
import { compileAll, lex } from '../kernels/index.ts'
import { sampledRepository, type TrainingKernel } from './training-data.ts'

interface SampledLine {
  readonly key: string
  readonly text: string
}

/**
 * Kernels of a file that `sample` wrote, as JSON lines; samples that do not compile, copies and repetitions are left out.
 * @throws Error, naming file and line, on a line that is no sample
 */
export async function readSampledKernels(path: string): Promise<TrainingKernel[]> {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : (readLine(line, `${path}:${i + 1}`) ?? [])))
  const samples = [...new Map(lines.map((line) => [line.key, line])).values()]
  const outcomes = await compileAll(samples.map(({ text }) => text))
  return samples.flatMap(({ key, text }, i): TrainingKernel[] => {
    const outcome = outcomes[i]
    if (!outcome.ok) return []
    const tokens = lex(text).map((token) => token.text)
    const features = kernelFeatures(text, outcome.ir)
    return [{ key, text, tokens, features, repository: sampledRepository, licence: 'none', split: 'train' }]
  })
}

function readLine(line: string, place: string): SampledLine | undefined {
  const { key, text, compiles, isCopy } = parse(line)
  if (typeof text !== 'string' || (compiles === true && typeof key !== 'string')) {
    throw new Error(`${place}: expected a line of \`benchsteer sample --out\`, with text, key and compiles`)
  }
  return compiles === true && isCopy !== true && typeof key === 'string' ? { key, text } : undefined
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
