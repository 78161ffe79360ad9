// The columns of the files that rows come from and go to. The first two are those of the public data of Cummins et al.,
// "Synthesizing Benchmarks for Predictive Modeling" (CGO 2017); the third is ours: the first, and what else is known.

import { type Cell, combinedNames, countNames, type GreweRow } from '../../data-set.ts'
import { benchmarkName } from './benchmark-name.ts'

export const layouts = ['benchmarks', 'clgen', 'own'] as const
/** `benchmarks`: programs of suites; `clgen`: synthetic kernels, named by hash; `own`: all that a row can say. */
export type Layout = (typeof layouts)[number]

/** One column, as it is written. */
export interface Column {
  readonly name: string
  readonly type: 'text' | 'integer' | 'number'
  read(row: GreweRow): Cell
}

/** Columns that a file must have in any layout. */
export const requiredColumns: readonly string[] = [
  ...['benchmark', 'dataset', ...countNames, 'transfer', 'wgsize', ...combinedNames],
  ...['oracle', 'runtime_cpu', 'runtime_gpu'],
]

/** Columns that a file may have, with what follows from others. */
const derivedColumns = ['runtime', 'speedup', 'penalty'] as const

/** Columns of the CLgen data: half the width of a 95 % interval, and the same over the mean. */
const clgenColumns = ['ci_cpu', 'ci_mean_cpu', 'ci_gpu', 'ci_mean_gpu'] as const

/** Columns that only our own layout has. */
const ownColumns = [
  ...(['suite', 'program', 'kernel', 'time_source', 'cpu_device', 'cpu_driver', 'gpu_device', 'gpu_driver'] as const),
  ...(['cpu_low', 'cpu_high', 'gpu_low', 'gpu_high', 'seed', 'date', 'source_key'] as const),
]

const known: ReadonlySet<string> = new Set([...requiredColumns, ...derivedColumns, ...clgenColumns, ...ownColumns])

/** Columns of any other name are kept as extra numbers. */
export function isExtraColumn(name: string): boolean {
  return !known.has(name)
}

/** Which layout a header is of. Ours says so by its `program` column. */
export function layoutOf(header: readonly string[]): Layout {
  if (header.includes('program')) return 'own'
  return clgenColumns.some((name) => header.includes(name)) ? 'clgen' : 'benchmarks'
}

/** The columns that rows are written with, in the order of the public files; extras that a row lacks are empty. */
export function columnsOf(layout: Layout, rows: readonly GreweRow[]): Column[] {
  const extras = [...new Set(rows.flatMap((row) => Object.keys(row.extras)))].map(
    (name): Column => ({ name, type: 'number', read: (row) => row.extras[name] ?? null }),
  )
  const common = [...featureColumns(), ...labelColumns()]
  if (layout === 'benchmarks') return [...common, ...timeColumns(false), ...extras]
  if (layout === 'clgen') return [...common, ...timeColumns(true), ...extras]
  return [...common, ...timeColumns(false), ...provenanceColumns(), ...extras]
}

function featureColumns(): Column[] {
  return [
    { name: 'benchmark', type: 'text', read: benchmarkName },
    { name: 'dataset', type: 'text', read: ({ dataset }) => dataset },
    ...countNames.map((name): Column => ({ name, type: 'integer', read: ({ counts }) => counts[name] })),
    { name: 'transfer', type: 'integer', read: ({ transferBytes }) => transferBytes },
    { name: 'wgsize', type: 'number', read: ({ wgsize }) => wgsize },
    ...combinedNames.map((name, i): Column => ({ name, type: 'number', read: ({ features }) => features[i] })),
  ]
}

function labelColumns(): Column[] {
  const slower = ({ runtimeCpuMs, runtimeGpuMs }: GreweRow): number => Math.max(runtimeCpuMs, runtimeGpuMs)
  const faster = ({ runtimeCpuMs, runtimeGpuMs }: GreweRow): number => Math.min(runtimeCpuMs, runtimeGpuMs)
  return [
    { name: 'oracle', type: 'text', read: ({ label }) => label },
    { name: 'runtime', type: 'number', read: faster },
    { name: 'speedup', type: 'number', read: (row) => slower(row) / faster(row) },
    { name: 'penalty', type: 'number', read: (row) => faster(row) / slower(row) },
  ]
}

function timeColumns(hasIntervals: boolean): Column[] {
  return (['cpu', 'gpu'] as const).flatMap((role): Column[] => {
    const time = (row: GreweRow): number => (role === 'cpu' ? row.runtimeCpuMs : row.runtimeGpuMs)
    const half = (row: GreweRow): number | null => {
      const interval = role === 'cpu' ? row.intervalCpuMs : row.intervalGpuMs
      return interval === null ? null : (interval.high - interval.low) / 2
    }
    const share = (row: GreweRow): number | null => {
      const width = half(row)
      return width === null ? null : width / time(row)
    }
    const times: Column = { name: `runtime_${role}`, type: 'number', read: time }
    if (!hasIntervals) return [times]
    return [
      times,
      { name: `ci_${role}`, type: 'number', read: half },
      { name: `ci_mean_${role}`, type: 'number', read: share },
    ]
  })
}

function provenanceColumns(): Column[] {
  const readers: Readonly<Record<(typeof ownColumns)[number], (row: GreweRow) => Cell>> = {
    suite: ({ suite }) => suite,
    program: ({ program }) => program,
    kernel: ({ kernel }) => kernel,
    time_source: ({ timeSource }) => timeSource,
    cpu_device: ({ devices }) => devices?.cpu.device ?? null,
    cpu_driver: ({ devices }) => devices?.cpu.driver ?? null,
    gpu_device: ({ devices }) => devices?.gpu.device ?? null,
    gpu_driver: ({ devices }) => devices?.gpu.driver ?? null,
    cpu_low: ({ intervalCpuMs }) => intervalCpuMs?.low ?? null,
    cpu_high: ({ intervalCpuMs }) => intervalCpuMs?.high ?? null,
    gpu_low: ({ intervalGpuMs }) => intervalGpuMs?.low ?? null,
    gpu_high: ({ intervalGpuMs }) => intervalGpuMs?.high ?? null,
    seed: ({ seed }) => seed,
    date: ({ date }) => date,
    source_key: ({ sourceKey }) => sourceKey,
  }
  const numbers: ReadonlySet<string> = new Set(['cpu_low', 'cpu_high', 'gpu_low', 'gpu_high'])
  return ownColumns.map((name) => {
    const type = name === 'seed' ? 'integer' : numbers.has(name) ? 'number' : 'text'
    return { name, type, read: readers[name] }
  })
}
