import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { EvaluationPlan, EvaluationRun } from '../../../evaluation/index.ts'
import { ResultsFolder, readWholeFolder } from '../../../evaluation/index.ts'
import { findOutdated, missingRuns } from '../../../evaluation/runner/evaluate.ts'
import { planRuns, type RunIdentity, recordOf } from '../../../evaluation/runner/plan.ts'
import { findFeatureSpace } from '../../../features/index.ts'
import { makeUpResults } from '../made-up-results.ts'

const root = mkdtempSync(join(tmpdir(), 'benchsteer-results-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const grewe = findFeatureSpace('grewe')
const autophase = findFeatureSpace('autophase')
const targets = [
  { name: 'rodinia/bfs/BFS_1', space: grewe, values: Float64Array.of(1, 2, 3, 4, 5, 6) },
  { name: 'rodinia/nw/a', space: grewe, values: Float64Array.of(2, 2, 3, 4, 5, 6) },
  { name: 'mine.cl', space: autophase, values: new Float64Array(autophase.names.length).fill(1) },
]
const plan: EvaluationPlan = {
  groups: [
    { kind: 'built-in', name: 'corpus' },
    { kind: 'given', name: 'mine', path: '/mine' },
  ],
  ...{ targets, seeds: [1, 2], budgetMs: 1000, keep: 2, settings: { model: 'model', cores: 2 } },
}
const identities = new Map<string, RunIdentity>([
  ['corpus', { model: null, input: null, program: 'p', keep: 2 }],
  ['mine', { model: null, input: 'abc', program: 'p', keep: 2 }],
])

const {
  runs: [madeUp],
  kernels,
} = makeUpResults([{ name: 'corpus', left: 0.5 }], { programs: 1, seeds: 1 })

function runOf({ group, target, seed }: ReturnType<typeof planRuns>[number]): EvaluationRun {
  const { space, suite, name, vector } = recordOf(target)
  const identity = identities.get(group.name)
  return {
    ...{ ...madeUp, group: group.name, kind: group.kind, space, suite, target: name, targetVector: vector, seed },
    ...{ budgetMs: 1000, provenance: { ...madeUp.provenance, ...identity } },
  }
}

describe('the plan', () => {
  it('goes through all targets with one seed before the next, the spaces in turn, the groups side by side', () => {
    const runs = planRuns(plan).map(({ group, target, seed }) => `${seed} ${target.name} ${group.name}`)
    expect(runs.slice(0, 6)).toEqual([
      ...['1 rodinia/nw/a corpus', '1 rodinia/nw/a mine', '1 mine.cl corpus', '1 mine.cl mine'],
      ...['1 rodinia/bfs/BFS_1 corpus', '1 rodinia/bfs/BFS_1 mine'],
    ])
  })

  it('has a group in which nothing is random once for a target, with the first seed', () => {
    const runs = planRuns(plan).map(({ group, seed }) => `${seed} ${group.name}`)
    expect(runs).toHaveLength(9)
    expect(runs.slice(6)).toEqual(['2 mine', '2 mine', '2 mine'])
  })

  it('goes through the targets in a random order, the same for all spaces and however they were named', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({
      ...targets[0],
      name: `rodinia/p${i}/k`,
      values: Float64Array.of(i),
    }))
    const orderOf = (own: typeof many): string[] =>
      planRuns({ ...plan, groups: plan.groups.slice(1), seeds: [1], targets: own }).map(({ target }) => target.name)
    const order = orderOf(many)
    expect([...order].sort()).toEqual(many.map(({ name }) => name).sort())
    const places = many.map(({ name }) => order.indexOf(name))
    const isBehind = places.slice(1).filter((place, i) => place < places[i]).length
    expect(isBehind).toBeGreaterThan(10)
    expect(isBehind).toBeLessThan(30)
    expect(orderOf(many.toReversed())).toEqual(order)
    const both = orderOf([...many, ...many.map((target) => ({ ...target, space: autophase }))])
    expect(both).toEqual(order.flatMap((name) => [name, name]))
  })

  it('may be done in parts, each with all groups of its pairs', () => {
    const parts = [0, 1].map((own) =>
      planRuns({ ...plan, chooses: <T>(pairs: readonly T[]) => pairs.filter((_, i) => i % 2 === own) }),
    )
    expect(parts.flat()).toHaveLength(planRuns(plan).length)
    expect(new Set([...parts.flat(), ...planRuns(plan)].map((run) => JSON.stringify(run))).size).toBe(9)
    expect(parts[0].map(({ group }) => group.name)).toEqual(['corpus', 'mine', 'corpus', 'mine', 'mine'])
  })

  it('knows the suite of a target', () => {
    expect(recordOf(targets[0])).toMatchObject({ suite: 'rodinia', name: 'bfs/BFS_1', space: 'grewe' })
    expect(recordOf(targets[2])).toMatchObject({ suite: 'other', name: 'mine.cl' })
  })

  it('leaves out what is there, but not what was made from other things', () => {
    const all = planRuns(plan)
    const done = all.slice(0, 5).map(runOf)
    expect(missingRuns(plan, done, identities)).toEqual(all.slice(5))
    const changed = new Map([...identities, ['mine', { model: null, input: 'other', program: 'p', keep: 2 }]])
    expect(missingRuns(plan, done, changed)).toEqual(all.filter((run, i) => i >= 5 || run.group.name === 'mine'))
    expect(missingRuns({ ...plan, budgetMs: 2000 }, done, identities)).toHaveLength(9)
    const moved = targets.map((target) => ({ ...target, values: target.values.map((value) => value + 1) }))
    expect(missingRuns({ ...plan, targets: moved }, done, identities)).toHaveLength(9)
  })

  it('does again what another program did or fewer kernels were kept of, and says so', () => {
    const all = planRuns(plan)
    const done = all.slice(0, 5).map(runOf)
    const now = (change: Partial<RunIdentity>) =>
      new Map([...identities].map(([name, identity]) => [name, { ...identity, ...change }]))
    const outdated = (own: ReadonlyMap<string, RunIdentity>, runs = done) =>
      findOutdated(plan, missingRuns(plan, runs, own), runs, own)
    expect(outdated(identities)).toEqual({ runs: 0, made: [] })
    expect(missingRuns(plan, done, now({ keep: 10 }))).toEqual(all)
    expect(outdated(now({ keep: 10 }))).toEqual({ runs: 5, made: ['with --keep 2'] })
    expect(outdated(now({ program: 'q' }))).toEqual({ runs: 5, made: ['by benchsteer 0.0.0, code p'] })
    const again = all.map((run) => ({ ...runOf(run), provenance: { ...runOf(run).provenance, keep: 10 } }))
    expect(missingRuns(plan, [...again, ...done], now({ keep: 10 }))).toEqual([])
    const { program: _, keep: __, ...early } = done[0].provenance
    expect(outdated(identities, [{ ...done[0], provenance: early }])).toEqual({
      runs: 1,
      made: ['by benchsteer 0.0.0, code unknown', 'with --keep unknown'],
    })
  })

  it('takes what a group in which nothing is random did with any seed', () => {
    const done = planRuns({ ...plan, seeds: [7] }).map(runOf)
    expect(missingRuns(plan, done, identities).map(({ group }) => group.name)).toEqual(Array(6).fill('mine'))
  })
})

