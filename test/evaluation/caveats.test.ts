import { describe, expect, it } from 'vitest'
import type { EvaluationResults, RunProvenance } from '../../evaluation/index.ts'
import { findCaveats } from '../../evaluation/report/caveats.ts'
import { makeUpResults } from './made-up-results.ts'

const groups = [
  { name: 'full', left: 0.1 },
  { name: 'mutate', left: 0.3 },
  { name: 'corpus', left: 0.5, isOnce: true },
]
const results = makeUpResults(groups, { programs: 6, seeds: 2 })

function withProvenance(change: (i: number) => Partial<RunProvenance>, own = results): EvaluationResults {
  const runs = own.runs.map((run, i) => ({ ...run, provenance: { ...run.provenance, ...change(i) } }))
  return { ...own, runs }
}

describe('what a reader must know first', () => {
  const stored = withProvenance(() => ({ input: 'a store', program: 'p', keep: 10 }))

  it('is nothing where runs are many and alike', () => {
    expect(findCaveats(stored)).toEqual([])
  })

  it('is that programs or seeds are few', () => {
    const few = { ...stored, ...makeUpResults(groups.slice(0, 1), { programs: 5, seeds: 1 }) }
    expect(findCaveats(few)).toEqual([
      expect.stringMatching(/^The targets come from 5 programs: too few/),
      expect.stringMatching(/^There is 1 seed: what chance does/),
    ])
    const sets = makeUpResults(groups.slice(2), { programs: 6, seeds: 1 })
    expect(findCaveats(withProvenance(() => ({ input: 'a store' }), sets))).toEqual([])
  })

  it.each([
    [{ machine: 'other' }, /^The runs come from different machines \(none; other\)/],
    [{ cores: 16 }, /^The runs come from different numbers of cores \(16; 2\)/],
    [
      { program: 'q' },
      /^The runs come from different programs \(benchsteer 0\.0\.0, code p; benchsteer 0\.0\.0, code q\)/,
    ],
    [{ keep: 1 }, /^The runs come from different numbers of kernels kept \(1; 10\)/],
    [{ model: 'new' }, /^The runs come from different models \(made-up; new\)/],
  ])('is that some runs were made with %j', (change, caveat) => {
    expect(findCaveats(withProvenance((i) => (i === 3 ? change : {}), stored))).toEqual([expect.stringMatching(caveat)])
  })

  it('is what the groups have that read what ships', () => {
    expect(findCaveats(results)).toEqual([
      expect.stringMatching(
        /^mutate starts from our own seed kernels alone, while corpus has the vectors of 10,058 mined/,
      ),
      expect.stringMatching(/^The vectors of corpus are those that ship.*neither compiled nor built/),
    ])
  })
})
