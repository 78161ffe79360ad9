// Paired times as CSV in the layout of the public data of Cummins et al. (CGO 2017, `nvidia-clgen.csv`), so that whoever
// reads that reads this. Columns of ours follow behind. Times in ms, copies included. See docs/measuring.md.

import { csvField } from '../export/csv.ts'
import type { Cell } from '../export/fields.ts'
import type { StoredMeasurement } from '../store/measurement-table.ts'
import type { Store } from '../store/store.ts'
import { benchmarkName } from './benchmark-name.ts'
import { type GreweCounts, greweCounts } from './grewe-counts.ts'
import type { TimePair } from './pair-times.ts'

interface GreweRow extends TimePair {
  readonly counts: GreweCounts
  /** The CPU's, or the GPU's where there is none; the two have one payload. */
  readonly some: StoredMeasurement
}

type Column = readonly [name: string, read: (row: GreweRow) => Cell | undefined]

/** As published, in that order. */
const publishedColumns: readonly Column[] = [
  ['benchmark', ({ kernel }) => benchmarkName(kernel)],
  ['dataset', ({ some }) => some.size],
  ['comp', ({ counts }) => counts.comp],
  ['rational', ({ counts }) => counts.rational],
  ['mem', ({ counts }) => counts.mem],
  ['localmem', ({ counts }) => counts.localmem],
  ['coalesced', ({ counts }) => counts.coalesced],
  ['atomic', ({ counts }) => counts.atomic],
  ['transfer', ({ some }) => transferOf(some)],
  ['wgsize', ({ some }) => groupSizeOf(some)],
  ['F1:transfer/(comp+mem)', ({ counts, some }) => ratio(transferOf(some), counts.comp + counts.mem)],
  ['F2:coalesced/mem', ({ counts }) => ratio(counts.coalesced, counts.mem)],
  ['F3:(localmem/mem)*avgws', ({ counts, some }) => ratio(counts.localmem, counts.mem) * groupSizeOf(some)],
  ['F4:comp/mem', ({ counts }) => ratio(counts.comp, counts.mem)],
  ['oracle', (row) => fasterOf(row)],
  ['runtime', (row) => ifPaired(row, Math.min)],
  ['speedup', (row) => ifPaired(row, (cpu, gpu) => Math.max(cpu, gpu) / Math.min(cpu, gpu))],
  ['penalty', (row) => ifPaired(row, (cpu, gpu) => Math.min(cpu, gpu) / Math.max(cpu, gpu))],
  ...timeColumns('cpu'),
  ...timeColumns('gpu'),
  ['kernel_nlines', ({ kernel }) => kernel.text.trimEnd().split('\n').length],
  ['kernel_size', ({ kernel }) => Buffer.byteLength(kernel.text)],
]

const ownColumns: readonly Column[] = [
  ['label', ({ label }) => label],
  ['provenance', ({ provenance }) => provenance],
  ...deviceColumns('cpu'),
  ...deviceColumns('gpu'),
  ['global_size', ({ some }) => some.globalSize.join('x')],
  ['local_size', ({ some }) => some.localSize.join('x')],
  ['seed', ({ some }) => some.seed],
  ['payload', ({ some }) => some.payloadHash],
  ['key', ({ kernel }) => kernel.key],
  ['origin', ({ kernel }) => kernel.origin],
  ['repository', ({ kernel }) => kernel.repository],
  ['commit', ({ kernel }) => kernel.commit],
  ['path', ({ kernel }) => kernel.path],
  ['licence', ({ kernel }) => kernel.licence],
]

const columns = [...publishedColumns, ...ownColumns]

/** Names of all columns, those of the public data first. */
export const greweColumns: readonly string[] = columns.map(([name]) => name)

/** The header. */
export function greweHeader(): string {
  return greweColumns.map(csvField).join(',')
}

/** One line a pair. */
export function* greweLines(store: Store, pairs: Iterable<TimePair>): Generator<string> {
  for (const pair of pairs) {
    const some = pair.cpu ?? pair.gpu
    if (some === undefined) continue
    const row = { ...pair, some, counts: greweCounts(store, pair.kernel) }
    yield columns.map(([, read]) => csvField(read(row) ?? null)).join(',')
  }
}

type Role = 'cpu' | 'gpu'

/** `ci` is the half of the 95 % interval that reaches further from the median, `ci_mean` the same over the median. */
function timeColumns(role: Role): Column[] {
  return [
    [`runtime_${role}`, (row) => msOf(row[role])],
    [`ci_${role}`, (row) => reachOf(row[role])],
    [`ci_mean_${role}`, (row) => ratioOf(reachOf(row[role]), msOf(row[role]))],
  ]
}

function deviceColumns(role: Role): Column[] {
  return [
    [`${role}_provenance`, (row) => row[role]?.provenance],
    [`${role}_device`, (row) => row[role]?.deviceId],
    [`${role}_name`, (row) => row[role]?.deviceName],
    [`${role}_driver`, (row) => row[role]?.driver],
    [`${role}_low`, (row) => toMs(row[role]?.total?.low)],
    [`${role}_high`, (row) => toMs(row[role]?.total?.high)],
    [`${role}_kernel`, (row) => toMs(row[role]?.kernel?.median)],
    [`${role}_repetitions`, (row) => row[role]?.kernelNs.length],
    [`${role}_tight`, (row) => (row[role] === undefined ? undefined : Number(row[role].isTight))],
    [`${role}_date`, (row) => (row[role] === undefined ? undefined : new Date(row[role].measuredAtMs).toISOString())],
  ]
}

function transferOf({ writeBytes, readBytes }: StoredMeasurement): number {
  return writeBytes + readBytes
}

function groupSizeOf({ localSize }: StoredMeasurement): number {
  return localSize.reduce((product, size) => product * size, 1)
}

/** By the medians, where both are there; `label` says whether that is certain. */
function fasterOf(row: GreweRow): string | undefined {
  return ifPaired(row, (cpu, gpu) => (cpu <= gpu ? 'CPU' : 'GPU'))
}

function ifPaired<T>({ cpu, gpu }: GreweRow, read: (cpuMs: number, gpuMs: number) => T): T | undefined {
  const [cpuMs, gpuMs] = [msOf(cpu), msOf(gpu)]
  return cpuMs === undefined || gpuMs === undefined ? undefined : read(cpuMs, gpuMs)
}

function msOf(row: StoredMeasurement | undefined): number | undefined {
  return toMs(row?.total?.median)
}

function reachOf(row: StoredMeasurement | undefined): number | undefined {
  if (!row?.total) return undefined
  const { median, low, high } = row.total
  return toMs(Math.max(median - low, high - median))
}

/** Nanoseconds to ms, to the nanosecond. */
function toMs(ns: number | undefined): number | undefined {
  return ns === undefined ? undefined : Math.round(ns) / 1e6
}

function ratioOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : ratio(a, b)
}

/** 0 over 0 is 0, as in the published data. */
function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b
}
