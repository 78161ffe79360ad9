// New tokens per second with cached keys and values, beside recomputing the full sequence for each new token with the
// same weights. The recomputation runs the encoder over context and span, without the output layer: it is spared work.

import { packagePath } from '../../kernels/index.ts'
import { type Context, Model, Random, special } from '../../synth/index.ts'
import { type Command, integer } from '../command.ts'
import { medianOf } from './statistics.ts'

interface DecoderFlags {
  readonly model?: string
  readonly context: number
  readonly samples: number
  readonly tokens: number
}

export const decoderBench: Command<DecoderFlags> = {
  name: 'decoder',
  summary: 'Tokens per second of cached decoding beside full recomputation.',
  options: [
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--context <n>', summary: 'tokens of context', parse: integer(2), default: 256 },
    { syntax: '--samples <n>', summary: 'infills of the one hole', parse: integer(1), default: 64 },
    { syntax: '--tokens <n>', summary: 'tokens per infill', parse: integer(1), default: 40 },
  ],
  async run(flags, io) {
    using model = await Model.load(flags.model ?? packagePath('model'))
    const rng = new Random(1)
    const first = model.tokenizer.vocabulary.slots.f.start // after special tokens and characters
    const someToken = (): number => first + rng.below(model.tokenizer.size - first)
    const ids = Array.from({ length: flags.context }, (_, i) => (i === flags.context >> 1 ? special.HOLE : someToken()))
    const context: Context = { ids, prefix: { ids: [], buckets: [] } }
    const cached = await median(5, () => decodeCached(model, context, flags))
    const recomputed = await median(3, () => recompute(model, context, flags))
    io.out(`model ${model.hash}: context ${flags.context}, ${flags.samples} samples of ${flags.tokens} tokens`)
    io.out(`cached     ${cached.toFixed(0)} tokens/s (encoding included, median of 5)`)
    io.out(`recomputed ${recomputed.toFixed(1)} tokens/s (median of 3)`)
    io.out(`ratio      ${(cached / recomputed).toFixed(1)}`)
  },
}

async function median(times: number, measure: () => Promise<number>): Promise<number> {
  const rates = []
  for (let i = 0; i < times; i++) rates.push(await measure())
  return medianOf(rates)
}

async function decodeCached(model: Model, context: Context, flags: DecoderFlags): Promise<number> {
  const startedAt = performance.now()
  const decoding = model.startDecoding(await model.encode([context]), flags.samples)
  const tokens = new Array<number>(flags.samples).fill(special.START)
  for (let step = 0; step < flags.tokens; step++) await decoding.step(tokens)
  return (1000 * flags.samples * flags.tokens) / (performance.now() - startedAt)
}

/** Four rows at half the infill's length stand for all steps: the cost grows evenly with the length. */
async function recompute(model: Model, context: Context, flags: DecoderFlags): Promise<number> {
  const rows = 4
  const longer = { ...context, ids: [...context.ids, ...context.ids.slice(0, flags.tokens >> 1)] }
  const startedAt = performance.now()
  await model.encode(new Array<Context>(rows).fill(longer))
  return (1000 * rows) / (performance.now() - startedAt)
}
