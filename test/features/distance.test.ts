// Distances and relative proximity, on numbers small enough to check by hand.

import { describe, expect, it } from 'vitest'
import {
  benchpress,
  euclidean,
  findMetric,
  metrics,
  relativeProximity,
  standardDeviations,
  standardised,
} from '../../features/index.ts'

describe('euclidean', () => {
  it('is the length of the difference', () => {
    expect(euclidean([1, 2, 3], [1, 5, 7])).toBe(5)
  })

  it('refuses vectors of different lengths', () => {
    expect(() => euclidean([1], [1, 2])).toThrow(new RangeError('vectors: expected equal lengths, received 1 and 2'))
  })
})

describe('benchpress', () => {
  it('adds differences of squares, so that it is not Euclidean', () => {
    expect(benchpress([3, 4], [5, 0])).toBe(Math.sqrt(16 + 16))
    expect(benchpress([3, 4], [5, 0])).not.toBe(euclidean([3, 4], [5, 0]))
  })
})

describe('standardised', () => {
  it('measures each feature in its own deviations', () => {
    expect(standardised([2, 10])([0, 0], [6, 40])).toBe(5)
  })

  it('leaves features without spread unscaled', () => {
    expect(standardised([0, 1])([0, 0], [3, 4])).toBe(5)
  })

  it('refuses deviations that are none', () => {
    expect(() => standardised([1, -1])).toThrow(RangeError)
    expect(() => standardised([Number.NaN])).toThrow(RangeError)
  })

  it('takes population deviations of a corpus', () => {
    expect(
      Array.from(
        standardDeviations([
          [1, 5],
          [3, 5],
        ]),
      ),
    ).toEqual([1, 0])
    expect(() => standardDeviations([])).toThrow(RangeError)
  })
})

describe('relativeProximity', () => {
  it('is 100 for a match, 0 for twice the target and beyond', () => {
    expect(relativeProximity(0, [3, 4])).toBe(100)
    expect(relativeProximity(2.5, [3, 4])).toBe(50)
    expect(relativeProximity(5, [3, 4])).toBe(0)
    expect(relativeProximity(50, [3, 4])).toBe(0)
  })

  it('takes a target of zeros as met or missed', () => {
    expect(relativeProximity(0, [0, 0])).toBe(100)
    expect(relativeProximity(1, [0, 0])).toBe(0)
  })
})

describe('metrics', () => {
  it('are zero between equal vectors and symmetric', () => {
    for (const { distance } of metrics) {
      expect(distance([1, 2, 3], [1, 2, 3])).toBe(0)
      expect(distance([1, 2, 3], [4, 0, 1])).toBe(distance([4, 0, 1], [1, 2, 3]))
    }
  })

  it('are found by id, with a suggestion', () => {
    expect(findMetric('euclidean').distance).toBe(euclidean)
    expect(() => findMetric('euclid')).toThrow("did you mean 'euclidean'?")
  })
})
