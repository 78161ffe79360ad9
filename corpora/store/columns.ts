// Column values to and from TypeScript: vectors, JSON, and typed reads of a row.

import type { Row } from './database.ts'

/** Float64, little endian. */
export function encodeVector(vector: Float64Array): Uint8Array {
  const bytes = new Uint8Array(vector.length * 8)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < vector.length; i++) view.setFloat64(i * 8, vector[i], true)
  return bytes
}

/** Inverse of `encodeVector`. */
export function readVector(row: Row, column: string): Float64Array {
  const blob = row[column] as Uint8Array | ArrayBuffer
  const view =
    blob instanceof ArrayBuffer ? new DataView(blob) : new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  return Float64Array.from({ length: view.byteLength / 8 }, (_, i) => view.getFloat64(i * 8, true))
}

/** A column of JSON text. */
export function readJson<T>(row: Row, column: string): T {
  return JSON.parse(readText(row, column)) as T
}

/** A text column that is never null. */
export function readText(row: Row, column: string): string {
  return row[column] as string
}

/** A number column that is never null. */
export function readNumber(row: Row, column: string): number {
  return row[column] as number
}

/** A text column. */
export function readTextOrNull(row: Row, column: string): string | null {
  return row[column] as string | null
}

/** A number column. */
export function readNumberOrNull(row: Row, column: string): number | null {
  return row[column] as number | null
}
