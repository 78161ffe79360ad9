import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { GreweRow } from '../../active-learning/index.ts'
import { loadDrawing } from '../../corpora/index.ts'
import { cellOf, rarefiedCells } from '../../evaluation/evaluators/cells.ts'
import type { DataTable, DataValue, EvaluatorInput, Evidence } from '../../evaluation/evaluators/evaluator.ts'
import { styleGroups } from '../../evaluation/evaluators/group-style.ts'
import { evaluators } from '../../evaluation/evaluators/registry.ts'
import { measuresOf } from '../../evaluation/evaluators/verdicts.ts'
import type { EvaluationResults, EvaluationRun } from '../../evaluation/index.ts'
import { compareAll, type MeasuredComparison } from '../../evaluation/statistics/compare-all.ts'
import { budgetMs, makeUpResults } from './made-up-results.ts'

const drawing = await loadDrawing()
const groups = [
  { name: 'full', left: 0.1, exact: 0.5 },
  { name: 'directed', left: 0.2, exact: 0.3 },
  { name: 'undirected', left: 0.4, exact: 0.1 },
  { name: 'corpus', left: 0.5, isGiven: true, isOnce: true },
]
const results = makeUpResults(groups, { programs: 7, kernelsPerProgram: 1, seeds: 2, isLabelled: true })

const judged = new Map<EvaluationResults, MeasuredComparison[]>()

/** They take longest: once for each results. */
function comparisonsOf(own: EvaluationResults): MeasuredComparison[] {
  const known = judged.get(own) ?? compareAll(own, own.groups[0], measuresOf(4), 0)
  judged.set(own, known)
  return known
}

function inputOf(own: EvaluationResults, more: Partial<EvaluatorInput> = {}): EvaluatorInput {
  const styles = styleGroups(own.groups)
  const comparisons = comparisonsOf(own)
  return {
    results: own,
    comparisons,
    subject: own.groups[0],
    topK: 4,
    seed: 0,
    drawing,
    styles,
    labelled: undefined,
    ...more,
  }
}

async function ask(id: string, own = results, more: Partial<EvaluatorInput> = {}): Promise<Evidence> {
  return evaluators.find((evaluator) => evaluator.id === id)!.evaluate(inputOf(own, more))
}

/** Rows of a table as records. */
async function rowsOf(id: string, name: string, own = results, more: Partial<EvaluatorInput> = {}) {
  const evidence = await ask(id, own, more)
  if (evidence.kind === 'absent') throw new Error(evidence.reason)
  return recordsOf(evidence.tables.find((table) => table.name === name)!)
}

function recordsOf({ columns, rows }: DataTable): Record<string, DataValue>[] {
  return rows.map((cells) => Object.fromEntries(columns.map(([column], i) => [column, cells[i]])))
}

