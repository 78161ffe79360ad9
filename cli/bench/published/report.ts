// The tables of `bench published`: errors of times, and of what follows from them.

import { percentile } from '../../../corpora/index.ts'
import { formatTable } from '../../table.ts'
import { rankCorrelation } from '../statistics.ts'
import type { ComparedRow } from './estimate-row.ts'
import { type Factors, fitFactors, modelledMs, noFactors } from './fit.ts'

interface Group {
  readonly name: string
  readonly rows: readonly ComparedRow[]
  readonly factorsOf: (row: ComparedRow) => Factors
}

/** @throws {RangeError} where factors are asked for and there is one suite only */
export function reportLines(
  rows: readonly ComparedRow[],
  losses: ReadonlyMap<string, number>,
  isFitted: boolean,
): string[] {
  const suites = [...new Set(rows.map(({ suite }) => suite))].sort()
  const fitted = new Map(suites.map((suite) => [suite, isFitted ? fitFactors(othersOf(rows, suite)) : noFactors]))
  const factorsOf = ({ suite }: ComparedRow): Factors => fitted.get(suite) ?? noFactors
  const groups: Group[] = [
    ...suites.map((suite) => ({ name: suite, rows: rows.filter((row) => row.suite === suite), factorsOf })),
    { name: 'all but npb', rows: rows.filter(({ suite }) => suite !== 'npb'), factorsOf },
    { name: 'all', rows, factorsOf },
  ]
  const header = ['suite', 'kernels', 'rows', 'device', 'modelled/published: quartiles', 'typical error', 'within 4']
  return [
    ...formatTable([...header, 'rank correlation'], groups.filter(isFull).flatMap(describeTimes)),
    '',
    ...formatTable(
      [
        'suite',
        'rows',
        'CPU is faster',
        'as modelled',
        'labels agree',
        'of the commoner label',
        'rank correlation of CPU/GPU',
      ],
      groups.filter(isFull).map(describeLabels),
    ),
    ...(isFitted ? ['', ...factorLines(fitted, fitFactors(rows))] : []),
    '',
    ...[...losses].sort(([, a], [, b]) => b - a).map(([reason, count]) => `left out: ${count} rows, ${reason}`),
  ]
}

function isFull({ rows }: Group): boolean {
  return rows.length > 0
}

function othersOf(rows: readonly ComparedRow[], suite: string): ComparedRow[] {
  const others = rows.filter((row) => row.suite !== suite)
  if (others.length === 0) throw new RangeError(`fit: expected kernels of at least two suites, received ${suite}`)
  return others
}

function describeTimes({ name, rows, factorsOf }: Group): string[][] {
  return (['cpu', 'gpu'] as const).map((role) => {
    const published = rows.map((row) => (role === 'cpu' ? row.cpuMs : row.gpuMs))
    const modelled = rows.map((row) => modelledMs(row, role, factorsOf(row)))
    const ratios = Float64Array.from(modelled, (value, i) => value / published[i]).sort()
    const errors = ratios.map((ratio) => Math.max(ratio, 1 / ratio)).sort()
    const near = errors.filter((error) => error <= 4).length / errors.length
    return [
      ...[name, `${new Set(rows.map(({ benchmark }) => benchmark)).size}`, `${rows.length}`, role.toUpperCase()],
      [0.25, 0.5, 0.75].map((share) => percentile(ratios, share).toPrecision(2)).join('  '),
      ...[percentile(errors, 0.5).toFixed(1), `${(100 * near).toFixed(0)}%`],
      rankCorrelation(published, modelled).toFixed(2),
    ]
  })
}

function describeLabels({ name, rows, factorsOf }: Group): string[] {
  const isCpu = (row: ComparedRow): boolean =>
    modelledMs(row, 'cpu', factorsOf(row)) <= modelledMs(row, 'gpu', factorsOf(row))
  const cpu = rows.filter(({ label }) => label === 'CPU').length
  const agree = rows.filter((row) => isCpu(row) === (row.label === 'CPU')).length
  const percent = (count: number): string => `${((100 * count) / rows.length).toFixed(0)}%`
  const correlation = rankCorrelation(
    rows.map(({ cpuMs, gpuMs }) => cpuMs / gpuMs),
    rows.map((row) => modelledMs(row, 'cpu', factorsOf(row)) / modelledMs(row, 'gpu', factorsOf(row))),
  )
  return [
    ...[name, `${rows.length}`, percent(cpu), percent(rows.filter(isCpu).length), percent(agree)],
    ...[percent(Math.max(cpu, rows.length - cpu)), correlation.toFixed(2)],
  ]
}

function factorLines(fitted: ReadonlyMap<string, Factors>, all: Factors): string[] {
  const line = (name: string, { cpu, gpu }: Factors): string =>
    `factors ${name}: CPU ${cpu.toFixed(2)}, GPU ${gpu.toFixed(2)}`
  return [...[...fitted].map(([suite, factors]) => line(`without ${suite}`, factors)), line('on all suites', all)]
}
