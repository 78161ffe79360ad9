// Corpora that kernels can be taken from: our own seeds, and what a store holds.

import { loadSeedVectors, type Store } from '../../../corpora/index.ts'
import { contentKey, lex } from '../../../kernels/index.ts'
import { countsOf } from '../point.ts'
import type { CorpusKernel } from './corpus-source.ts'

/** The seed kernels, in normal form. */
export function seedCorpus(): CorpusKernel[] {
  return loadSeedVectors().kernels.map(({ text, features }) => {
    const tokens = lex(text).map((token) => token.text)
    const values = Float64Array.from(features.grewe)
    return { key: contentKey(tokens), text, kernelName: kernelNameOf(text), values, counts: countsOf(values) }
  })
}

/** The kernels of a store that people wrote, without those of the evaluation suites. */
export function storeCorpus(store: Store): CorpusKernel[] {
  const vectors = new Map([...store.kernels.vectors('grewe')].map(({ key, values }) => [key, values]))
  return [...store.kernels.list({ space: 'grewe' })].flatMap((kernel): CorpusKernel[] => {
    const { key, text, kernelName, origin } = kernel
    const values = vectors.get(key)
    if (values === undefined || origin === 'synthesized') return []
    return [{ key, text, kernelName, values, counts: countsOf(values) }]
  })
}

/** In a normal form the name follows `kernel … void`. */
export function kernelNameOf(text: string): string {
  const tokens = lex(text).map((token) => token.text)
  return tokens[tokens.indexOf('void', tokens.indexOf('kernel')) + 1] ?? 'f0'
}
