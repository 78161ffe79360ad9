import { describe, expect, it } from 'vitest'
import { estimateGain, estimateShare, type ProgramGains } from '../../../../active-learning/loop/report/gains.ts'
import { Random } from '../../../../synth/index.ts'

/** Programs whose logarithms have a mean, each with some rows. */
function programs(count: number, mean: number, spread: number): ProgramGains[] {
  const rng = new Random(3)
  return Array.from({ length: count }, (_, i) => {
    const rows = 1 + (i % 4)
    const own = mean + spread * (rng.next() - 0.5)
    return { rows, sums: [0, 1, 2].map(() => rows * (own + 0.2 * spread * (rng.next() - 0.5))) }
  })
}

describe('estimateGain', () => {
  it('is the geometric mean over rows and seeds', () => {
    const gain = estimateGain(
      [
        { rows: 2, sums: [2 * Math.log(2), 2 * Math.log(2)] },
        { rows: 1, sums: [Math.log(4), 0] },
      ],
      1,
    )
    // Six runs: four twice as fast, one four times, one as fast.
    expect(gain.ratio).toBeCloseTo((2 ** 4 * 4) ** (1 / 6), 12)
  })

  it('has an interval around it that is narrower with more programs, and sure where all agree', () => {
    const few = estimateGain(programs(8, 0.1, 0.4), 1)
    const many = estimateGain(programs(400, 0.1, 0.4), 1)
    for (const { ratio, low, high } of [few, many]) {
      expect(low).toBeLessThan(ratio)
      expect(high).toBeGreaterThan(ratio)
    }
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 3)
    expect(many.shareAbove).toBe(1)
    expect(estimateGain(programs(8, 0.1, 0), 1)).toMatchObject({ shareAbove: 1 })
  })

  it('covers the truth about as often as it says', () => {
    const rng = new Random(8)
    let covered = 0
    for (let trial = 0; trial < 60; trial++) {
      const drawn = Array.from({ length: 40 }, (): ProgramGains => {
        const own = 0.05 + 0.6 * (rng.next() - 0.5)
        return { rows: 1, sums: [own, own + 0.05 * (rng.next() - 0.5)] }
      })
      const { low, high } = estimateGain(drawn, trial)
      if (low <= Math.exp(0.05) && Math.exp(0.05) <= high) covered++
    }
    expect(covered).toBeGreaterThanOrEqual(52)
  })

  it('is the same from the same seed', () => {
    expect(estimateGain(programs(8, 0, 1), 4)).toEqual(estimateGain(programs(8, 0, 1), 4))
  })
})

describe('estimateShare', () => {
  const scaled = (share: number, of: readonly ProgramGains[]): ProgramGains[] =>
    of.map(({ rows, sums }) => ({ rows, sums: sums.map((sum) => share * sum) }))

  it('is sure where each program has gone the same share of its way', () => {
    const way = programs(12, 0.5, 0.4)
    const { share, low, high } = estimateShare(scaled(0.25, way), way, 1) ?? {}
    for (const value of [share, low, high]) expect(value).toBeCloseTo(0.25, 12)
  })

  it('is unsure where programs differ, and says nothing where there is no way to go', () => {
    const way = programs(12, 0.5, 0.4)
    const gone = [...scaled(1, way.slice(0, 6)), ...scaled(-0.5, way.slice(6))]
    const { share, low, high } = estimateShare(gone, way, 1) ?? {}
    expect(low).toBeLessThan(share ?? 0)
    expect(high).toBeGreaterThan(share ?? 0)
    expect(estimateShare(gone, scaled(0, way), 1)).toBeNull()
    // Some draws have only programs without a way.
    const one = [way[0], ...scaled(0, way.slice(0, 3))]
    expect(estimateShare(scaled(0.5, one), one, 1)).toEqual({ share: expect.closeTo(0.5, 12), low: null, high: null })
  })
})
