// New tokens per second with cached keys and values, beside the same with onnxruntime's default settings, and beside
// recomputing the full sequence for each new token with the same weights. The recomputation runs the encoder over
// context and span, without the output layer: it is spared work.

import { packagePath } from '../../kernels/index.ts'
import { type Context, infill, Model, Random, special } from '../../synth/index.ts'
import { type Command, integer } from '../command.ts'
import { medianOf } from './statistics.ts'

const rounds = 5

interface DecoderFlags {
  readonly model?: string
  readonly context: number
  readonly samples: number
  readonly tokens: number
}

/** Of tokens. */
interface Rates {
  readonly perSecond: number
  /** Over the time that all cores spent together. */
  readonly perCpuSecond: number
}

export const decoderBench: Command<DecoderFlags> = {
  name: 'decoder',
  summary: 'Tokens per second of cached decoding beside default settings and full recomputation.',
  options: [
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--context <n>', summary: 'tokens of context', parse: integer(2), default: 256 },
    { syntax: '--samples <n>', summary: 'infills of the one hole', parse: integer(1), default: 64 },
    { syntax: '--tokens <n>', summary: 'tokens per infill', parse: integer(1), default: 40 },
  ],
  async run(flags, io) {
    const folder = flags.model ?? packagePath('model')
    using model = await Model.load(folder)
    using untuned = await Model.load(folder, {})
    const rng = new Random(1)
    const first = model.tokenizer.vocabulary.slots.f.start // after special tokens and characters
    const someToken = (): number => first + rng.below(model.tokenizer.size - first)
    const ids = Array.from({ length: flags.context }, (_, i) => (i === flags.context >> 1 ? special.HOLE : someToken()))
    const context: Context = { ids, prefix: { ids: [], buckets: [] } }
    const [cached, byDefault, sampled, recomputed] = await medians([
      () => decodeCached(model, context, flags),
      () => decodeCached(untuned, context, flags),
      () => sampleCached(model, context, flags),
      () => recompute(model, context, flags),
    ])
    io.out(`model ${model.hash}: context ${flags.context}, ${flags.samples} samples of ${flags.tokens} tokens`)
    io.out(`tokens per second and per second of all cores, encoding included; medians of ${rounds} interleaved rounds`)
    const line = (name: string, { perSecond, perCpuSecond }: Rates, note = ''): void =>
      io.out(`${name.padEnd(26)} ${perSecond.toFixed(0).padStart(7)} ${perCpuSecond.toFixed(0).padStart(7)}  ${note}`)
    const compare = (other: Rates): string =>
      `cached: ${(cached.perSecond / other.perSecond).toFixed(2)} and ${(cached.perCpuSecond / other.perCpuSecond).toFixed(2)} times`
    line('cached', cached)
    line("onnxruntime's defaults", byDefault, compare(byDefault))
    line('cached, tokens drawn', sampled)
    line('recomputed', recomputed, compare(recomputed))
  },
}

/** One round to warm up, then rounds of all measurements, so that other load meets them alike. */
async function medians(measurements: readonly (() => Promise<Rates>)[]): Promise<Rates[]> {
  const rates: Rates[][] = measurements.map(() => [])
  for (let round = -1; round < rounds; round++) {
    for (const [i, measure] of measurements.entries()) {
      const rate = await measure()
      if (round >= 0) rates[i].push(rate)
    }
  }
  return rates.map((all) => ({
    perSecond: medianOf(all.map(({ perSecond }) => perSecond)),
    perCpuSecond: medianOf(all.map(({ perCpuSecond }) => perCpuSecond)),
  }))
}

/** @param write - returns how many tokens it wrote */
async function measureRates(write: () => Promise<number>): Promise<Rates> {
  const startedAt = performance.now()
  const cpuBefore = process.cpuUsage()
  const tokens = await write()
  const { user, system } = process.cpuUsage(cpuBefore)
  return { perSecond: (1e3 * tokens) / (performance.now() - startedAt), perCpuSecond: (1e6 * tokens) / (user + system) }
}

function decodeCached(model: Model, context: Context, { samples, tokens }: DecoderFlags): Promise<Rates> {
  return measureRates(async () => {
    const decoding = model.startDecoding(await model.encode([context]), samples)
    const last = new Array<number>(samples).fill(special.START)
    for (let step = 0; step < tokens; step++) await decoding.step(last)
    return samples * tokens
  })
}

/** Rows that end leave the batch. */
function sampleCached(model: Model, context: Context, { samples, tokens }: DecoderFlags): Promise<Rates> {
  return measureRates(async () => {
    const settings = { temperature: 0.8, topP: 0.98, samples, maxTokens: tokens }
    const infills = await infill(model, [context], settings, new Random(1))
    return infills.reduce((sum, { ids }) => sum + ids.length + 1, 0)
  })
}

/** Four rows at half the infill's length stand for all steps: the cost grows evenly with the length. */
function recompute(model: Model, context: Context, { tokens }: DecoderFlags): Promise<Rates> {
  return measureRates(async () => {
    const rows = 4
    const longer = { ...context, ids: [...context.ids, ...context.ids.slice(0, tokens >> 1)] }
    await model.encode(new Array<Context>(rows).fill(longer))
    return rows
  })
}
