// How likely the model finds a kernel, read from left to right and told nothing of its features.

import { lex } from '../../kernels/index.ts'
import { emptyPrefix, Model, scoreInfills, special } from '../../synth/index.ts'
import type { Describer } from './describer.ts'

/** What every kernel without helper functions begins with, and is not scored. */
const start = ['kernel', 'void']

/** @param folder - of the model */
export async function openLikelihoods(folder: string): Promise<Describer> {
  const model = await Model.load(folder)
  return {
    isWanted: ({ bitsPerToken }) => bitsPerToken === null,
    describe: async (_, text, signal) => ({ bitsPerToken: await bitsOf(text, model, signal) }),
    [Symbol.dispose]: () => model[Symbol.dispose](),
  }
}

/** @returns null where the kernel begins otherwise, has words that the model has not, or is longer than it sees */
async function bitsOf(text: string, model: Model, signal: AbortSignal): Promise<number | null> {
  const tokens = lex(text).map((token) => token.text)
  if (start.some((word, i) => tokens[i] !== word)) return null
  const left = model.tokenizer.encode(start)?.ids
  const ids = model.tokenizer.encode(tokens.slice(start.length))?.ids
  if (left === undefined || ids === undefined) return null
  const context = { ids: [...left, special.HOLE], prefix: emptyPrefix, kind: 'scratch' } as const
  if (context.ids.length + ids.length + 1 > model.card.config.maxRow) return null
  const [scores] = await scoreInfills(model, [{ context, ids: [...ids] }], { signal })
  return -scores.reduce((sum, score) => sum + score, 0) / Math.LN2 / scores.length
}
