// `benchsteer bench modelled`: how far off a described device is from measurements, over the kernels of a store that
// have both.

import { percentile, Store, type StoredMeasurement } from '../../corpora/index.ts'
import type { Command } from '../command.ts'
import { formatTable } from '../table.ts'
import { type MeasuredMedians, type MeasuredTimes, readMeasuredCsv } from './measured-csv.ts'
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
  description:
    'Measured times come from the store, or from a file that `measure --format csv` or --data-set wrote on another ' +
    'machine: of it, those of the role that the model plays. Rows belong together where kernel, size, seed and payload do.',
  options: [
    { syntax: '-c, --corpus <file>', summary: 'the store, after `measure`', isRequired: true },
    { syntax: '--measured <id>', summary: 'id of the device that was measured, or a .csv', isRequired: true },
    { syntax: '--model <id>', summary: 'of the described one, as model:<name>', isRequired: true },
  ],
  examples: [
    'bench modelled -c corpus.db --measured dev-0123abcd --model model:here',
    'bench modelled -c suites.db --measured docs/measurements/h200-xeon.csv --model model:nvidia-h200',
  ],

  async run({ corpus, measured, model }, io) {
    using store = Store.open(corpus, { mustExist: true })
    const known = measured.endsWith('.csv') ? readMeasuredCsv(measured) : measuredIn(store, measured)
    const keys = new Map(Array.from(store.kernels.list(everyKernel), (kernel) => [kernel.id, kernel.key]))
    const compared = [...store.measurements.list({ deviceId: model, okOnly: true })].flatMap((row) =>
      compare(known.find(keys.get(row.kernelId) ?? '', row), row),
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

const everyKernel = { heldOut: 'include', includeDuplicates: true } as const

function measuredIn(store: Store, deviceId: string): MeasuredTimes {
  const nameOf = ({ kernelId, size, seed, payloadHash }: StoredMeasurement): string =>
    `${kernelId} ${size} ${seed} ${payloadHash}`
  const known = new Map<string, MeasuredMedians>()
  for (const row of store.measurements.list({ deviceId, okOnly: true })) {
    if (row.kernel && row.total) known.set(nameOf(row), { kernelNs: row.kernel.median, totalNs: row.total.median })
  }
  return { find: (_, row) => known.get(nameOf(row)) }
}

function compare(measured: MeasuredMedians | undefined, modelled: StoredMeasurement): Comparison[] {
  if (measured === undefined || !modelled.kernel || !modelled.total) return []
  return [
    {
      size: modelled.size,
      kernel: modelled.kernel.median / measured.kernelNs,
      total: modelled.total.median / measured.totalNs,
      measuredNs: measured.totalNs,
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
