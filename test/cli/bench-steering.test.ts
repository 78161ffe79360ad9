import { expect, it } from 'vitest'
import { distinctTargets } from '../../cli/bench/distinct-targets.ts'
import { besideFirst } from '../../cli/bench/steering/beside.ts'
import { parseMethods, steeringMethods } from '../../cli/bench/steering/methods.ts'
import type { SteeringRun } from '../../cli/bench/steering/run.ts'
import { tableOf } from '../../cli/bench/steering/table.ts'
import { grewe } from '../../features/index.ts'
import { searchParts } from '../../synth/index.ts'

const settings = { budgetMs: 1000, edits: 4, holes: 4, without: [], modelHash: 'm' }
const counts = { distance: 1, bestMs: 500, elapsedMs: 1000, sampled: 10, compiled: 9, generations: 2 }
const run = (method: string, target: string, proximity: number, seed = 1): SteeringRun => {
  return { space: 'grewe', method, target, proximity, seed, ...settings, ...counts }
}

it('leaves each part of the search out by a method of its own', () => {
  const names = parseMethods('ablations')
  expect(names[0]).toBe('search')
  for (const part of Object.keys(searchParts)) {
    expect(Object.keys(steeringMethods)).toContain(`without-${part}`)
    expect(names.includes(`without-${part}`)).toBe(part !== 'likelihood' && part !== 'stop')
  }
  expect(new Set(names).size).toBe(names.length)
  expect(parseMethods('random, search,random')).toEqual(['random', 'search'])
  expect(() => parseMethods('search,without-luck')).toThrow(/without-edits.*ablations, received 'without-luck'/s)
  expect(() => parseMethods('constructor')).toThrow("received 'constructor'")
  expect(Object.keys(steeringMethods)).not.toContain('ablations')
})

it('sets methods against the first, over what both have', () => {
  const programs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const runs = programs.flatMap((name) => [
    run('search', `rodinia/${name}/k`, 90),
    run('beam', `rodinia/${name}/k`, 80),
    run('random', `rodinia/${name}/k`, name < 'e' ? 91 : 90),
  ])
  const lines = besideFirst([...runs, run('beam', 'rodinia/alone/k', 100)], ['search', 'beam', 'random'])
  expect(lines.slice(2)).toEqual([
    '| grewe | beam | 8 | 8 | 1 | −10.00 (−10.00 to −10.00) | 0 | 0 | 8 | 0.016 |',
    expect.stringMatching(/^\| grewe \| random \| 8 \| 8 \| 1 \| \+0\.50 \(.*\) \| 4 \| 4 \| 0 \| 0\.125 \|$/),
  ])
  expect(besideFirst(runs, ['search'])).toEqual([])
  expect(besideFirst(runs, ['search', 'without-edits'])).toEqual([])
})

it('shows each run of few methods, and the medians of many', () => {
  const [target] = distinctTargets(grewe, { suites: ['rodinia'], after: 0, mostTokens: 1024 })
  const runs = [1, 2].map((seed) => run('search', target.name, 90 + seed, seed))
  expect(tableOf([target], runs, ['search']).at(-1)).toMatch(/\| 91\.5 \| 91\.0 to 92\.0 \| 2 \| 1 \|$/)
  const many = [...runs, run('beam', target.name, 70)]
  expect(tableOf([target], many, ['search', 'beam', 'random', 'without-edits']).at(-1)).toMatch(
    /\| 91\.5 \| 70\.0 \| {2}\| {2}\|$/,
  )
})
