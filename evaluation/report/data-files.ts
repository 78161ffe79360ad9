// Tables as files: CSV for spreadsheets, JSON with the columns and a list a row.

import { csvField } from '../../corpora/index.ts'
import type { DataTable, DataValue } from '../evaluators/evaluator.ts'

/** RFC 4180, but lines end in \n. */
export function toCsv({ columns, rows }: DataTable): string {
  const lines = [columns.map(([name]) => name), ...rows].map((cells) => {
    return cells.map((cell) => csvField(shorten(cell))).join(',')
  })
  return `${lines.join('\n')}\n`
}

/** What it is, its columns, and its rows. Figures that are no number are null. */
export function toJson({ title, columns, rows }: DataTable): string {
  const lines = rows.map((cells) => JSON.stringify(cells.map(shorten)))
  const head = `{"title":${JSON.stringify(title)},"columns":${JSON.stringify(columns.map(([name]) => name))},"rows":[`
  return `${[head, lines.join(',\n'), ']}'].join('\n')}\n`
}

/** Ten digits are more than any figure here deserves. */
function shorten(value: DataValue): DataValue {
  return typeof value === 'number' ? Number(value.toPrecision(10)) : value
}
