import { describe, expect, it } from 'vitest'
import { CandidateSampler, featuresOfPoint, targetOfPoint } from '../../../active-learning/loop/index.ts'
import { nameOfPoint } from '../../../active-learning/loop/point.ts'
import { grewe } from '../../../features/index.ts'
import { checkFeasibility, Random, resolveTarget } from '../../../synth/index.ts'
import { modelledRows } from '../modelled.ts'

const rows = modelledRows(30, 1)

describe('CandidateSampler', () => {
  it('draws the same points from the same seed', () => {
    const draw = (seed: number) => new CandidateSampler(rows).drawMany(50, new Random(seed))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('draws only points that some kernel can be at, different ones, within the limits', () => {
    const limits = { mostCount: 40, mostTransferBytes: 2 ** 20, mostWgsize: 64 }
    const points = new CandidateSampler(rows, limits).drawMany(200, new Random(3))
    expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(points.length)
    for (const point of points) {
      expect(checkFeasibility(targetOfPoint(point)).isFeasible).toBe(true)
      const { counts, launch } = point
      expect(Math.max(counts.comp, counts.mem, counts.localmem)).toBeLessThanOrEqual(40)
      expect(counts.mem).toBeGreaterThan(0)
      expect(counts.coalesced).toBeLessThanOrEqual(counts.mem)
      expect(launch.transferBytes).toBeLessThanOrEqual(2 ** 20)
      expect(Math.log2(launch.wgsize) % 1).toBe(0)
      expect(launch.wgsize).toBeLessThanOrEqual(64)
    }
  })

  it('keeps to where the data lies', () => {
    const points = new CandidateSampler(rows).drawMany(300, new Random(5)).map(featuresOfPoint)
    for (const i of [0, 3] as const) {
      const own = rows.map(({ features }) => features[i]).sort((a, b) => a - b)
      const [low, high] = [own[Math.round(0.1 * own.length)], own[Math.round(0.9 * own.length)]]
      const within = points.filter((features) => features[i] >= low / 2 && features[i] <= 2 * high).length
      expect(within / points.length).toBeGreaterThan(0.6)
    }
  })

  it('says so where there is nothing to draw from, or no room', () => {
    expect(() => new CandidateSampler([])).toThrow('rows: expected at least one')
    expect(() => new CandidateSampler(rows, { mostCount: 0 })).toThrow(
      'mostCount: expected a number of at least 1, received 0',
    )
    const large = rows.map((row) => ({ ...row, counts: { ...row.counts, comp: 500 } }))
    const sampler = new CandidateSampler(large, { mostCount: 20 })
    expect(() => sampler.draw(new Random(1))).toThrow('no feasible point within the limits')
  })
})

describe('a point', () => {
  it('is a target that the command line takes as well', async () => {
    const [point] = new CandidateSampler(rows).drawMany(1, new Random(9))
    const { values } = targetOfPoint(point)
    const typed = await resolveTarget(nameOfPoint(point.counts), grewe)
    for (const [i, name] of grewe.names.entries()) {
      if (!name.includes('/')) expect(typed.values[i]).toBe(values[i])
    }
  })
})
