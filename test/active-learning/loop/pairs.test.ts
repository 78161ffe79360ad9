import { describe, expect, it } from 'vitest'
import type { GreweRow } from '../../../active-learning/data-set.ts'
import { drawPairs } from '../../../active-learning/loop/pairs.ts'
import { featuresOfPoint, targetOfPoint } from '../../../active-learning/loop/point.ts'
import { Random } from '../../../synth/index.ts'
import { modelledRows } from '../modelled.ts'

const limits = { mostCount: 200, mostTransferBytes: 2 ** 26, mostWgsize: 256 }
const rows = modelledRows(20, 1)

describe('pairs', () => {
  it('have two sides that F1 to F4 cannot tell apart and a target can', () => {
    const drawn = drawPairs(rows, 6, limits, new Random(1))
    expect(drawn).toHaveLength(12)
    for (let nth = 0; nth < 6; nth++) {
      const [first, second] = drawn.slice(2 * nth, 2 * nth + 2)
      expect([first.pair, second.pair]).toEqual(Array(2).fill({ nth, difference: first.pair.difference }))
      const [left, right] = [first, second].map(({ point }) => featuresOfPoint(point))
      for (const [i, value] of left.entries()) expect(value).toBeCloseTo(right[i], 9)
      expect(targetOfPoint(first.point).name).not.toBe(targetOfPoint(second.point).name)
    }
    for (const { point } of drawn) expect(point.launch.transferBytes).toBeGreaterThanOrEqual(2 ** 16)
    expect(new Set(drawn.map(({ pair }) => pair.difference)).size).toBeGreaterThan(1)
    expect(drawPairs(rows, 6, limits, new Random(1))).toEqual(drawn)
  })

  it('are like aliased rows first, and stay within the limits', () => {
    const aliased = rows.slice(0, 1).flatMap((row): GreweRow[] => {
      const counts = { ...row.counts, comp: 6, mem: 3, coalesced: 2, localmem: 0 }
      return [
        { ...row, counts, transferBytes: 2 ** 18, features: [1, 2, 3, 4], label: 'CPU' },
        { ...row, counts, transferBytes: 2 ** 18, features: [1, 2, 3, 4], label: 'GPU' },
      ]
    })
    const [{ point }] = drawPairs([...rows, ...aliased], 1, limits, new Random(3))
    expect(point.counts).toMatchObject({ comp: 6, mem: 3, coalesced: 2 })
    expect(drawPairs(rows, 6, { ...limits, mostTransferBytes: 1 }, new Random(1))).toEqual([])
    for (const wgsize of [0, 62.5, 512]) {
      const odd = rows.map((row) => ({ ...row, wgsize }))
      expect(drawPairs(odd, 6, limits, new Random(1))).toEqual([])
    }
  })
})
