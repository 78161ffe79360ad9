import { describe, expect, it } from 'vitest'
import { seedFor } from '../../../evaluation/runner/do-run.ts'
import { findFeatureSpace } from '../../../features/index.ts'

const target = { name: 'a', space: findFeatureSpace('grewe'), values: Float64Array.of(1, 2, 3, 4, 5, 6) }

describe('the seed of a run', () => {
  it('is another one for each target, space and seed, and always the same', () => {
    const other = { ...target, values: target.values.map((value) => value + 1) }
    const seeds = [
      ...[seedFor(target, 1), seedFor(target, 2), seedFor(other, 1)],
      seedFor({ ...target, space: findFeatureSpace('instcount') }, 1),
    ]
    expect(new Set(seeds).size).toBe(4)
    expect(seeds.every((seed) => Number.isInteger(seed))).toBe(true)
    expect(seedFor({ ...target, name: 'b' }, 1)).toBe(seeds[0])
  })
})