function withRuns(change: (run: EvaluationRun) => Partial<EvaluationRun>, own = results): EvaluationResults {
  return { ...own, runs: own.runs.map((run) => ({ ...run, ...change(run) })) }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('evaluators', () => {
  it('have ids, titles and questions of their own', () => {
    for (const read of ['id', 'title', 'question'] as const) {
      expect(new Set(evaluators.map((evaluator) => evaluator[read])).size).toBe(evaluators.length)
    }
    for (const { id } of evaluators) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  const withData = evaluators.filter(({ id }) => id !== 'grewe-effect')
  it.each(withData.map(({ id }) => id))('%s has a picture with its data, the same each time', async (id) => {
    const [evidence, again] = [await ask(id), await ask(id)]
    if (evidence.kind === 'absent') return expect.fail(evidence.reason)
    expect(again).toEqual(evidence)
    expect(evidence.figures.length).toBeGreaterThan(0)
    for (const { svg, tables, caption } of evidence.figures) {
      expect(svg).not.toMatch(/NaN|Infinity|undefined|⚠/)
      expect(svg).toContain('<svg')
      expect(caption.length).toBeGreaterThan(20)
      expect(tables.length).toBeGreaterThan(0)
      for (const name of tables) expect(evidence.tables.map((table) => table.name)).toContain(name)
    }
    for (const { columns, rows } of evidence.tables) {
      expect(rows.length).toBeGreaterThan(0)
      expect(new Set(columns.map(([name]) => name)).size).toBe(columns.length)
      for (const row of rows) {
        expect(row.length).toBe(columns.length)
        for (const [i, cell] of row.entries()) {
          expect(typeof cell === 'number' ? columns[i][1] !== undefined : true).toBe(true)
          if (typeof cell === 'number') expect(Number.isNaN(cell)).toBe(false)
        }
      }
    }
  })

  it.each(evaluators.map(({ id }) => id))('%s says that there is nothing of nothing', async (id) => {
    const nothing = { ...results, targets: [], runs: [], kernels: new Map() }
    const evidence = await ask(id, nothing)
    if (evidence.kind === 'present') return expect.fail('drew a picture of nothing')
    expect(evidence.reason).toMatch(/^[A-Z].*\.$/)
  })

  it.each(evaluators.map(({ id }) => id))('%s takes runs that found nothing', async (id) => {
    const evidence = await ask(id, { ...withRuns(() => ({ trace: [], best: [] })), kernels: new Map() })
    if (evidence.kind === 'absent') return
    for (const { svg } of evidence.figures) expect(svg).not.toMatch(/NaN|Infinity|undefined|⚠/)
  })
})

describe('docs/evaluators.md', () => {
  const text = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../docs/evaluators.md'), 'utf8')

  it('has each evaluator in its table', () => {
    const told = [...text.split('\n## ')[1].matchAll(/`([a-z-]+)`(?=[^|]*\|[^|]*\|[^|]*\|$)/gm)].map(([, id]) => id)
    expect(told.sort()).toEqual(evaluators.map(({ id }) => id).sort())
  })

  it('maps 23 evaluators of BenchPress to those that there are', () => {
    const rows = text
      .slice(text.indexOf("## BenchPress's 23"))
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(rows.length).toBe(23)
    expect(new Set(rows.map((row) => row.split('|')[1])).size).toBe(23)
  })
})

describe('nearest', () => {
  it('has the mean proximity of each group', async () => {
    const rows = await rowsOf('nearest', 'means')
    for (const { group, mean: shown, '95 % from': low, to } of rows) {
      const own = results.runs.filter((run) => run.group === group)
      const expected = mean(
        own.map(({ best, targetVector }) => 100 * (1 - best[0].distance / Math.hypot(...targetVector))),
      )
      expect(shown).toBeCloseTo(expected, 9)
      expect(Number(low)).toBeLessThan(Number(shown))
      expect(Number(to)).toBeGreaterThan(Number(shown))
    }
    expect(rows.map(({ seeds }) => seeds)).toEqual([2, 2, 2, 1])
  })

  it('counts 0 for a run without a kernel', async () => {
    const rows = await rowsOf(
      'nearest',
      'means',
      withRuns(({ group }) => (group === 'full' ? { best: [], trace: [] } : {})),
    )
    expect(rows.find(({ group }) => group === 'full')?.mean).toBe(0)
  })
})

describe('average', () => {
  it('counts kernels that are missing as none', async () => {
    const [first] = results.runs
    const one = { ...results, runs: [{ ...first, best: [{ ...first.best[0], distance: 0 }] }] }
    expect((await rowsOf('average', 'means', one))[0].mean).toBe(25)
    expect((await rowsOf('average', 'means', one, { topK: 1 }))[0].mean).toBe(100)
  })

  it('tells how many of the kernels sit at one place, and the mean over places', async () => {
    const [{ best, ...first }] = results.runs
    const norm = Math.hypot(...first.targetVector)
    const near = best.map((kernel, i) => ({ ...kernel, distance: i < 2 ? 0 : norm / 2 }))
    const [one, two, three] = best.map(({ kernel }) => results.kernels.get(kernel)!)
    const kernels = new Map([one, { ...two, vectors: one.vectors }, three].map((kernel) => [kernel.id, kernel]))
    const [row] = await rowsOf('average', 'distinct', { ...results, kernels, runs: [{ ...first, best: near }] })
    expect(row).toMatchObject({ 'kernels a run': 3, 'different vectors a run': 2 })
    expect(row['mean proximity of different vectors, %']).toBeCloseTo(75, 9)
  })
})

describe('exact-matches', () => {
  it('has the share of runs and the targets with any and every seed', async () => {
    const own = withRuns(({ group, seed, target, best }) => {
      const isExact = group === 'full' && (target === 'prog0/kernel_0' || (target === 'prog1/kernel_0' && seed === 1))
      return { best: best.map((kernel) => ({ ...kernel, distance: isExact ? 0 : 1 })) }
    })
    const [row] = await rowsOf('exact-matches', 'shares', own)
    expect(row['runs with an exact match, %']).toBeCloseTo((100 * 3) / 14, 9)
    expect([row['targets with any seed'], row['with every seed']]).toEqual([2, 1])
  })
})

describe('over-time', () => {
  it('begins at the origin and ends where the run does', async () => {
    const rows = await rowsOf('over-time', 'distance')
    const full = rows.filter(({ group }) => group === 'full')
    const runs = results.runs.filter(({ group }) => group === 'full')
    expect(full.at(-1)?.seconds).toBeCloseTo(budgetMs / 1000, 9)
    expect(full.at(-1)?.['mean distance']).toBeCloseTo(mean(runs.map(({ trace }) => trace.at(-1)!.distance)), 9)
    const early = withRuns(({ group }) => (group === 'full' ? { trace: [] } : {}))
    const never = (await rowsOf('over-time', 'distance', early)).filter(({ group }) => group === 'full')
    expect(new Set(never.map((row) => row['mean distance, % of ‖target‖']))).toEqual(new Set([100]))
  })
})

describe('over-generations', () => {
  it('leaves out groups without generations', async () => {
    const own = withRuns(({ group, trace }) => {
      return { trace: group === 'corpus' ? trace.map((step) => ({ ...step, generation: 0 })) : trace }
    })
    const rows = await rowsOf('over-generations', 'distance', own)
    expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(['full', 'directed', 'undirected']))
  })
})

describe('time-to-proximity', () => {
  it('censors at the budget, and has no median where fewer than half arrive', async () => {
    // One group, four targets: the first arrives after 2 s, the second after 4 s, the others never.
    const times = [2000, 4000, null, null]
    const first = makeUpResults([{ name: 'a', left: 0.5 }], { programs: 4, kernelsPerProgram: 1, seeds: 1 })
    const runs = first.runs.map((run, i) => {
      const ms = times[i]
      return { ...run, trace: ms === null ? [] : [{ ms, generation: 0, evaluated: 1, distance: 0 }] }
    })
    const rows = await rowsOf('time-to-proximity', 'times', { ...first, runs })
    const at100 = rows.find((row) => row['proximity, %'] === 100)!
    expect(at100).toMatchObject({
      'runs that arrive, %': 50,
      'median, s': 4,
      'restricted mean, s': (2 + 4 + 10 + 10) / 4,
    })
    const fewer = runs.map((run, i) => (i === 1 ? { ...run, trace: [] } : run))
    expect((await rowsOf('time-to-proximity', 'times', { ...first, runs: fewer }))[0]['median, s']).toBeNull()
  })
})

describe('time to the first kernel', () => {
  it('is that of the first step, of runs that have one', async () => {
    const own = withRuns(({ group, trace, seed }) => {
      if (group !== 'full') return {}
      return { trace: seed === 1 ? [] : trace.map((step, i) => ({ ...step, ms: 3000 + i })) }
    })
    const [full, directed] = await rowsOf('time-to-proximity', 'first', own)
    expect(full).toMatchObject({ group: 'full', 'runs with a kernel, %': 50, 'median, s': 3, 'earliest, s': 3 })
    expect(directed).toMatchObject({ 'runs with a kernel, %': 100, 'median, s': 0.5 })
  })
})

describe('compile-rate', () => {
  it('divides sums, and tells no rate of groups that do not tell', async () => {
    const rows = await rowsOf('compile-rate', 'rates')
    const own = results.runs.filter(({ group }) => group === 'full')
    const [compiled, unique] = [mean(own.map((run) => run.compiled)) / 400, mean(own.map((run) => run.unique!)) / 450]
    expect(rows[0]['compile rate, %']).toBeCloseTo(100 * compiled, 9)
    expect(rows[0]['unique rate, %']).toBeCloseTo(100 * unique, 9)
    expect(rows[3]).toMatchObject({ group: 'corpus', 'compile rate, %': null, 'handed to the compiler': null })
  })
})

describe('directed-gain', () => {
  it('finds a planted ratio', async () => {
    // Directed ends at half the distance of undirected, and reaches undirected's end at 2 s rather than 6 s.
    const own = withRuns(({ group, targetVector, best }) => {
      const norm = Math.hypot(...targetVector)
      const at = (ms: number, share: number) => ({ ms, generation: 0, evaluated: 1, distance: share * norm })
      const end = group === 'directed' ? 0.2 : 0.4
      const trace = group === 'directed' ? [at(2000, 0.4), at(5000, 0.2)] : [at(6000, 0.4)]
      return { trace, best: [{ ...best[0], distance: end * norm }] }
    })
    const rows = await rowsOf('directed-gain', 'ratios', own)
    const ratio = (figure: string) => rows.find((row) => row.figure === figure)!.ratio
    expect(ratio('mean distance')).toBeCloseTo(0.5, 9)
    expect(ratio('mean relative distance')).toBeCloseTo(0.5, 9)
    expect(ratio('time to what both reached')).toBeCloseTo(1 / 3, 9)
  })

  it('needs both groups', async () => {
    expect(await ask('directed-gain', makeUpResults([groups[0]], { programs: 2 }))).toMatchObject({ kind: 'absent' })
  })
})

describe('coverage', () => {
  it('has cells whose sides double', () => {
    const cells = [0, 1, 2, 3, 4, 7, 8, -1].map((value) => cellOf([value]))
    expect(cells).toEqual(['0', '1', '2', '2', '3', '3', '4', '-1'])
  })

  it('expects as many cells of a draw as combinatorics does', () => {
    // Two cells with 3 kernels each; of 2 drawn: 1 + P(different) = 1 + 3/5.
    const vectors = [[0], [0], [0], [1], [1], [1]]
    expect(rarefiedCells(vectors, 2, 1)).toBeCloseTo(1.6, 0)
    expect(rarefiedCells(vectors, 6, 1)).toBe(2)
  })
})

describe('validity-funnel', () => {
  it('loses kernels at the stage of their fault', async () => {
    const outcomes = ['accepted', 'not-compiled', 'data-race', 'data-race']
    const kernels = [...results.kernels.values()].filter(({ group }) => group === 'full')
    const changed = kernels.map((kernel, i) => [kernel.id, { ...kernel, outcome: outcomes[i] ?? null }] as const)
    const [row] = await rowsOf('validity-funnel', 'stages', { ...results, kernels: new Map(changed) })
    expect(row).toMatchObject({
      validated: 4,
      parse: 4,
      compile: 3,
      'in-bounds': 3,
      'race-free': 1,
      'input-dependent': 1,
    })
  })

  it('has no picture where no kernel was validated', async () => {
    const evidence = await ask('validity-funnel', makeUpResults([groups[0]], { programs: 2 }))
    expect(evidence).toMatchObject({ kind: 'present', figures: [] })
  })
})

describe('novelty', () => {
  it('counts copies of those of which it is known, and kernels in common', async () => {
    const isCopy = [true, false, false, false, null]
    const kernels = [...results.kernels.values()].filter(({ group }) => group === 'full')
    const changed = kernels.map((kernel, i) => [kernel.id, { ...kernel, isCopy: isCopy[i] ?? null }] as const)
    const own = { ...results, kernels: new Map(changed) }
    expect((await rowsOf('novelty', 'copies', own))[0]).toMatchObject({ 'of which is known': 4, 'copies, %': 25 })
    expect((await rowsOf('novelty', 'common'))[0]).toMatchObject({ full: kernels.length, directed: 0 })
  })
})

describe('grewe-effect', () => {
  /** GPU where comp is large; the base has it the wrong way round, so that only other rows can teach it. */
  const row = (program: string, comp: number, isRight: boolean): GreweRow => {
    const isGpu = comp > 50 === isRight
    const [runtimeCpuMs, runtimeGpuMs] = isGpu ? [10, 1] : [1, 10]
    return {
      ...{
        suite: 's',
        program,
        kernel: 'k',
        dataset: 'd',
        transferBytes: 100,
        wgsize: 64,
        label: isGpu ? 'GPU' : 'CPU',
      },
      counts: { comp, rational: 0, mem: 10, localmem: 0, coalesced: 0, atomic: 0 },
      features: [100 / (comp + 10), 0, 0, comp / 10],
      ...{ runtimeCpuMs, runtimeGpuMs, timeSource: 'modelled', intervalCpuMs: null, intervalGpuMs: null },
      ...{ devices: null, seed: null, date: null, sourceKey: null, extras: {} },
    }
  }
  // Of each program both kinds; those with comp 90 to 99 say CPU in the base, so that each is one of a kind.
  const base = { name: 'base', rows: Array.from({ length: 8 }, (_, i) => row(`p${i}`, i < 4 ? 10 + i : 90 + i, true)) }

  it('is not there without labelled kernels', async () => {
    expect(await ask('grewe-effect')).toMatchObject({ kind: 'absent' })
    const empty = { base, byGroup: new Map() }
    expect(await ask('grewe-effect', results, { labelled: empty })).toMatchObject({ kind: 'absent' })
  })

  it('tells kernels that help from those that mislead', async () => {
    const rows = (isRight: boolean) => Array.from({ length: 40 }, (_, i) => row(`x${isRight}${i}`, 5 + 3 * i, isRight))
    const byGroup = new Map([
      ['full', { name: 'full', rows: rows(true) }],
      ['directed', { name: 'directed', rows: rows(false) }],
    ])
    const table = await rowsOf('grewe-effect', 'effect', results, { labelled: { base, byGroup } })
    expect(table.map((own) => own['training set'])).toEqual(['base alone', 'with full', 'with directed'])
    expect(table[1]['accuracy, %']).toBe(100)
    expect(Number(table[2]['accuracy, %'])).toBeLessThan(50)
    expect(Number(table[2]['speedup by the group'])).toBeLessThan(0.5)
  })
})

describe('styleGroups', () => {
  it('gives no two of many groups the same look, and neighbours differ in symbol and dashes', () => {
    const names = Array.from({ length: 42 }, (_, i) => `group ${i}`)
    const styles = [...styleGroups(names).values()].slice(1)
    expect(new Set(styles.map(({ colour, symbol }) => colour + symbol)).size).toBe(42)
    const seven = styles.slice(0, 7)
    expect(new Set(seven.map(({ symbol }) => symbol)).size).toBe(7)
    expect(new Set(seven.map(({ dash }) => dash)).size).toBe(7)
  })
})
