import { describe, expect, it } from 'vitest'
import { fitPlane } from '../../../corpora/summary/pca.ts'

/** Raw features whose scaled values are these. */
const raw = (...scaled: number[]): number[] => scaled.map(Math.expm1)

describe('fitPlane', () => {
  it('finds the directions in which known points differ most', () => {
    const plane = fitPlane([raw(0, 1, 5), raw(4, 1, 5), raw(2, 0, 5), raw(2, 2, 5)])
    expect(plane?.axes[0]).toEqual([expect.closeTo(1), expect.closeTo(0), expect.closeTo(0)])
    expect(plane?.axes[1]).toEqual([expect.closeTo(0), expect.closeTo(1), expect.closeTo(0)])
    expect(plane?.shares).toEqual([expect.closeTo(0.8), expect.closeTo(0.2)])
    const [middle, right] = plane?.project([raw(2, 1, 5), raw(5, 1.5, 9)]) ?? []
    expect(middle).toEqual([expect.closeTo(0), expect.closeTo(0)])
    expect(right).toEqual([expect.closeTo(3), expect.closeTo(0.5)])
  })

  it('counts a tenfold number alike, however large', () => {
    const points = fitPlane([raw(0), raw(6)])?.project([[999], [9999], [99_999]]) ?? []
    expect(points[2][0] - points[1][0]).toBeCloseTo(points[1][0] - points[0][0], 3)
  })

  it('points each axis where its largest feature grows', () => {
    for (let k = 1; k < 8; k++) {
      const vectors = Array.from({ length: 9 }, (_, i) => raw((i * k) % 5, 9 - i, (i * i * k) % 7))
      for (const axis of fitPlane(vectors)?.axes ?? []) {
        expect(Math.max(...axis)).toBe(Math.max(...axis.map(Math.abs)))
      }
    }
  })

  it('has no plane for nothing, one vector or equal ones', () => {
    for (const vectors of [
      [],
      [[1, 2]],
      [
        [1, 2],
        [1, 2],
      ],
    ])
      expect(fitPlane(vectors)).toBeUndefined()
  })
})