describe('a folder of results', () => {
  const kernel = [...kernels.values()][0]
  const [first, second, third] = planRuns(plan).map(runOf)

  it('goes on behind a line that was cut short', () => {
    const path = join(root, 'cut')
    new ResultsFolder(path).add(first, [kernel], {})
    appendFileSync(join(path, 'runs.jsonl'), JSON.stringify(second).slice(0, 200))
    appendFileSync(join(path, 'kernels.jsonl'), '{"id":"half')
    const resumed = new ResultsFolder(path)
    expect(resumed.runs).toEqual([first])
    expect([...resumed.kernels.keys()]).toEqual([kernel.id])
    resumed.add(third, [{ ...kernel, id: 'next' }], {})
    const again = new ResultsFolder(path)
    expect(again.runs).toEqual([first, third])
    expect([...again.kernels.keys()]).toEqual([kernel.id, 'next'])
  })

  it('keeps each kernel once, of the group that had it first, and what was found out later', () => {
    const folder = new ResultsFolder(join(root, 'once'))
    folder.add(first, [{ ...kernel, outcome: null }], {})
    folder.add(second, [{ ...kernel, group: 'mine', outcome: null }], {})
    expect(
      readFileSync(join(root, 'once', 'kernels.jsonl'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(1)
    folder.update({ ...kernel, group: 'mine', outcome: 'accepted' })
    const { group, outcome } = new ResultsFolder(join(root, 'once')).kernels.get(kernel.id) ?? {}
    expect({ group, outcome }).toEqual({ group: kernel.group, outcome: 'accepted' })
  })

  it('keeps foreign texts apart from what a report reads', () => {
    const folder = new ResultsFolder(join(root, 'foreign'))
    folder.add(first, [{ ...kernel, foreign: true, source: null }], { [kernel.id]: 'kernel void theirs() {}' })
    expect(readFileSync(join(root, 'foreign', 'kernels.jsonl'), 'utf8')).not.toContain('theirs')
    expect(new ResultsFolder(join(root, 'foreign')).sourceOf(kernel.id)).toBe('kernel void theirs() {}')
  })

  it('is reported as a whole: rivals first, of a run that was done twice the last', () => {
    const folder = new ResultsFolder(join(root, 'whole'))
    folder.add(second, [], {})
    folder.add({ ...first, evaluated: 1 }, [], {})
    folder.add({ ...first, evaluated: 2 }, [], {})
    folder.add({ ...first, budgetMs: 5 }, [], {})
    const { groups, runs, seeds } = readWholeFolder(folder, 1000)
    expect(groups).toEqual(['corpus', 'mine'])
    expect(runs.map(({ group, evaluated }) => [group, evaluated])).toContainEqual(['corpus', 2])
    expect(runs).toHaveLength(2)
    expect(seeds).toEqual([1])
  })

  it('has the seeds of groups that are random, and tells which are not', () => {
    const folder = new ResultsFolder(join(root, 'once-only'))
    folder.add({ ...first, seed: 7 }, [], {})
    folder.add({ ...first, seed: 8 }, [], {})
    folder.add(second, [], {})
    const { seeds, runs, deterministic } = readWholeFolder(folder, 1000)
    expect([seeds, runs.length, deterministic]).toEqual([[second.seed], 2, ['corpus']])
  })
})
