// The formats that a store can be exported to.

import { bitcodeFormat } from './bitcode.ts'
import { clFormat } from './cl.ts'
import { csvFormat } from './csv.ts'
import type { ExportFormat } from './format.ts'
import { harnessFormat } from './harness.ts'
import { jsonlFormat } from './jsonl.ts'
import { parquetFormat } from './parquet.ts'

/** Add a format here, and nowhere else. */
export const exportFormats: readonly ExportFormat[] = [
  jsonlFormat,
  csvFormat,
  parquetFormat,
  clFormat,
  bitcodeFormat,
  harnessFormat,
]

/** @throws {RangeError} naming the known formats */
export function findExportFormat(id: string): ExportFormat {
  const found = exportFormats.find((format) => format.id === id)
  if (found !== undefined) return found
  const ids = exportFormats.map((format) => format.id).join(', ')
  throw new RangeError(`format: expected one of ${ids}, received '${id}'`)
}
