// What only shows in all rows of a file: rows that stand there twice, and equal features with different labels.

import type { GreweRow } from '../../data-set.ts'
import { findAliases } from '../aliasing/find-aliases.ts'
import type { Finding } from './finding.ts'

/** A row with its line in the file. */
export interface LocatedRow {
  readonly row: GreweRow
  readonly line: number
}

export function checkSet(rows: readonly LocatedRow[]): Finding[] {
  return [...findDuplicates(rows), ...findConflicts(rows)]
}

/** The same kernel at the same input twice: the same row again, or two measurements of it. */
function findDuplicates(rows: readonly LocatedRow[]): Finding[] {
  const first = new Map<string, LocatedRow>()
  return rows.flatMap(({ row, line }): Finding[] => {
    const key = JSON.stringify([row.program, row.kernel, row.dataset, row.devices, row.seed])
    const earlier = first.get(key)
    if (earlier === undefined) {
      first.set(key, { row, line })
      return []
    }
    const same = row.runtimeCpuMs === earlier.row.runtimeCpuMs && row.runtimeGpuMs === earlier.row.runtimeGpuMs
    const what = same ? 'the row' : 'another measurement of what is'
    const message = `${row.program}-${row.kernel} ${row.dataset}: ${what} of line ${earlier.line} again`
    return [{ line, severity: 'warning', code: 'duplicate', message }]
  })
}

function findConflicts(rows: readonly LocatedRow[]): Finding[] {
  const lines = new Map(rows.map(({ row, line }) => [row, line]))
  return findAliases(rows.map(({ row }) => row)).map(({ features, rows: equal }): Finding => {
    const places = equal.map((row) => lines.get(row) ?? 0)
    const of = (label: string): string => listed(places.filter((_, i) => equal[i].label === label))
    const message = `F1 to F4 = ${features.join(', ')}: CPU in ${of('CPU')}; GPU in ${of('GPU')}`
    return { line: places[0], severity: 'note', code: 'conflict', message }
  })
}

const longestList = 5

function listed(lines: readonly number[]): string {
  const rest = lines.length - longestList
  return `line ${lines.slice(0, longestList).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
