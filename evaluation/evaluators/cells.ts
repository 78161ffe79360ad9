// Coverage in numbers: how many cells of a feature space a set of kernels touches. A cell is a box whose sides grow by
// factors of two with the feature (0, 1, 2 to 3, 4 to 7 …), so that it is as coarse for large kernels as for small ones.

import { Random } from '../../synth/index.ts'

/** @param vector - `[feature]` */
export function cellOf(vector: ArrayLike<number>): string {
  return Array.from(vector, (value) => Math.sign(value) * Math.ceil(Math.log2(1 + Math.abs(value)) - 1e-9)).join()
}

/** Different cells. */
export function cellsOf(vectors: readonly ArrayLike<number>[]): Set<string> {
  return new Set(vectors.map(cellOf))
}

const draws = 200

/**
 * Cells that `size` kernels drawn without putting back touch, on average: sets of different sizes then compare
 * (rarefaction: Hurlbert 1971).
 */
export function rarefiedCells(vectors: readonly ArrayLike<number>[], size: number, seed: number): number {
  const cells = vectors.map(cellOf)
  const rng = new Random(seed)
  let sum = 0
  for (let draw = 0; draw < draws; draw++) {
    const seen = new Set<string>()
    for (let i = 0; i < size; i++) {
      const j = i + rng.below(cells.length - i)
      ;[cells[i], cells[j]] = [cells[j], cells[i]]
      seen.add(cells[i])
    }
    sum += seen.size
  }
  return sum / draws
}
