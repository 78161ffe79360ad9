// `benchsteer bench modelled`: how far off a described device is from measurements, over the kernels of a store that
// have both.

import { percentile, Store, type StoredMeasurement } from '../../corpora/index.ts'
import type { Command } from '../command.ts'
import { formatTable } from '../table.ts'
import { rankCorrelation } from './statistics.ts'

interface ModelledFlags {
  readonly corpus: string
  readonly measured: string
  readonly model: string
}

/** Estimate over measurement. */
interface Comparison {
  readonly size: number
  readonly kernel: number
  readonly total: number
  readonly measuredNs: number
  readonly modelledNs: number
}

export const modelledBench: Command<ModelledFlags> = {
  name: 'modelled',
  summary: 'How far modelled times are from measured ones, over a store that has both.',
  options: [
    { syntax: '-c, --corpus <file>', summary: 'the store, after `measure`', isRequired: true },
    { syntax: '--measured <id>', summary: 'id of the device that was measured', isRequired: true },
    { syntax: '--model <id>', summary: 'of the described one, as model:<name>', isRequired: true },
  ],
  examples: ['bench modelled -c corpus.db --measured dev-0123abcd --model model:here'],

  async run({ corpus, measured, model }, io) {
    using store = Store.open(corpus, { mustExist: true })
    const known = new Map<string, StoredMeasurement>()
    for (const row of store.measurements.list({ deviceId: measured, okOnly: true })) known.set(keyOf(row), row)
    const compared = [...store.measurements.list({ deviceId: model, okOnly: true })].flatMap((row) =>
      compare(known.get(keyOf(row)), row),
    )
    if (compared.length === 0) throw new RangeError(`corpus: ${corpus} has no kernel with times of both devices`)
    const sizes = [...new Set(compared.map(({ size }) => size))].sort((a, b) => a - b)
    const groups = sizes.map((size) => [`${size}`, compared.filter((one) => one.size === size)] as const)
    const rows = [...groups, ['all', compared] as const].map(([name, group]) => describe(name, group))
    const header = ['size', 'rows', 'time', 'median ratio', 'typical error', '9 of 10 within', 'within 2', 'within 4']
    for (const line of formatTable([...header, 'rank correlation'], rows.flat())) io.out(line)
    io.out('ratio: estimate over measurement; errors are factors, the larger of the ratio and its inverse')
  },
}

function keyOf({ kernelId, size, seed, payloadHash }: StoredMeasurement): string {
  return `${kernelId} ${size} ${seed} ${payloadHash}`
}

function compare(measured: StoredMeasurement | undefined, modelled: StoredMeasurement): Comparison[] {
  if (!measured?.kernel || !measured.total || !modelled.kernel || !modelled.total) return []
  return [
    {
      size: measured.size,
      kernel: modelled.kernel.median / measured.kernel.median,
      total: modelled.total.median / measured.total.median,
      measuredNs: measured.total.median,
      modelledNs: modelled.total.median,
    },
  ]
}

function describe(name: string, group: readonly Comparison[]): string[][] {
  const correlation = rankCorrelation(
    group.map(({ measuredNs }) => measuredNs),
    group.map(({ modelledNs }) => modelledNs),
  )
  return (['kernel', 'total'] as const).map((time) => {
    const ratios = Float64Array.from(group, (one) => one[time]).sort()
    const errors = ratios.map((ratio) => Math.max(ratio, 1 / ratio)).sort()
    const within = (factor: number): string =>
      `${((100 * errors.filter((error) => error <= factor).length) / errors.length).toFixed(0)}%`
    return [
      ...[name, `${group.length}`, time === 'kernel' ? 'kernel' : 'with copies'],
      ...[percentile(ratios, 0.5), percentile(errors, 0.5), percentile(errors, 0.9)].map((value) => value.toFixed(2)),
      ...[within(2), within(4), time === 'total' ? correlation.toFixed(2) : ''],
    ]
  })
}
