// Corpora of small kernels, made up: three groups that write alike in size and unlike in style.

import { templateKeyOf } from '../../../corpora/index.ts'
import { normaliseText, parseChecked } from '../../../kernels/index.ts'
import { type BuiltStudy, buildStudy, secretOf } from '../../../studies/turing/export/build-study.ts'
import type { Candidate } from '../../../studies/turing/export/candidates.ts'
import { covariatesOf } from '../../../studies/turing/export/covariates.ts'
import { resolveStudyOptions } from '../../../studies/turing/export/options.ts'
import { Random } from '../../../synth/random.ts'

export type Style = 'human' | 'machine' | 'control'

const operators: Readonly<Record<Style, readonly string[]>> = {
  human: ['+', '*', '-'],
  machine: ['+', '*', '/'],
  control: ['^', '<<', '%'],
}

/** A kernel that compiles; no two are the same for long. */
export function sampleKernelText(style: Style, random: Random): string {
  const statements = 3 + random.below(14)
  const lines = Array.from({ length: statements }, (_, i) => {
    const operator = random.pick(operators[style])
    const value = `b[i + ${random.below(90)}]`
    const other = random.next() < 0.4 ? `a[i * ${1 + random.below(9)}]` : `(${1 + random.below(99)} + n)`
    const statement = `a[i + ${i}] = ${value} ${operator} ${other};`
    return random.next() < 0.3 ? `  if (i > ${random.below(99)}) ${statement}` : `  ${statement}`
  })
  return `kernel void ${style}_${random.below(1e6)}(global int *a, global const int *b, int n) {\n  int i = get_global_id(0); // by a ${style}\n${lines.join('\n')}\n}\n`
}

export function sampleCorpus(style: Style, count: number, seed: number): string[] {
  const random = new Random(seed)
  return Array.from({ length: count }, () => sampleKernelText(style, random))
}

export function toJsonLines(texts: readonly string[]): string {
  return texts.map((text) => `${JSON.stringify({ text })}\n`).join('')
}

/** Candidates as `findCandidates` makes them, but not compiled. */
export function sampleCandidates(style: Style, count: number, seed: number, name: string = style): Candidate[] {
  return sampleCorpus(style, count, seed).flatMap((source): Candidate[] => {
    const form = normaliseText(source)
    const parsed = form.ok ? parseChecked(form.text) : undefined
    if (!form.ok || !parsed?.ok) throw new Error(`a sample that does not parse: ${source}`)
    const covariates = covariatesOf(parsed.unit, form.tokens)
    if (covariates === undefined) throw new Error('a sample without a kernel')
    const { text, tokens, key: contentKey } = form
    const corpus = { name, origin: style, path: '' }
    return [{ source: corpus, text, tokens, contentKey, templateKey: templateKeyOf(tokens), covariates }]
  })
}

const candidates = [
  ...sampleCandidates('human', 100, 11),
  ...sampleCandidates('machine', 50, 12),
  ...sampleCandidates('control', 50, 13),
]

/** A whole study of such kernels, by default 12 of each kind in each group. */
export function sampleStudy(seed = 1, items = 24): BuiltStudy & { readonly ok: true } {
  const options = resolveStudyOptions({ items, seed })
  const secret = secretOf(
    seed,
    candidates.map(({ text }) => text),
  )
  const origin = { machines: ['machine'], version: '0.0.0', participantsPerGroup: 20, secret }
  const built = buildStudy(candidates, options, origin, new Random(seed))
  if (!built.ok) throw new Error(built.reason)
  return built
}
