// CSV (RFC 4180, but lines end in \n): a header, then one record each. Texts are quoted and keep their line ends.

import type { Cell } from './fields.ts'
import type { LinesFormat } from './format.ts'
import { tableColumns } from './table.ts'

export const csvFormat: LinesFormat = {
  kind: 'lines',
  id: 'csv',
  async *render(source) {
    const columns = tableColumns(source)
    yield columns.map(({ name }) => csvField(name)).join(',')
    for await (const entry of source.entries) yield columns.map(({ read }) => csvField(read(entry))).join(',')
  },
}

/** Empty for null; quoted where need be. */
export function csvField(value: Cell): string {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
