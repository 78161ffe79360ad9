import { describe, expect, it } from 'vitest'
import { type JobProgress, SearchTrace } from '../../synth/index.ts'
import { emptyFunnel } from '../../synth/search/candidate.ts'

function progress(generation: number, proximity: number, elapsedMs = 1000 * generation): JobProgress {
  return { generation, proximity, elapsedMs, funnel: { ...emptyFunnel(), sampled: 10 * generation } }
}

function trace(...all: readonly JobProgress[]): SearchTrace {
  const result = new SearchTrace()
  for (const one of all) result.add(one)
  return result
}

describe('SearchTrace', () => {
  it('keeps where the best improved, and the end', () => {
    const points = trace(progress(0, 50), progress(1, 50), progress(2, 60.5, 2000.4), progress(3, 60.5)).points()
    expect(points).toEqual([
      { generation: 0, elapsedMs: 0, sampled: 0, proximity: 50 },
      { generation: 2, elapsedMs: 2000, sampled: 20, proximity: 60.5 },
      { generation: 3, elapsedMs: 3000, sampled: 30, proximity: 60.5 },
    ])
  })

  it('has no further point where the search ends with an improvement, and none without progress', () => {
    expect(trace(progress(0, 50), progress(1, 100)).points().length).toBe(2)
    expect(trace().points()).toEqual([])
  })

  it('never falls', () => {
    const points = trace(progress(0, 80), progress(1, 70)).points()
    expect(points.map(({ proximity }) => proximity)).toEqual([80, 80])
  })

  it('begins again with a search that begins again', () => {
    const points = trace(progress(0, 50, 900), progress(4, 90), progress(0, 50, 800), progress(1, 60)).points()
    expect(points.map(({ elapsedMs, proximity }) => [elapsedMs, proximity])).toEqual([
      [800, 50],
      [1000, 60],
    ])
  })

  it('is thinned evenly to 200 points, the first, the last improvement and the end among them', () => {
    const improvements = Array.from({ length: 1000 }, (_, i) => progress(i, i / 20))
    const points = trace(...improvements, progress(2000, 10)).points()
    expect(points.length).toBe(200)
    expect([points[0], points[198], points[199]].map(({ generation }) => generation)).toEqual([0, 999, 2000])
    const steps = points.slice(1, 199).map(({ generation }, i) => generation - points[i].generation)
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1)
  })
})
