// Rows as files: CSV in any layout, JSON lines with all of each row, Parquet with the columns of a layout.

import type { BasicType } from 'hyparquet-writer'
import { csvField } from '../../../corpora/index.ts'
import type { Cell, GreweRow } from '../../data-set.ts'
import { benchmarkName, isNameable } from './benchmark-name.ts'
import { type Column, columnsOf, type Layout } from './layouts.ts'

/**
 * RFC 4180, but lines end in \n. Numbers have all their digits, where public files round theirs.
 * @throws {RangeError} for a public layout and a row that its name alone would not tell
 */
export function formatCsv(rows: readonly GreweRow[], layout: Layout): string {
  checkNames(rows, layout)
  const columns = columnsOf(layout, rows)
  const lines = rows.map((row) => columns.map(({ read }) => csvField(read(row))).join(','))
  return `${[columns.map(({ name }) => csvField(name)).join(','), ...lines].join('\n')}\n`
}

/** A `GreweRow` a line. */
export function formatJsonLines(rows: readonly GreweRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

const parquetTypes: Readonly<Record<Column['type'], BasicType>> = { text: 'STRING', integer: 'INT64', number: 'DOUBLE' }

/**
 * Snappy-compressed; any value may be null.
 * @throws as `formatCsv`
 */
export async function formatParquet(rows: readonly GreweRow[], layout: Layout): Promise<Uint8Array> {
  checkNames(rows, layout)
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columnData = columnsOf(layout, rows).map((column) => {
    const data = rows.map((row) => storedValue(column, column.read(row)))
    return { name: column.name, type: parquetTypes[column.type], data }
  })
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

/** The writer wants its 64-bit integers big. */
function storedValue({ type }: Column, cell: Cell): Cell | bigint {
  return type === 'integer' && cell !== null ? BigInt(cell) : cell
}

/** The public layouts have no columns for suite, program and kernel. */
function checkNames(rows: readonly GreweRow[], layout: Layout): void {
  const wrong = layout === 'own' ? undefined : rows.find((row) => !isNameable(row))
  if (wrong === undefined) return
  throw new RangeError(
    `layout: expected own, as the name '${benchmarkName(wrong)}' alone does not tell suite, program and kernel; ` +
      `received ${layout}`,
  )
}
