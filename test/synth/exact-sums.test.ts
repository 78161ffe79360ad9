import { describe, expect, it } from 'vitest'
import { Random } from '../../synth/index.ts'
import { findNearSets } from '../../synth/search/edit-sets.ts'
import { findExactSums } from '../../synth/search/exact-sums.ts'

const features = 24

function drawChanges(count: number, rng: Random): Float64Array[] {
  return Array.from({ length: count }, () => {
    const change = new Float64Array(features)
    for (let k = 0; k < 4; k++) change[rng.below(features)] += rng.below(7) - 3
    return change
  })
}

function sumOf(changes: readonly Float64Array[], places: readonly number[]): Float64Array {
  return Float64Array.from({ length: features }, (_, f) => places.reduce((sum, i) => sum + changes[i][f], 0))
}

/** Neighbours do not. */
const goTogether = (i: number, j: number): boolean => Math.abs(i - j) > 1

describe('findExactSums', () => {
  it.each([
    [2, 300],
    [3, 300],
    [4, 300],
    [5, 80],
  ])('finds %i of %i changes that add up to the gap', (size, count) => {
    const rng = new Random(size)
    const changes = drawChanges(count, rng)
    const planted = Array.from({ length: size }, (_, k) => 15 * k + rng.below(12))
    const gap = sumOf(changes, planted)
    const found = findExactSums(changes, gap, goTogether, 1000)
    expect(found).toContainEqual(planted)
    for (const places of found) {
      expect(sumOf(changes, places)).toEqual(gap)
      expect(places.every((i, k) => k === 0 || places[k - 1] < i - 1)).toBe(true)
    }
    expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort())
  })

  it('finds nothing where nothing adds up, and no more than it is asked for', () => {
    const changes = drawChanges(60, new Random(9))
    expect(findExactSums(changes, new Float64Array(features).fill(99), goTogether, 10)).toEqual([])
    const alike = Array.from({ length: 60 }, () => new Float64Array(features).fill(1))
    expect(findExactSums(alike, new Float64Array(features).fill(2), goTogether, 3)).toHaveLength(3)
  })
})

describe('findNearSets', () => {
  it('finds the nearest pair and the nearest three of a few', () => {
    const rng = new Random(4)
    const changes = drawChanges(16, rng)
    const [gap] = drawChanges(1, rng)
    const found = findNearSets(changes, gap, goTogether)
    const squareOf = (places: readonly number[]): number =>
      sumOf(changes, places).reduce((sum, value, f) => sum + (gap[f] - value) ** 2, 0)
    for (const { places, square } of found) expect(square).toBeCloseTo(squareOf(places), 6)
    const indices = [...changes.keys()]
    const pairs = indices.flatMap((i) => indices.flatMap((j) => (j > i + 1 ? [[i, j]] : [])))
    const threes = pairs.flatMap(([i, j]) => indices.flatMap((k) => (k > j + 1 ? [[i, j, k]] : [])))
    for (const all of [pairs, threes]) {
      const least = Math.min(...all.map(squareOf))
      const ofSize = found.filter(({ places }) => places.length === all[0].length)
      expect(Math.min(...ofSize.map(({ square }) => square))).toBe(least)
      expect(new Set(ofSize.map(({ places }) => places.join())).size).toBe(ofSize.length)
    }
  })
})
