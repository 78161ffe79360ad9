// How fast infills come that are compiled, end to end and on all cores: the model fills holes of about forty token ids in
// kernels that it was not trained on, and clang checks each kernel as a whole.

import { compileAll, printTokens } from '../../../kernels/index.ts'
import { type Context, InfillPool, infillCompiling, Random, special, withLength } from '../../../synth/index.ts'
import { startProgress } from '../../progress.ts'
import { formatTable } from '../../table.ts'
import { meanOf } from '../statistics.ts'
import type { Decoding } from './flags.ts'
import { given, type ModelBench, type ModelPart, shown } from './part.ts'
import { planHoles } from './plan-holes.ts'
import { settingsOf } from './samples.ts'

/** Of the truth, in token ids; as many are asked for. */
const shortest = 30
const longest = 50
const asked = 40
const samplesPerHole = 16
/** Filled together. */
const holesPerBatch = 8
const mostHoles = 128

interface InfillFigures {
  readonly decoding: Decoding
  readonly processes: number
  readonly holes: number
  readonly infills: number
  readonly compiling: number
  /** Token ids of an infill. */
  readonly meanLength: number
  readonly perSecond: number
  readonly compilingPerSecond: number
}

export const infillsPart: ModelPart = {
  name: 'infills',
  needs: ['data'],
  async measure(bench) {
    const { tokenizer, valid } = given(bench.data, '--data')
    const { seed, decoding } = bench.flags
    const contexts = planHoles(bench.model, tokenizer, valid, { holesPerKind: valid.length, seed })
      .filter(({ kind, infill }) => kind !== 'random' && infill.ids.length >= shortest && infill.ids.length <= longest)
      .slice(0, mostHoles)
      .map(({ infill }) => infill.context)
    const figures: InfillFigures[] = []
    using pool = new InfillPool(bench.model.folder)
    await pool.ready() // else the first to be timed would pay for it
    for (const one of decoding) figures.push(await fillAll(bench, pool, contexts, one))
    const rows = figures.map((row) => [
      ...[row.decoding, `${row.holes}`, `${row.infills}`, shown((100 * row.compiling) / row.infills, 1)],
      ...[shown(row.meanLength, 1), shown(row.perSecond, 1), shown(row.compilingPerSecond, 1)],
    ])
    const header = ['decoding', 'holes', 'infills', 'compile %', 'token ids', 'infills/s', 'compiling/s']
    const title = `infills compiled in their kernels, ${samplesPerHole} a hole, ${pool.size} processes`
    return { figures, lines: [title, ...formatTable(header, rows)] }
  },
}

async function fillAll(
  { model, flags, io }: ModelBench,
  pool: InfillPool,
  contexts: readonly Context[],
  decoding: Decoding,
): Promise<InfillFigures> {
  const { temperature, topP, nameTemperature, seed } = flags
  const lengths: number[] = []
  let compiling = 0
  const settings = {
    ...settingsOf(decoding),
    temperature,
    topP,
    nameTemperature,
    samples: samplesPerHole,
    maxTokens: 3 * asked,
  }
  const rng = new Random(seed)
  using progress = startProgress(io, { label: `filling, ${decoding}`, total: contexts.length, unit: 'holes' })
  const fill = async (some: readonly Context[], own: Random): Promise<void> => {
    const told = some.map((context) => ({
      ...context,
      prefix: withLength(context.prefix, model.card.featureOffsets, asked),
    }))
    const infills = await infillCompiling(model, told, { ...settings, isStrict: true, signal: io.signal }, own, pool)
    const texts = infills.map(({ hole, ids }) => {
      const place = told[hole].ids.indexOf(special.HOLE)
      const all = [...told[hole].ids.slice(0, place), ...ids, ...told[hole].ids.slice(place + 1)]
      return printTokens(model.tokenizer.decode(all))
    })
    const outcomes = await compileAll(texts, { checkOnly: true, isStrict: true, signal: io.signal })
    compiling += outcomes.filter(({ ok }, i) => ok && infills[i].isComplete).length
    lengths.push(...infills.map(({ ids }) => ids.length))
    progress.update(lengths.length / samplesPerHole)
  }
  const startedAt = performance.now()
  const waiting = Array.from({ length: Math.ceil(contexts.length / holesPerBatch) }, (_, i) => {
    return [contexts.slice(i * holesPerBatch, (i + 1) * holesPerBatch), rng.fork()] as const
  })
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await fill(...next)
  }
  await Promise.all(Array.from({ length: 2 * pool.size }, work))
  const seconds = (performance.now() - startedAt) / 1000
  const infills = lengths.length
  return {
    ...{ decoding, processes: pool.size, holes: contexts.length, infills, compiling, meanLength: meanOf(lengths) },
    ...{ perSecond: infills / seconds, compilingPerSecond: compiling / seconds },
  }
}
