import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { EvaluationPlan, EvaluationRun } from '../../../evaluation/index.ts'
import { ResultsFolder, readWholeFolder } from '../../../evaluation/index.ts'
import { missingRuns } from '../../../evaluation/runner/evaluate.ts'
import { planRuns, recordOf } from '../../../evaluation/runner/plan.ts'
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
const identities = new Map([
  ['corpus', { model: null, input: null }],
  ['mine', { model: null, input: 'abc' }],
])

const {
  runs: [madeUp],
  kernels,
} = makeUpResults([{ name: 'corpus', left: 0.5 }], { programs: 1, seeds: 1 })

function runOf({ group, target, seed }: ReturnType<typeof planRuns>[number]): EvaluationRun {
  const { space, suite, name, vector } = recordOf(target)
  const input = identities.get(group.name)?.input ?? null
  return {
    ...{ ...madeUp, group: group.name, kind: group.kind, space, suite, target: name, targetVector: vector, seed },
    ...{ budgetMs: 1000, provenance: { ...madeUp.provenance, model: null, input } },
  }
}

describe('the plan', () => {
  it('goes through all targets with one seed before the next, the spaces in turn, the groups side by side', () => {
    const runs = planRuns(plan).map(({ group, target, seed }) => `${seed} ${target.name} ${group.name}`)
    expect(runs).toHaveLength(12)
    expect(runs.slice(0, 6)).toEqual([
      ...['1 rodinia/bfs/BFS_1 corpus', '1 rodinia/bfs/BFS_1 mine', '1 mine.cl corpus', '1 mine.cl mine'],
      ...['1 rodinia/nw/a corpus', '1 rodinia/nw/a mine'],
    ])
  })

  it('may be done in parts, each with all groups of its pairs', () => {
    const parts = [0, 1].map((own) =>
      planRuns({ ...plan, chooses: <T>(pairs: readonly T[]) => pairs.filter((_, i) => i % 2 === own) }),
    )
    expect(parts.flat()).toHaveLength(planRuns(plan).length)
    expect(new Set([...parts.flat(), ...planRuns(plan)].map((run) => JSON.stringify(run))).size).toBe(12)
    expect(parts[0].map(({ group }) => group.name)).toEqual(Array.from({ length: 3 }, () => ['corpus', 'mine']).flat())
  })

  it('knows the suite of a target', () => {
    expect(recordOf(targets[0])).toMatchObject({ suite: 'rodinia', name: 'bfs/BFS_1', space: 'grewe' })
    expect(recordOf(targets[2])).toMatchObject({ suite: 'other', name: 'mine.cl' })
  })

  it('leaves out what is there, but not what was made from other things', () => {
    const all = planRuns(plan)
    const done = all.slice(0, 5).map(runOf)
    expect(missingRuns(plan, done, identities)).toEqual(all.slice(5))
    const changed = new Map([...identities, ['mine', { model: null, input: 'other' }]])
    expect(missingRuns(plan, done, changed)).toEqual(all.filter((run, i) => i >= 5 || run.group.name === 'mine'))
    expect(missingRuns({ ...plan, budgetMs: 2000 }, done, identities)).toHaveLength(12)
    const moved = targets.map((target) => ({ ...target, values: target.values.map((value) => value + 1) }))
    expect(missingRuns({ ...plan, targets: moved }, done, identities)).toHaveLength(12)
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
})
