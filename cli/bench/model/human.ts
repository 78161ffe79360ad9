// What people wrote, to hold the model's kernels against: from a corpus, or from training data.

import { Store } from '../../../corpora/index.ts'
import { grewe } from '../../../features/index.ts'
import { compileAll, printTokens } from '../../../kernels/index.ts'
import type { TrainingSet } from './training-set.ts'

/** Kernels written by people, in numbers. */
export interface Human {
  /** The file or folder they are from. */
  readonly source: string
  /** Tokens of each normal form. */
  readonly tokenCounts: readonly number[]
  /** Bytes of optimised IR, of all kernels or of some that stand for them. */
  irBytes(signal: AbortSignal): Promise<readonly number[]>
  /** `[kernel][feature]` */
  readonly grewe: readonly ArrayLike<number>[]
}

/** Kernels compiled to know the IR of training data. */
const compiledKernels = 2000

/** Mined and seed kernels, distinct by IR, of no evaluation suite. */
export function humanOfCorpus(path: string): Human {
  using store = Store.open(path, { mustExist: true })
  const tokenCounts: number[] = []
  const irBytes: number[] = []
  const vectors: Float64Array[] = []
  for (const origin of ['mined', 'seed'] as const) {
    for (const kernel of store.kernels.list({ origin })) {
      tokenCounts.push(kernel.tokenCount)
      if (kernel.irBytes !== null) irBytes.push(kernel.irBytes)
    }
    for (const { values } of store.kernels.vectors(grewe.id, { origin })) vectors.push(values)
  }
  return { source: path, tokenCounts, irBytes: async () => irBytes, grewe: vectors }
}

/** Both sides of the split. */
export function humanOfData({ folder, tokenizer, train, valid }: TrainingSet): Human {
  const all = [...train, ...valid.map(({ tokens, features }) => ({ tokens, grewe: features[grewe.id] }))]
  const texts = all.map(({ tokens }) => tokenizer.decode(tokens))
  const step = Math.max(1, texts.length / compiledKernels)
  const some = Array.from({ length: Math.min(texts.length, compiledKernels) }, (_, i) => texts[Math.floor(i * step)])
  return {
    source: folder,
    tokenCounts: texts.map((tokens) => tokens.length),
    async irBytes(signal) {
      const outcomes = await compileAll(some.map(printTokens), { signal })
      return outcomes.flatMap((outcome) => (outcome.ok ? [outcome.ir.length] : []))
    },
    grewe: all.flatMap((kernel) => (kernel.grewe === undefined ? [] : [kernel.grewe])),
  }
}
