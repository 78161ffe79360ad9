// Tables as files: CSV for spreadsheets, JSON with a record a row.

import { csvField } from '../../corpora/index.ts'
import type { DataTable } from '../evaluators/evaluator.ts'

/** RFC 4180, but lines end in \n. All digits. */
export function toCsv({ columns, rows }: DataTable): string {
  const lines = [columns.map(([name]) => name), ...rows].map((cells) => cells.map(csvField).join(','))
  return `${lines.join('\n')}\n`
}

/** What it is, and its rows by the names of the columns. Figures that are no number are null. */
export function toJson({ title, columns, rows }: DataTable): string {
  const records = rows.map((cells) => Object.fromEntries(columns.map(([name], i) => [name, cells[i]])))
  return `${JSON.stringify({ title, rows: records }, null, 1)}\n`
}
