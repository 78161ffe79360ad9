// Our own seed kernels as a corpus.

import type { CorpusKernel } from '../../../active-learning/loop/index.ts'
import { countsOf } from '../../../active-learning/loop/index.ts'
import { loadSeedVectors } from '../../../corpora/index.ts'
import { contentKey, lex } from '../../../kernels/index.ts'

export function seedCorpus(): CorpusKernel[] {
  return loadSeedVectors().kernels.map(({ text, features }) => {
    const tokens = lex(text).map((token) => token.text)
    const values = Float64Array.from(features.grewe)
    const kernelName = tokens[tokens.indexOf('void', tokens.indexOf('kernel')) + 1]
    return { key: contentKey(tokens), text, kernelName, values, counts: countsOf(values) }
  })
}
