// Normal forms of the seed kernels, and a vocabulary of their words.

import { findKernels, type NormalForm, normaliseKernel, parseUnit } from '../../kernels/index.ts'
import { Tokenizer } from '../../synth/index.ts'
import { buildVocabulary } from '../../synth/tokenizer.ts'
import { plainSeeds } from '../kernels/seed-units.ts'

export const seedForms: readonly NormalForm[] = plainSeeds.flatMap(({ source }) => {
  const unit = parseUnit(source)
  return findKernels(unit).flatMap((kernel) => {
    const form = normaliseKernel(unit, kernel)
    return form.ok ? [form] : []
  })
})

export const seedWords: ReadonlyMap<string, number> = countWords()

/** Knows the frequent words of the seeds; spells the others. */
export const seedTokenizer: Tokenizer = new Tokenizer(buildVocabulary(seedWords, { size: 400, minCount: 3 }))

function countWords(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { tokens } of seedForms) for (const text of tokens) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
