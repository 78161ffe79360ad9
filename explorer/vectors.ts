// The vectors of one space, by row of a snapshot: one flat array, so that 100,000 vectors of 70 features are 28 MB.

import type { Store } from '../corpora/index.ts'

/** Vectors of a feature space. */
export interface Vectors {
  /** `[row][feature]`, flat; NaN where the kernel is not measured. */
  readonly values: Float32Array
  readonly features: number
  /** Rows that are measured, in order. */
  readonly rows: Uint32Array
}

/** @param features - length of the vectors; ones of another length are left out */
export function readVectors(
  store: Store,
  space: string,
  features: number,
  rowOf: ReadonlyMap<number, number>,
): Vectors {
  const values = new Float32Array(rowOf.size * features).fill(Number.NaN)
  const rows: number[] = []
  store.overview.eachVector(space, features, (kernelId, view, offset) => {
    const row = rowOf.get(kernelId)
    if (row === undefined) return
    rows.push(row)
    for (let i = 0; i < features; i++) values[row * features + i] = view.getFloat64(offset + 8 * i, true)
  })
  return { values, features, rows: Uint32Array.from(rows) }
}

/** One feature of all rows. */
export function columnOf({ values, features }: Vectors, feature: number): Float32Array {
  const column = new Float32Array(values.length / features)
  for (let row = 0; row < column.length; row++) column[row] = values[row * features + feature]
  return column
}

/** The vector of a row; a view. */
export function vectorOf({ values, features }: Vectors, row: number): Float32Array {
  return values.subarray(row * features, (row + 1) * features)
}
