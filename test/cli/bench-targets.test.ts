import { expect, it } from 'vitest'
import { distinctTargets } from '../../cli/bench/distinct-targets.ts'
import { type Nearness, summarise, type TargetRun } from '../../cli/bench/model/targets.ts'
import { findTarget } from '../../corpora/index.ts'
import { featureSpaces, grewe } from '../../features/index.ts'

const side = (proximity: number, nearest: number, compiled = 8): Nearness => {
  return { sampled: 8, compiled, proximity, nearest, meanDistance: nearest + 1 }
}
const run = (space: string, target: string, seed: number, rest: Omit<TargetRun, 'space' | 'target' | 'seed'>) => {
  return { space, target, seed, ...rest }
}

it('takes means over targets, and the spread of these over seeds', () => {
  const [summary, ...others] = summarise([
    run('grewe', 'a', 1, { directed: side(80, 2), undirected: side(60, 4, 4), chance: 0.9 }),
    run('grewe', 'b', 1, { directed: side(50, 5), undirected: side(50, 5, 4), chance: 0.5 }),
    run('grewe', 'a', 2, { directed: side(60, 4), undirected: side(20, 8, 4), chance: 0.6 }),
    run('grewe', 'b', 2, { directed: side(40, 6), undirected: side(60, 4, 4), chance: 0.3 }),
  ])
  expect(others).toEqual([])
  expect(summary).toMatchObject({
    ...{ space: 'grewe', targets: 2, nearerShare: 0.5 },
    directed: { proximity: 57.5, least: 50, largest: 65, compileRate: 1 },
    undirected: { proximity: 47.5, least: 40, largest: 55, compileRate: 0.5 },
  })
  // a: from 6 to 3. b: from 4.5 to 5.5.
  expect(summary.reduction).toBeCloseTo((3 / 6 - 1 / 5.5) / 2)
})

it('keeps targets of one name in several spaces apart', () => {
  const exact = { directed: side(100, 0), undirected: side(0, 9), chance: 1 }
  const tie = { directed: side(100, 0), undirected: side(100, 0), chance: 0.5 }
  expect(summarise([run('grewe', 'a', 1, exact), run('autophase', 'a', 1, tie)])).toMatchObject([
    { space: 'grewe', nearerShare: 1, reduction: 1 },
    { space: 'autophase', nearerShare: 0, reduction: 0 },
  ])
})

it('aims at each vector of a space once', () => {
  for (const space of featureSpaces) {
    const vectors = distinctTargets(space).map(({ values }) => values.join())
    expect(new Set(vectors).size, space.id).toBe(vectors.length)
    expect(vectors.length, space.id).toBeGreaterThan(40)
  }
})

it('draws a sample of each suite, the same each time, of kernels that are short enough', () => {
  const choice = { suites: ['npb', 'shoc'], sample: 10, mostTokens: 300 }
  const names = distinctTargets(grewe, choice).map(({ name }) => name)
  expect(distinctTargets(grewe, choice).map(({ name }) => name)).toEqual(names)
  expect(names.filter((name) => name.startsWith('npb/')).length).toBeGreaterThan(5)
  expect(names.filter((name) => name.startsWith('npb/')).length).toBeLessThanOrEqual(10)
  expect(names.every((name) => /^(?:npb|shoc)\//.test(name) && findTarget(name).tokens <= 300)).toBe(true)
  const [first, later] = [0, 10].map((after) => distinctTargets(grewe, { ...choice, after }))
  expect(later.length).toBeGreaterThan(5)
  const vectors = first.map(({ values }) => values.join())
  expect(later.filter(({ values }) => vectors.includes(values.join()))).toEqual([])
  expect(() => distinctTargets(grewe, { after: 10 })).toThrow(/after: expected a sample/)
  expect(() => distinctTargets(grewe, { suites: ['npb', 'luck'] })).toThrow(/received 'luck'/)
})
