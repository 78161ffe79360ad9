// Files that `benchsteer measure` writes (docs/measuring.md), as records of our own layout.

import type { CsvRecord } from './read-row.ts'

/** `suite-program-kernel` of the seven suites, without a version; programs have no hyphen there. */
const suiteKernel = /^(amd-app-sdk|npb|nvidia|parboil|polybench-gpu|rodinia|shoc)-([^-]+)-(.+)$/

/** Columns that both layouts have under one name. */
const shared = [
  ...(['benchmark', 'dataset', 'comp', 'rational', 'mem', 'localmem', 'coalesced', 'atomic', 'transfer'] as const),
  ...(['wgsize', 'oracle', 'runtime', 'speedup', 'penalty', 'runtime_cpu', 'runtime_gpu', 'kernel_nlines'] as const),
  ...([
    'kernel_size',
    'cpu_device',
    'cpu_driver',
    'gpu_device',
    'gpu_driver',
    'cpu_kernel',
    'gpu_kernel',
    'seed',
  ] as const),
]

/** Is a file with these columns one that `measure` wrote? */
export function isMeasureLayout(header: readonly string[]): boolean {
  return ['key', 'provenance', 'cpu_date', 'cpu_provenance'].every((column) => header.includes(column))
}

/**
 * The record in our own layout. Where a time is modelled the bounds are left out: they say how far off a model may be,
 * which is no confidence interval of a time, and the estimates decide.
 */
export function fromMeasureLayout(record: CsvRecord): CsvRecord {
  const isMeasured = record.provenance === 'measured'
  const bounds = isMeasured ? ['cpu_low', 'cpu_high', 'gpu_low', 'gpu_high'] : []
  const combined = Object.keys(record).filter((column) => /^F[1-4]:/.test(column))
  const kept = [...shared, ...combined, ...bounds].map((column) => [column, record[column] ?? ''])
  return {
    ...Object.fromEntries(kept),
    ...namesOf(record),
    time_source: isMeasured ? 'measured' : 'modelled',
    date: (record.cpu_date ?? '').slice(0, 10),
    source_key: record.key,
  }
}

/** A kernel of no suite is a program of its own. */
function namesOf({ benchmark = '', key = '', origin = '' }: CsvRecord): Record<'suite' | 'program' | 'kernel', string> {
  const match = suiteKernel.exec(benchmark)
  if (match !== null) return { suite: match[1], program: `${match[1]}-${match[2]}`, kernel: match[3] }
  return { suite: origin, program: key, kernel: benchmark.slice(benchmark.lastIndexOf('-') + 1) }
}
