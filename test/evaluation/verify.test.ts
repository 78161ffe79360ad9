import { describe, expect, it } from 'vitest'
import { type EvaluationResults, verifyResults } from '../../evaluation/index.ts'
import { makeUpResults } from './made-up-results.ts'

// Other people's kernels, whose texts are not here: nothing has to be compiled.
const results = makeUpResults([{ name: 'theirs', left: 0.4, isGiven: true }], { programs: 2, seeds: 1 })

async function verify(own: EvaluationResults, reported?: Parameters<typeof verifyResults>[1]['reported']) {
  return await verifyResults(own, { sample: 100, seed: 1, sourceOf: () => undefined, reported })
}

describe('verification', () => {
  it('counts kernels whose text is withheld as such, and holds the records against their vectors', async () => {
    const { kernels, withheld, differences } = await verify(results)
    expect([kernels, withheld]).toEqual([results.kernels.size, results.kernels.size])
    expect(differences).toEqual([])
    const runs = results.runs.map(({ best: [first, ...rest], ...run }) => {
      return { ...run, best: [{ ...first, distance: first.distance / 2 }, ...rest] }
    })
    const figures = (await verify({ ...results, runs })).differences.map(({ figure }) => figure)
    expect(figures.filter((figure) => figure.startsWith('distance of'))).toHaveLength(runs.length)
  })

  it('finds a kernel that is not there, and vectors that are not mined ones', async () => {
    const [[id, kernel], ...rest] = results.kernels
    const missing = await verify({ ...results, kernels: new Map(rest) })
    expect(missing.differences).toContainEqual(expect.objectContaining({ recomputed: 'cannot be measured' }))
    const vectorless = new Map([[id, { ...kernel, tokens: null }], ...rest])
    const strange = await verify({ ...results, kernels: vectorless })
    expect(strange.withheld).toBe(results.kernels.size - 1)
    expect(strange.differences).toContainEqual(expect.objectContaining({ figure: 'id' }))
  })

  it('holds the average of the report against the kernels, not only the nearest', async () => {
    const [run] = results.runs
    const norm = Math.hypot(...run.targetVector)
    const proximities = run.best.map(({ distance }) => 100 * Math.max(0, 1 - distance / norm))
    const said = {
      proximity: Number(proximities[0].toPrecision(10)),
      average: Number((proximities.reduce((sum, value) => sum + value, 0) / 10).toPrecision(10)),
      ...{ averageOf: 10, kernel: run.best[0].kernel },
    }
    const key = `${run.space} ${run.group} ${run.suite}/${run.target} ${run.seed}`
    const one = { ...results, runs: [run] }
    expect((await verify(one, new Map([[key, said]]))).differences).toEqual([])
    const wrong = await verify(one, new Map([[key, { ...said, average: 99 }]]))
    expect(wrong.differences).toEqual([
      expect.objectContaining({ figure: 'average of 10 in the report', recorded: '99' }),
    ])
  })
})
