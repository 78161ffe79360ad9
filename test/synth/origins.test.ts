import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../synth/index.ts'
import { Random } from '../../synth/index.ts'
import { Origins } from '../../synth/search/origins.ts'
import { sampleCandidate } from './sample-candidate.ts'

const seeds = Array.from({ length: 40 }, (_, i) => sampleCandidate({ key: `${i}` }))
const childOf = ({ key }: Candidate): Candidate => {
  return sampleCandidate({
    key: `of ${key}`,
    ancestors: [
      { key, text: '' },
      { key: 'between', text: '' },
    ],
  })
}
/** Everything that ten draws bring. */
const drawAll = (origins: Origins, nearest: readonly Candidate[], fewest: number): Set<string> => {
  const rng = new Random(1)
  return new Set(Array.from({ length: 10 }, () => origins.draw(nearest, fewest, rng).map(({ key }) => key)).flat())
}

describe('Origins', () => {
  it('draws about half', () => {
    const origins = new Origins()
    origins.add(seeds)
    const counts = Array.from({ length: 50 }, (_, seed) => origins.draw([], 4, new Random(seed)).length)
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    expect(mean).toBeGreaterThan(17)
    expect(mean).toBeLessThan(23)
  })

  it('leaves aside what the nearest came of, and what had its turn before', () => {
    const origins = new Origins()
    origins.add(seeds)
    expect(drawAll(origins, [childOf(seeds[3]), seeds[7]], 4)).toEqual(
      new Set(seeds.map(({ key }) => key).filter((key) => key !== '3' && key !== '7')),
    )
    const later = drawAll(origins, [childOf(seeds[9])], 4)
    expect(['3', '7', '9'].filter((key) => later.has(key))).toEqual([])
    expect(later.has('10')).toBe(true)
  })

  it('looks at the nearest three alone', () => {
    const origins = new Origins()
    origins.add(seeds)
    expect(drawAll(origins, seeds.slice(0, 5), 4).has('3')).toBe(true)
  })

  it('gives all but the last another turn where few are left', () => {
    const origins = new Origins()
    origins.add(seeds.slice(0, 6))
    origins.draw(seeds.slice(0, 3), 2, new Random(1))
    const again = drawAll(origins, [seeds[3], seeds[4]], 2)
    expect(['0', '1', '2', '5'].every((key) => again.has(key))).toBe(true)
    expect(again.has('3')).toBe(false)
  })

  it('never begins with what was refused', () => {
    const origins = new Origins()
    origins.add(seeds)
    origins.leave(seeds[5])
    expect(drawAll(origins, [], 50).has('5')).toBe(false)
  })
})
