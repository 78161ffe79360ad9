// Apache Parquet: the table of the CSV with typed columns, Snappy-compressed. Any value may be null.

import type { BasicType, ByteWriter } from 'hyparquet-writer'
import type { Cell, FieldType } from './fields.ts'
import type { BytesFormat } from './format.ts'
import { inGroups } from './groups.ts'
import { type Column, tableColumns } from './table.ts'

/** Rows are held in memory until their group is written. */
const rowsPerGroup = 2000

const parquetTypes: Readonly<Record<FieldType, BasicType>> = { text: 'STRING', integer: 'INT64', number: 'DOUBLE' }

export const parquetFormat: BytesFormat = {
  kind: 'bytes',
  id: 'parquet',
  async *render(source) {
    // Loaded here, as every process of a search loads this folder and few of them export.
    const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
    const columns = tableColumns(source)
    const described = columns.map(({ name, type }) => ({ name, type: parquetTypes[type], data: [] }))
    const writer = new ByteWriter()
    const file = new ParquetWriter({
      writer,
      schema: schemaFromColumnData({ columnData: described }),
      createdBy: 'benchsteer',
    })
    for await (const group of inGroups(source.entries, rowsPerGroup)) {
      const columnData = columns.map((column) => {
        return { name: column.name, data: group.map((entry) => storedValue(column, column.read(entry))) }
      })
      await file.write({ columnData, rowGroupSize: group.length })
      yield takeBytes(writer)
    }
    await file.finish()
    yield takeBytes(writer)
  },
}

/** The writer wants its 64-bit integers big. */
function storedValue({ type }: Column, cell: Cell): Cell | bigint {
  return type === 'integer' && cell !== null ? BigInt(cell) : cell
}

/** What was written since the last call. `offset`, the place in the file, goes on counting. */
function takeBytes(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}
