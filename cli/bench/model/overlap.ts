// How much of what the model writes stands word for word in what it was trained on. What people wrote elsewhere is the
// yardstick: common idioms are no regurgitation.

import { OverlapIndex, type Percentiles, percentilesOf } from '../../../corpora/index.ts'
import type { Tokenizer } from '../../../synth/index.ts'
import { formatTable } from '../../table.ts'
import { given, type ModelPart, shown } from './part.ts'
import { cells, percentileNames } from './sizes.ts'

interface Overlaps {
  readonly of: string
  readonly kernels: number
  /** Tokens in the longest run that also stands in a training kernel. */
  readonly longestRun: Percentiles
  /** Share of kernels that stand there whole. */
  readonly whole: number
}

export const overlapPart: ModelPart = {
  name: 'overlap',
  needs: ['data'],
  async measure(bench) {
    const { tokenizer, train, valid } = given(bench.data, '--data')
    const runs = await bench.samples()
    const index = new OverlapIndex(textsOf(tokenizer, train))
    const figures = [
      ...runs.flatMap(({ decoding, compiling }) => {
        const texts = compiling.map(({ form }) => form.tokens)
        const rest = texts.filter((tokens) => !bench.model.copies?.includes(tokens))
        return [
          overlapsOf(`model, ${decoding}`, texts, index),
          ...(rest.length < texts.length ? [overlapsOf(`model, ${decoding}, no copies`, rest, index)] : []),
        ]
      }),
      overlapsOf('people, not trained on', [...textsOf(tokenizer, valid)], index),
    ]
    const rows = figures.map(({ of, kernels, longestRun, whole }) => {
      return [of, `${kernels}`, ...cells(longestRun), shown(100 * whole, 1)]
    })
    const lines = formatTable(['written by', 'kernels', ...percentileNames, 'whole %'], rows)
    return { figures, lines: ['longest run of tokens shared with a training kernel, percentiles', ...lines] }
  },
}

function* textsOf(
  tokenizer: Tokenizer,
  kernels: readonly { readonly tokens: ArrayLike<number> }[],
): Generator<readonly string[]> {
  for (const { tokens } of kernels) yield tokenizer.decode(tokens)
}

function overlapsOf(of: string, texts: readonly (readonly string[])[], index: OverlapIndex): Overlaps {
  const longest = texts.map((tokens) => index.longestRun(tokens))
  const whole = texts.filter((tokens, i) => longest[i] === tokens.length).length
  return { of, kernels: texts.length, longestRun: percentilesOf(longest), whole: whole / texts.length }
}
