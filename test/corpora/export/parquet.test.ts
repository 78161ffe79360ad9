import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { parquetFormat } from '../../../corpora/export/parquet.ts'
import { tableColumns } from '../../../corpora/export/table.ts'
import { type ExportSelection, Store } from '../../../corpora/index.ts'
import { sampleKernel } from '../samples.ts'
import { gather, keyOf, sampleStore, sourceOf, synthesized } from './sample-store.ts'

async function write(store: Store, selection: ExportSelection): Promise<{ file: ArrayBuffer; pieces: number }> {
  const pieces = await gather(parquetFormat.render(sourceOf(store, selection)))
  const bytes = new Uint8Array(Buffer.concat(pieces))
  return { file: bytes.buffer, pieces: pieces.length }
}

describe('parquet', () => {
  it('holds the table with types: text, 64-bit integers, doubles, nulls', async () => {
    using store = Store.open(sampleStore())
    const { file } = await write(store, { what: 'benchmarks' })
    const rows = await parquetReadObjects({ file })
    expect(rows).toHaveLength(3)
    expect(Object.keys(rows[0])).toEqual(tableColumns(sourceOf(store, { what: 'benchmarks' })).map(({ name }) => name))
    expect(rows[0]).toMatchObject({
      ...{ key: synthesized, repository: null, seed: 7n, rank: 1n, distance: 0.25, target: 'near', modelHash: 'beef' },
      ...{ 'grewe.F4:comp/mem': 1.5, 'my-space.0': 7, 'my-space.1': null, text: expect.stringContaining('"e", 1;\n') },
    })
    expect(rows.map((row) => row.target)).toEqual(['near', 'far', 'near'])
    expect(rows[2]['my-space.0']).toBeNull()
  })

  it('is written a group of rows at a time and read back whole', async () => {
    using store = Store.open(sampleStore())
    const many = 2100
    store.transaction(() => {
      for (let i = 0; i < many; i++) {
        const key = i.toString(16).padStart(32, '0')
        store.kernels.add(sampleKernel(key, { features: { grewe: new Float64Array(8).fill(i) } }))
      }
    })
    const { file, pieces } = await write(store, { what: 'kernels', origin: 'mined' })
    const { row_groups: groups } = parquetMetadata(file)
    expect(groups.map(({ num_rows: rows }) => Number(rows))).toEqual([2000, many + 1 - 2000])
    expect(pieces).toBe(groups.length + 1)
    const rows = await parquetReadObjects({ file, columns: ['key', 'grewe.mem'] })
    expect(rows.at(-1)).toEqual({ key: (many - 1).toString(16).padStart(32, '0'), 'grewe.mem': many - 1 })
    expect(rows[0]).toEqual({ key: keyOf('a'), 'grewe.mem': 2 })
  })

  it('is a table without rows for an empty selection', async () => {
    using store = Store.open(sampleStore())
    const { file } = await write(store, { what: 'benchmarks', targetName: 'none' })
    expect(await parquetReadObjects({ file })).toEqual([])
    expect(parquetMetadata(file).schema.map(({ name }) => name)).toContain('grewe.comp')
  })
})
