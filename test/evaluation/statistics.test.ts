import { describe, expect, it } from 'vitest'
import { proximityOf } from '../../evaluation/evaluators/runs.ts'
import { compareGroups, judge } from '../../evaluation/statistics/compare.ts'
import { compareAll } from '../../evaluation/statistics/compare-all.ts'
import { estimateMean, estimateRatio } from '../../evaluation/statistics/estimate.ts'
import { type Grid, gridOf, pairGrids, programOf, sumByProgram } from '../../evaluation/statistics/grid.ts'
import { adjustByHolm } from '../../evaluation/statistics/holm.ts'
import { Random } from '../../synth/index.ts'
import { makeUpResults } from './made-up-results.ts'

function gridWith(values: readonly (readonly number[])[], nameOf = (i: number) => `s/p${i}/k`): Grid {
  return { targets: values.map((_, i) => nameOf(i)), seeds: values[0].map((_, s) => s), values, incomplete: 0 }
}

describe('adjustByHolm', () => {
  it('multiplies the least p most, and keeps their order', () => {
    // By hand: 0.005·4, 0.01·3, 0.03·2, then never below the one before.
    const adjusted = adjustByHolm([0.01, 0.04, 0.03, 0.005])
    expect(adjusted.map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(adjustByHolm([0.9, 0.8])).toEqual([1, 1])
    expect(adjustByHolm([])).toEqual([])
  })
})

describe('gridOf', () => {
  const results = makeUpResults([{ name: 'a', left: 0.5 }], { spaces: ['grewe', 'autophase'], programs: 3, seeds: 2 })

  it('holds a figure of each run, targets sorted', () => {
    const grid = gridOf(results, 'grewe', 'a', ({ seed }) => seed)
    expect(grid.targets.length).toBe(6)
    expect([...grid.targets].sort()).toEqual(grid.targets)
    expect(grid.values.every((row) => row.join() === '1,2')).toBe(true)
  })

  it('leaves out targets without all seeds, and counts them', () => {
    const fewer = { ...results, runs: results.runs.slice(1) }
    const { targets, incomplete } = gridOf(fewer, 'grewe', 'a', () => 1)
    expect([targets.length, incomplete]).toEqual([5, 1])
  })

  it('keeps most runs where an evaluation is under way', () => {
    // A third seed that one target has; then one that all but one have.
    const [first] = results.runs
    const third = { ...first, seed: 3 }
    const under = gridOf({ ...results, runs: [...results.runs, third] }, 'grewe', 'a', () => 1)
    expect([under.seeds, under.targets.length, under.incomplete]).toEqual([[1, 2], 6, 0])
    const most = results.runs.filter(({ seed, target }) => seed === 1 && target !== first.target)
    const over = [...results.runs, ...most.map((run) => ({ ...run, seed: 3 }))]
    const grid = gridOf({ ...results, runs: over }, 'grewe', 'a', () => 1)
    expect([grid.seeds, grid.targets.length, grid.incomplete]).toEqual([[1, 2, 3], 5, 1])
  })

  it('keeps the programs of targets together over all spaces', () => {
    const { targets, values } = gridOf(results, null, 'a', () => 1)
    expect(targets.length).toBe(12)
    expect(sumByProgram(targets, values)).toEqual({ sizes: [4, 4, 4], sums: [[4, 4], [4, 4], [4, 4]] }) // biome-ignore format: a table
    expect(programOf('rodinia/bfs/BFS_1')).toBe('rodinia/bfs')
  })
})

describe('pairGrids', () => {
  it('sets a group in which nothing is random against each seed of the other', () => {
    const paired = pairGrids(gridWith([[1, 2, 3]]), { ...gridWith([[7]]), isDeterministic: true })
    expect([paired.left, paired.right]).toEqual([[[1, 2, 3]], [[7, 7, 7]]])
  })

  it('sets a group that merely has one seed yet against that seed alone', () => {
    const paired = pairGrids(gridWith([[1, 2, 3]]), gridWith([[7]]))
    expect([paired.seeds, paired.left, paired.right]).toEqual([[0], [[1]], [[7]]])
  })

  it('takes groups in which nothing is random for the same whatever seed they ran with', () => {
    const made = makeUpResults([{ name: 'set', left: 0.5, isOnce: true }, { name: 'a', left: 0.5 }], { programs: 2 }) // biome-ignore format: short
    const runs = made.runs.map((run, i) => (run.group === 'set' ? { ...run, seed: 10 + i } : run))
    const set = gridOf({ ...made, runs }, 'grewe', 'set', () => 1)
    expect([set.targets.length, set.incomplete]).toEqual([4, 0])
    expect(
      pairGrids(
        gridOf(made, 'grewe', 'a', () => 2),
        set,
      ).seeds,
    ).toEqual([1, 2, 3])
  })

  it('takes what both have', () => {
    const left = { ...gridWith([[1, 2], [3, 4]]), seeds: [5, 6] } // biome-ignore format: a table
    const right = { ...gridWith([[9, 8], [7, 6]], (i) => `s/p${i + 1}/k`), seeds: [6, 7] } // biome-ignore format: a table
    const paired = pairGrids(left, right)
    expect([paired.targets, paired.seeds, paired.left, paired.right]).toEqual([['s/p1/k'], [6], [[4]], [[9]]])
  })
})

describe('estimateMean', () => {
  it('has the mean in an interval that holds the truth about as often as it says', () => {
    const rng = new Random(3)
    let hits = 0
    for (let trial = 0; trial < 60; trial++) {
      // Programs differ from each other more than seeds do.
      const values = Array.from({ length: 20 }, () => {
        const level = 10 * (rng.next() - 0.5)
        return [0, 1, 2].map(() => level + rng.next() - 0.5)
      })
      const { mean, low, high } = estimateMean(gridWith(values), trial)!
      expect(mean).toBeCloseTo(values.flat().reduce((sum, value) => sum + value) / 60, 9)
      if (low <= 0 && 0 <= high) hits++
    }
    expect(hits).toBeGreaterThan(50)
  })

  it('has no width where nothing differs, and is not there without targets', () => {
    expect(estimateMean(gridWith([[4, 4], [4, 4]]), 0)).toEqual({ mean: 4, low: 4, high: 4 }) // biome-ignore format: a table
    expect(estimateMean({ targets: [], values: [] }, 0)).toBeUndefined()
  })
})

describe('estimateRatio', () => {
  it('divides sums, and draws both together', () => {
    const left = [[1], [2], [3], [10]]
    const pairs = { targets: ['a/1', 'a/2', 'a/3', 'a/4'], seeds: [0], left, right: left.map(([value]) => [2 * value]) }
    expect(estimateRatio(pairs, 0)).toEqual({ mean: 0.5, low: 0.5, high: 0.5 })
  })
})

describe('compareGroups', () => {
  const zeros = (rows: number): number[][] => Array.from({ length: rows }, () => [0])

  it('gives the differences, their counts, and the rank-biserial correlation', () => {
    const own = gridWith([[1], [2], [-3], [0]])
    const compared = compareGroups(['a', own], ['b', gridWith(zeros(4))], 0)!
    expect(compared).toMatchObject({ difference: 0, better: 2, equal: 1, worse: 1, targets: 4, programs: 4 })
    expect(compared.effect).toBeCloseTo((1 + 2 - 3) / 6, 12)
    expect(compared.p).toBe(1)
  })

  it('has the exact p of the sign-flip test, programs as pairs', () => {
    const own = gridWith([[1], [1], [1], [1], [1], [1], [1], [1]], (i) => `s/p${i >> 1}/k${i}`)
    const compared = compareGroups(['a', own], ['b', { ...own, values: zeros(8) }], 0)!
    expect([compared.programs, compared.targets, compared.p]).toEqual([4, 8, 2 / 16])
  })

  it('finds a planted difference, and none between equals', () => {
    const results = makeUpResults([
      { name: 'full', left: 0.2 },
      { name: 'worse', left: 0.5 },
      { name: 'equal', left: 0.2 },
    ])
    const measures = [{ id: 'nearest', title: 'proximity', read: proximityOf }]
    const comparisons = compareAll(results, 'full', measures, 0)
    expect(comparisons.map(({ rival, verdict }) => [rival, verdict])).toEqual([
      ['worse', 'better'],
      ['equal', 'no difference shown'],
    ])
    const [{ difference, interval, effect }] = comparisons
    expect(difference).toBeGreaterThan(25)
    expect(difference).toBeLessThan(35)
    expect(interval.low).toBeLessThan(difference)
    expect(interval.low).toBeGreaterThan(20)
    expect(effect).toBeGreaterThan(0.95)
    const [{ verdict }] = compareAll(results, 'worse', measures, 0)
    expect(verdict).toBe('worse')
  })

  it('seldom calls equals different', () => {
    const measures = [{ id: 'nearest', title: 'proximity', read: proximityOf }]
    const low = Array.from({ length: 20 }, (_, seed) => {
      const groups = [
        { name: 'a', left: 0.3 },
        { name: 'b', left: 0.3 },
      ]
      return compareAll(makeUpResults(groups, { seed, programs: 8 }), 'a', measures, seed)[0].p
    }).filter((p) => p < 0.05).length
    expect(low).toBeLessThanOrEqual(4)
  })

  it('says too few where nothing could have been significant', () => {
    const own = gridWith([[5], [5], [5], [5]])
    const compared = compareGroups(['a', own], ['b', gridWith(zeros(4))], 0)!
    expect(judge([compared])[0].verdict).toBe('too few')
    const equal = compareGroups(['a', gridWith(zeros(12))], ['b', gridWith(zeros(12))], 0)!
    expect(judge([equal])[0].verdict).toBe('no difference shown')
  })
})
