// What every feature space must do; run it on yours, too.

import { expect, it } from 'vitest'
import { fromFeatureRecord, type SingleFeatureSpace, toFeatureRecord } from '../../features/index.ts'
import { parseUnit } from '../../kernels/index.ts'

/** @param texts - OpenCL C units for a syntax space, LLVM modules for an IR space */
export function itKeepsTheContract(space: SingleFeatureSpace, texts: readonly string[]): void {
  const extract = (text: string): readonly Float64Array[] =>
    space.input === 'syntax'
      ? space.extractUnit(parseUnit(text)).map(({ values }) => values)
      : [space.extractModule(text)]
  const vectors = texts.flatMap(extract)

  it(`${space.id}: vector length equals names and ratios`, () => {
    expect(vectors.length).toBeGreaterThan(0)
    expect(new Set(vectors.map((vector) => vector.length))).toEqual(new Set([space.names.length]))
    expect(space.ratios).toHaveLength(space.names.length)
    expect(new Set(space.names).size).toBe(space.names.length)
  })

  it(`${space.id}: the same text gives the same vector, and a vector of its own`, () => {
    const again = texts.flatMap(extract)
    expect(again).toEqual(vectors)
    expect(again[0]).not.toBe(vectors[0])
  })

  it(`${space.id}: counts are whole, ratios finite, nothing negative`, () => {
    for (const vector of vectors) {
      vector.forEach((value, i) => {
        expect(Number.isFinite(value) && value >= 0 && (space.ratios[i] || Number.isInteger(value))).toBe(true)
      })
    }
  })

  it(`${space.id}: a record turns back into its vector`, () => {
    expect(fromFeatureRecord(space, toFeatureRecord(space, vectors[0]))).toEqual(vectors[0])
  })
}
