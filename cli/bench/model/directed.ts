// Does the model listen? Each Grewe feature alone is asked for at three places of what people write; what matters is how
// that feature of the output moves.

import { percentile } from '../../../corpora/index.ts'
import { grewe, measureKernel } from '../../../features/index.ts'
import { parseUnit } from '../../../kernels/index.ts'
import { featurePrefix, InfillPool, Random, sampleKernels } from '../../../synth/index.ts'
import { startProgress } from '../../progress.ts'
import { formatTable } from '../../table.ts'
import { meanOf, medianOf, rankCorrelation } from '../statistics.ts'
import type { Decoding } from './flags.ts'
import { given, type ModelBench, type ModelPart, shown } from './part.ts'
import { settingsOf } from './samples.ts'

interface Response {
  readonly feature: string
  /** Are the levels quartiles of all kernels, or of those only that have the feature at all? */
  readonly quartilesOf: 'all' | 'non-zero'
  readonly levels: readonly Level[]
  /** Rank correlation between what was asked for and what came; NaN where either never changes. */
  readonly correlation: number
}

interface Level {
  readonly asked: number
  readonly compiled: number
  readonly mean: number
  readonly median: number
}

export const directedPart: ModelPart = {
  name: 'directed',
  needs: ['data', 'corpus'],
  async measure(bench) {
    const human = given(bench.human, '--data or --corpus')
    const rng = new Random(bench.flags.seed)
    const plans = grewe.names.map((_, i) => quartilesOf(human.grewe.map((vector) => vector[i])))
    const { directedSamples } = bench.flags
    const total = directedSamples * plans.reduce((sum, { levels }) => sum + levels.length, 0)
    using pool = new InfillPool(bench.model.folder)
    using progress = startProgress(bench.io, { label: 'directing', total, unit: 'kernels' })
    const responses: Response[] = []
    let done = 0
    for (const [feature, { of, levels }] of plans.entries()) {
      const outputs: number[][] = []
      for (const asked of levels) {
        outputs.push(await outputsFor(bench, pool, feature, asked, rng.fork()))
        done += directedSamples
        progress.update(done, grewe.names[feature])
      }
      responses.push(responseOf(grewe.names[feature], of, levels, outputs))
    }
    const decoding = decodingOf(bench)
    const { guidance } = bench.flags
    const how = `${decoding} decoding, guidance ${guidance}`
    const title = `each Grewe feature alone asked for at its quartiles in ${human.source}, ${how}`
    return {
      figures: { decoding, guidance, source: human.source, sampledPerLevel: directedSamples, responses },
      lines: [title, ...tableOf(responses)],
    }
  },
}

/** Quartiles, each value once; where they are all one, of the values that are not zero. */
function quartilesOf(values: readonly number[]): { readonly of: Response['quartilesOf']; readonly levels: number[] } {
  const quartiles = (some: readonly number[]): number[] => {
    const sorted = Float64Array.from(some).sort()
    return [...new Set([0.25, 0.5, 0.75].map((share) => percentile(sorted, share)))]
  }
  const levels = quartiles(values)
  if (levels.length > 1) return { of: 'all', levels }
  return { of: 'non-zero', levels: quartiles(values.filter((value) => value !== 0)) }
}

/** The least free of those asked for, short of rewriting, which would wash the differences out. */
export function decodingOf({ flags }: Pick<ModelBench, 'flags'>): Decoding {
  return flags.decoding.every((one) => one === 'plain') ? 'plain' : 'checked'
}

/** The feature in each kernel that compiles. */
async function outputsFor(
  bench: ModelBench,
  pool: InfillPool,
  feature: number,
  asked: number,
  rng: Random,
): Promise<number[]> {
  const { flags, io, model } = bench
  const { directedSamples: samples, temperature, topP, nameTemperature, guidance } = flags
  const values = new Float64Array(grewe.names.length).fill(Number.NaN)
  values[feature] = asked
  const prefix = featurePrefix(model.card.featureOffsets, grewe, values)
  const settings = { ...settingsOf(decodingOf(bench)), guidance }
  const options = { samples, temperature, topP, nameTemperature, ...settings, prefix, signal: io.signal }
  const outputs: number[] = []
  for await (const kernels of sampleKernels(model, options, rng, pool)) {
    for (const { text, outcome } of kernels) {
      const measured = outcome.ok ? measureKernel(grewe, parseUnit(text), outcome.ir) : undefined
      if (measured !== undefined) outputs.push(measured[feature])
    }
  }
  io.signal.throwIfAborted()
  return outputs
}

function responseOf(
  feature: string,
  quartilesOf: Response['quartilesOf'],
  asked: readonly number[],
  outputs: readonly (readonly number[])[],
): Response {
  const levels = asked.map((value, i): Level => {
    return { asked: value, compiled: outputs[i].length, mean: meanOf(outputs[i]), median: medianOf(outputs[i]) }
  })
  const askedOfEach = outputs.flatMap((some, i) => some.map(() => asked[i]))
  return { feature, quartilesOf, levels, correlation: rankCorrelation(askedOfEach, outputs.flat()) }
}

function tableOf(responses: readonly Response[]): string[] {
  const joined = (levels: readonly Level[], key: keyof Level, digits: number): string =>
    levels.map((level) => shown(level[key], digits) || '-').join(', ')
  const rows = responses.map(({ feature, quartilesOf, levels, correlation }) => [
    ...[feature, quartilesOf, joined(levels, 'asked', 2), joined(levels, 'compiled', 0)],
    ...[joined(levels, 'mean', 2), joined(levels, 'median', 2), shown(correlation, 2)],
  ])
  return formatTable(['feature', 'quartiles of', 'asked', 'compile', 'mean', 'median', 'rank correlation'], rows)
}
