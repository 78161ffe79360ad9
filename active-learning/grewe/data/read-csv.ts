// A CSV file of labelled kernels as rows, in the public layouts, our own or that of `measure`, with all that is odd about it, line by line.

import { type Info, parse } from 'csv-parse/sync'
import type { DataSet, GreweRow } from '../../data-set.ts'
import { checkRow } from './check-row.ts'
import { checkSet, type LocatedRow } from './check-set.ts'
import type { Finding } from './finding.ts'
import { type Layout, layoutOf, requiredColumns } from './layouts.ts'
import { fromMeasureLayout, isMeasureLayout } from './measure-layout.ts'
import { type CsvRecord, readRow } from './read-row.ts'

/** What a file holds. */
export interface ReadDataSet extends DataSet {
  readonly layout: Layout
  /** Records of the file, also those that are no rows. */
  readonly records: number
  /** By line; what concerns the whole file first. */
  readonly findings: readonly Finding[]
}

/**
 * Read a file.
 * @param text - its content
 * @param name - to call the rows by, and for messages
 * @throws {RangeError} where the text is no CSV or lacks columns
 */
export function readGreweCsv(text: string, name: string): ReadDataSet {
  const records = parseCsv(text, name)
  const header = records.header
  const missing = requiredColumns.filter((column) => !header.includes(column))
  if (missing.length > 0) {
    throw new RangeError(`${name}: expected the columns of the Grewe layout, ${missing.join(', ')} missing`)
  }
  const located: LocatedRow[] = []
  const findings: Finding[] = []
  const rounded = new Map<string, number>()
  let close = 0
  const isOfMeasure = isMeasureLayout(header)
  for (const { record: written, line } of records.records) {
    const record = isOfMeasure ? fromMeasureLayout(written) : written
    const { row, findings: faults } = readRow(record, line)
    findings.push(...faults)
    if (row === undefined) continue
    const checked = checkRow(row, record, line)
    findings.push(...checked.findings)
    for (const column of checked.rounded) rounded.set(column, (rounded.get(column) ?? 0) + 1)
    if (checked.isClose) close++
    located.push({ row, line })
  }
  findings.push(...checkSet(located))
  const rows = located.map(({ row }) => row)
  const whole = aboutAll(rows, rounded, close)
  findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return {
    name,
    rows,
    layout: isOfMeasure ? 'own' : layoutOf(header),
    records: records.records.length,
    findings: [...whole, ...findings],
  }
}

/** What holds for many rows and is no fault of one. */
function aboutAll(rows: readonly GreweRow[], rounded: ReadonlyMap<string, number>, close: number): Finding[] {
  const note = (code: Finding['code'], message: string, count: number): Finding[] => {
    if (count === 0) return []
    return [{ line: null, severity: 'note', code, message: `${message} in ${count} of ${rows.length} rows` }]
  }
  const scattered = rows.filter(({ counts }) => counts.coalesced > counts.mem).length
  const unlaunched = rows.filter(({ wgsize }) => wgsize === 0).length
  return [
    ...[...rounded].flatMap(([column, count]) => note('rounded', `${column}: rounded`, count)),
    ...note('close', 'CPU and GPU take the same time up to 5 %', close),
    ...note('range', 'coalesced exceeds mem', scattered),
    ...note('range', 'wgsize is 0', unlaunched),
  ]
}

interface ParsedCsv {
  readonly header: readonly string[]
  readonly records: readonly { readonly record: CsvRecord; readonly line: number }[]
}

function parseCsv(text: string, name: string): ParsedCsv {
  let header: string[] = []
  const columns = (names: string[]): string[] => {
    header = names
    return names
  }
  try {
    const options = { columns, info: true, bom: true, skip_empty_lines: true, trim: true } as const
    const parsed = parse(text, options) as unknown as { record: CsvRecord; info: Info }[]
    return { header, records: parsed.map(({ record, info }) => ({ record, line: info.lines })) }
  } catch (cause) {
    throw new RangeError(`${name}: expected CSV, ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
