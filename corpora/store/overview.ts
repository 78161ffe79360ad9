// Whole columns of a store, for whoever looks at all kernels at once. Rows come as JSON arrays that SQLite writes, some
// thousands at a time: a row costs a third of what it costs as an object. Between pages no statement is open.

import { readNumber, readText, readVector } from './columns.ts'
import type { Database, Row } from './database.ts'

/** A kernel in brief. */
export type KernelBrief = readonly [
  id: number,
  /** First 16 digits. */
  key: string,
  origin: string,
  tokenCount: number,
  repository: string | null,
]

/** A benchmark in brief. */
export type BenchmarkBrief = readonly [
  id: number,
  kernelId: number,
  space: string,
  targetName: string,
  distance: number,
  proximity: number,
  generation: number,
]

/** A validation in brief. */
export type OutcomeBrief = readonly [id: number, kernelId: number, outcome: string]

/** A measurement in brief; median of write, kernel and read together, null where it failed. */
export type TimeBrief = readonly [
  id: number,
  kernelId: number,
  deviceId: string,
  deviceName: string,
  provenance: string,
  size: number,
  totalNs: number | null,
]

/** What a target asks for, and the kernel that came nearest. */
export interface TargetBrief {
  readonly space: string
  readonly name: string
  /** As in `BenchmarkRecord`. */
  readonly target: Float64Array
  readonly targetUpper: Float64Array | null
  readonly nearestKernelId: number
}

/** How far a store has grown: the last row of each table. */
export interface StoreExtent {
  readonly kernels: number
  readonly benchmarks: number
  readonly validations: number
  readonly measurements: number
}

const pageRows = 10_000
/** Numbers of a vector up to which a page of them is read as text. */
const mostHexNumbers = 16

const vectorRows = `SELECT kernel_id, vector FROM features
  WHERE space = ? AND kernel_id > ? AND length(vector) = ? ORDER BY kernel_id LIMIT ?`

/** Vectors of some kernels, in the order of their ids: in one view, or in one each. */
interface VectorPage {
  readonly ids: readonly number[]
  readonly views: readonly DataView[]
  offsetOf(place: number): number
}

/** Columns of all rows, in the order they were added. */
export class Overview {
  readonly #database: Database

  /** @internal Use `store.overview`. */
  constructor(database: Database) {
    this.#database = database
  }

  /** Quick however large the store is. */
  extent(): StoreExtent {
    const last = (table: string): string => `(SELECT coalesce(max(id), 0) FROM ${table}) AS ${table}`
    const tables = ['kernels', 'benchmarks', 'validations', 'measurements'] as const
    const row = this.#database.first(`SELECT ${tables.map(last).join(', ')}`) as Row
    const [kernels, benchmarks, validations, measurements] = tables.map((table) => readNumber(row, table))
    return { kernels, benchmarks, validations, measurements }
  }

  kernels(): KernelBrief[] {
    return this.#briefs('kernels', 'id, substr(key, 1, 16), origin, token_count, repository')
  }

  benchmarks(): BenchmarkBrief[] {
    return this.#briefs('benchmarks', 'id, kernel_id, space, target_name, distance, proximity, generation')
  }

  outcomes(): OutcomeBrief[] {
    return this.#briefs('validations', 'id, kernel_id, outcome')
  }

  times(): TimeBrief[] {
    return this.#briefs('measurements', 'id, kernel_id, device_id, device_name, provenance, size, total_median_ns')
  }

  /** Every target that a benchmark was kept for, by space and name. */
  targets(): TargetBrief[] {
    // Beside `min` SQLite gives the other columns of the row that has the minimum.
    const rows = this.#database.all(
      `SELECT space, target_name, target, target_upper, kernel_id, min(distance) FROM benchmarks
       GROUP BY space, target_name ORDER BY space, target_name`,
    )
    return rows.map((row) => ({
      space: readText(row, 'space'),
      name: readText(row, 'target_name'),
      target: readVector(row, 'target'),
      targetUpper: row.target_upper === null ? null : readVector(row, 'target_upper'),
      nearestKernelId: readNumber(row, 'kernel_id'),
    }))
  }

  /**
   * Hand on every vector of a space that has a length, by kernel.
   * @param length - in numbers
   * @param visit - gets float64 little-endian values at `offset`, which are valid during the call only
   */
  eachVector(space: string, length: number, visit: (kernelId: number, values: DataView, offset: number) => void): void {
    for (let lastId = 0; ; ) {
      const page =
        length <= mostHexNumbers ? this.#hexPage(space, length, lastId) : this.#blobPage(space, length, lastId)
      for (const [i, id] of page.ids.entries()) visit(id, page.views[i % page.views.length], page.offsetOf(i))
      if (page.ids.length < pageRows) return
      lastId = page.ids[page.ids.length - 1]
    }
  }

  /** Many short vectors cost less as one text than as one row each. */
  #hexPage(space: string, length: number, lastId: number): VectorPage {
    const row = this.#database.first(
      `SELECT '[' || coalesce(group_concat(kernel_id), '') || ']' AS ids, coalesce(group_concat(hex(vector), ''), '') AS hex
       FROM (${vectorRows})`,
      ...[space, lastId, 8 * length, pageRows],
    ) as Row
    const bytes = Buffer.from(readText(row, 'hex'), 'hex')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return { ids: JSON.parse(readText(row, 'ids')) as number[], views: [view], offsetOf: (i) => 8 * length * i }
  }

  #blobPage(space: string, length: number, lastId: number): VectorPage {
    const rows = this.#database.all(vectorRows, space, lastId, 8 * length, pageRows)
    const ids = rows.map((row) => readNumber(row, 'kernel_id'))
    return { ids, views: rows.map((row) => viewOf(row.vector as Uint8Array | ArrayBuffer)), offsetOf: () => 0 }
  }

  #briefs<T extends readonly [number, ...unknown[]]>(table: string, columns: string): T[] {
    const sql = `SELECT '[' || coalesce(group_concat(line), '') || ']' AS lines FROM (
      SELECT json_array(${columns}) AS line FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`
    const rows: T[] = []
    for (;;) {
      const lastId = rows.at(-1)?.[0] ?? 0
      const page = JSON.parse(readText(this.#database.first(sql, lastId, pageRows) as Row, 'lines')) as T[]
      for (const row of page) rows.push(row)
      if (page.length < pageRows) return rows
    }
  }
}

function viewOf(blob: Uint8Array | ArrayBuffer): DataView {
  return blob instanceof ArrayBuffer ? new DataView(blob) : new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
}
