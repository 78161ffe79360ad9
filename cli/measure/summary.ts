// What `measure` tells a person: rows by device and size, and which device is faster how often.

import { pairTimes, Store, type StoredMeasurement } from '../../corpora/index.ts'
import { medianOf } from '../bench/statistics.ts'
import { formatTable } from '../table.ts'
import type { Chosen } from './output.ts'

/** Two tables, the second one where a CPU and a GPU can be paired. */
export function summaryLines(chosen: Chosen): string[] {
  const rows = chosen.corpora.flatMap((corpus) => {
    using store = Store.open(corpus, { mustExist: true })
    return [...store.measurements.list()].filter(({ deviceId }) => chosen.devices?.includes(deviceId) ?? true)
  })
  if (rows.length === 0) return ['no measurements']
  return [...describeTimes(rows), ...describeLabels(chosen)]
}

function describeTimes(rows: readonly StoredMeasurement[]): string[] {
  const groups = groupBy(rows, ({ deviceId, size }) => `${deviceId} ${size}`)
  const lines = [...groups.values()].map((group) => {
    const { deviceName, provenance, size } = group[0]
    const timed = group.filter(({ failure }) => failure === null)
    const tight = timed.filter((row) => row.isTight).length
    return [
      ...[deviceName, provenance, `${size}`, `${timed.length}`, `${group.length - timed.length}`],
      provenance === 'modelled' ? '-' : `${tight}`,
      ...[microseconds(timed, ({ kernel }) => kernel?.median), microseconds(timed, ({ total }) => total?.median)],
    ]
  })
  const header = ['device', 'times are', 'size', 'timed', 'failed', 'tight', 'median kernel µs', 'with copies µs']
  return formatTable(header, lines)
}

function microseconds(
  rows: readonly StoredMeasurement[],
  read: (row: StoredMeasurement) => number | undefined,
): string {
  const values = rows.flatMap((row) => read(row) ?? [])
  return values.length === 0 ? '' : (medianOf(values) / 1000).toFixed(1)
}

/** Nothing where there is no pair, or no single CPU and GPU of one provenance to be paired. */
function describeLabels(chosen: Chosen): string[] {
  const pairs = pairsOf(chosen).filter(({ label }) => label !== undefined)
  if (pairs.length === 0) return []
  const lines = [...groupBy(pairs, ({ cpu }) => `${cpu?.size}`)].map(([size, group]) => {
    const count = (label: string): string => `${group.filter((pair) => pair.label === label).length}`
    return [size, group[0].provenance, count('CPU'), count('GPU'), count('undecided')]
  })
  return ['', ...formatTable(['size', 'times are', 'CPU faster', 'GPU faster', 'undecided'], lines)]
}

function pairsOf({ corpora, devices, mix }: Chosen): ReturnType<typeof pairTimes> {
  return corpora.flatMap((corpus) => {
    using store = Store.open(corpus, { mustExist: true })
    try {
      return pairTimes(store, { devices, mix })
    } catch (error) {
      if (error instanceof RangeError) return [] // there is no one pair; the first table says it all
      throw error
    }
  })
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
