// Bits per token on repositories that the model was not trained on, by kind of hole, undirected and with all Grewe
// features given. The truth goes through our own decoder.

import { scoreInfills } from '../../../synth/index.ts'
import { startProgress } from '../../progress.ts'
import { formatTable } from '../../table.ts'
import { meanOf } from '../statistics.ts'
import { given, type ModelBench, type ModelPart, shown } from './part.ts'
import { type PlannedHole, planHoles, scoredKinds } from './plan-holes.ts'

const prefixes = ['none', 'grewe'] as const
/** Holes that are scored together. */
const batch = 16

type Prefix = (typeof prefixes)[number]

/** Of one kind of hole; `all` is the mean over the kinds. */
interface KindBits {
  readonly prefix: Prefix
  readonly kind: string
  readonly holes: number
  readonly bitsPerId: number
  /** Comparable between models of different vocabularies. */
  readonly bitsPerToken: number
}

export const bitsPart: ModelPart = {
  name: 'bits',
  needs: ['data'],
  async measure(bench) {
    const { tokenizer, valid } = given(bench.data, '--data')
    const plans = planHoles(bench.model, tokenizer, valid, bench.flags).sort((a, b) => b.tokenCount - a.tokenCount)
    const figures: KindBits[] = []
    using progress = startProgress(bench.io, { label: 'scoring', total: 2 * plans.length, unit: 'holes' })
    let done = 0
    for (const prefix of prefixes) {
      const bits: number[] = []
      for (let start = 0; start < plans.length; start += batch) {
        const some = plans.slice(start, start + batch)
        bits.push(...(await bitsOf(some, prefix, bench)))
        done += some.length
        progress.update(done)
      }
      figures.push(...summarise(plans, bits, prefix))
    }
    const repositories = new Set(valid.map(({ repository }) => repository)).size
    const title = `bits per token id on ${valid.length} kernels of ${repositories} repositories not trained on`
    return { figures, lines: [title, ...tableOf(figures)] }
  },
}

/** Bits of each whole infill. */
async function bitsOf(
  plans: readonly PlannedHole[],
  prefix: Prefix,
  { model, io }: Pick<ModelBench, 'model' | 'io'>,
): Promise<number[]> {
  const infills = plans.map(({ infill: { context, ids }, features }) => {
    return { context: prefix === 'none' ? context : { ...context, prefix: features }, ids }
  })
  const scores = await scoreInfills(model, infills, { signal: io.signal })
  return scores.map((logProbabilities) => -sumOf(logProbabilities) / Math.LN2)
}

/** @param bits - `[plan]` */
function summarise(plans: readonly PlannedHole[], bits: readonly number[], prefix: Prefix): KindBits[] {
  const own = scoredKinds.flatMap((kind): KindBits[] => {
    const some = [...plans.keys()].filter((i) => plans[i].kind === kind)
    if (some.length === 0) return []
    const sum = sumOf(some.map((i) => bits[i]))
    const ids = sumOf(some.map((i) => plans[i].infill.ids.length + 1))
    const tokens = sumOf(some.map((i) => plans[i].tokenCount))
    return [{ prefix, kind, holes: some.length, bitsPerId: sum / ids, bitsPerToken: sum / tokens }]
  })
  const bitsPerId = meanOf(own.map((row) => row.bitsPerId))
  const bitsPerToken = meanOf(own.map((row) => row.bitsPerToken))
  return [...own, { prefix, kind: 'all', holes: plans.length, bitsPerId, bitsPerToken }]
}

function tableOf(figures: readonly KindBits[]): string[] {
  const kinds = [...new Set(figures.map(({ kind }) => kind))]
  const rowOf = (own: readonly KindBits[], key: 'holes' | 'bitsPerId'): string[] =>
    own.map((row) => shown(row[key], key === 'holes' ? 0 : 3))
  const rows = prefixes.map((prefix) => {
    const own = figures.filter((row) => row.prefix === prefix)
    return [prefix, ...rowOf(own, 'bitsPerId'), shown(own.at(-1)?.bitsPerToken ?? Number.NaN, 3)]
  })
  const holes = figures.filter(({ prefix }) => prefix === 'none')
  return formatTable(['features', ...kinds, 'all, per token'], [...rows, ['holes', ...rowOf(holes, 'holes'), '']])
}

function sumOf(values: Iterable<number>): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
