import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../synth/index.ts'
import { selectBeam } from '../../synth/search/beam.ts'
import { sampleCandidate } from './sample-candidate.ts'

const idsOf = (beam: readonly Candidate[]): number[] => beam.map(({ id }) => id)

describe('selectBeam', () => {
  it('keeps the nearest, nearest first', () => {
    const pool = [3, 1, 2, 0.5].map((distance, id) => sampleCandidate({ id, distance, features: Float64Array.of(id) }))
    expect(idsOf(selectBeam(pool, 3))).toEqual([3, 1, 2])
    expect(idsOf(selectBeam(pool, 99))).toEqual([3, 1, 2, 0])
    expect(selectBeam([], 3)).toEqual([])
  })

  it('breaks ties by length, then by age, whatever the order of the pool', () => {
    const pool = [
      sampleCandidate({ id: 4, tokens: ['a', 'b'], features: Float64Array.of(1) }),
      sampleCandidate({ id: 2, tokens: ['a'], features: Float64Array.of(2) }),
      sampleCandidate({ id: 1, tokens: ['a', 'b'], features: Float64Array.of(3) }),
    ]
    expect(idsOf(selectBeam(pool, 3))).toEqual([2, 1, 4])
    expect(idsOf(selectBeam([...pool].reverse(), 3))).toEqual([2, 1, 4])
  })

  it('keeps at most three kernels of one point', () => {
    const here = [0, 1, 2, 3, 4].map((id) => sampleCandidate({ id, distance: 1, features: Float64Array.of(7, 7) }))
    const there = sampleCandidate({ id: 9, distance: 5, features: Float64Array.of(7, 8) })
    expect(idsOf(selectBeam([...here, there], 4))).toEqual([0, 1, 2, 9])
  })

  it('leaves the pool as it was', () => {
    const pool = [sampleCandidate({ id: 1, distance: 2 }), sampleCandidate({ id: 2, distance: 1 })]
    selectBeam(pool, 1)
    expect(idsOf(pool)).toEqual([1, 2])
  })

  it('goes by another measure where it is given one', () => {
    const pool = [2, 1, 3].map((distance, id) => sampleCandidate({ id, distance, features: Float64Array.of(id) }))
    expect(idsOf(selectBeam(pool, 2, 3, ({ id }) => -id))).toEqual([2, 1])
  })
})
