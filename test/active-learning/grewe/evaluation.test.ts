import { describe, expect, it } from 'vitest'
import type { DeviceLabel, GreweRow } from '../../../active-learning/data-set.ts'
import { bootstrapMean, sumByProgram } from '../../../active-learning/grewe/evaluation/bootstrap.ts'
import { evaluate, LeakError, type LeakPolicy } from '../../../active-learning/grewe/evaluation/evaluate.ts'
import { crossValidations, makeFolds } from '../../../active-learning/grewe/evaluation/folds.ts'
import { findOverlap } from '../../../active-learning/grewe/evaluation/leaks.ts'
import { legacyFigure } from '../../../active-learning/grewe/evaluation/legacy.ts'
import { reportEvaluation } from '../../../active-learning/grewe/evaluation/report.ts'
import { bestStaticDevice, scorePredictions } from '../../../active-learning/grewe/evaluation/scores.ts'
import { signFlipTest } from '../../../active-learning/grewe/evaluation/sign-flip.ts'
import { Random } from '../../../synth/index.ts'
import { modelledRows, sampleRow } from './rows.ts'

/** Times on CPU and GPU, one row each, all of one program. */
function timed(...times: readonly (readonly [cpu: number, gpu: number])[]): GreweRow[] {
  return times.map(([runtimeCpuMs, runtimeGpuMs], i) => sampleRow({ runtimeCpuMs, runtimeGpuMs, dataset: String(i) }))
}

/** Rows of a program in a suite. */
function rowsOf(suite: string, program: string, count: number): GreweRow[] {
  return Array.from({ length: count }, (_, i) =>
    sampleRow({ suite, program, dataset: String(i), transferBytes: 100 * i, runtimeGpuMs: i % 2 === 0 ? 1 : 4 }),
  )
}

const data = (rows: readonly GreweRow[], name = 'x.csv') => ({ name, rows })

describe('scores', () => {
  const rows = timed([8, 1], [1, 4], [2, 1])
  it('hold the predicted device against the better single one, hindsight and geometric mean deciding which', () => {
    expect(bestStaticDevice(rows)).toBe('GPU') // 16 against 4
    expect(bestStaticDevice(timed([1, 4], [2, 1]))).toBe('CPU')
    const scores = scorePredictions(rows, ['GPU', 'CPU', 'CPU'], 'GPU')
    expect(scores.accuracy).toBeCloseTo(2 / 3, 12)
    expect(scores.geomeanSpeedup).toBeCloseTo((1 * 4 * 0.5) ** (1 / 3), 12)
    expect(scores.meanSpeedup).toBeCloseTo(5.5 / 3, 12)
    expect(scores.oracleGeomeanSpeedup).toBeCloseTo(4 ** (1 / 3), 12)
    expect(scores.oracleMeanSpeedup).toBe(2)
    expect(scores.shareOfOracle).toBeCloseTo(0.5 ** (1 / 3), 12)
    expect(scores.cpu).toEqual({ precision: 0.5, recall: 1 })
    expect(scores.gpu).toEqual({ precision: 1, recall: 0.5 })
  })

  it('are 1 for the single device itself, and the oracle for no mistake', () => {
    expect(scorePredictions(rows, ['GPU', 'GPU', 'GPU'], 'GPU').geomeanSpeedup).toBe(1)
    const best = scorePredictions(
      rows,
      rows.map(({ label }) => label),
      'GPU',
    )
    expect([best.accuracy, best.shareOfOracle]).toEqual([1, 1])
    expect(best.geomeanSpeedup).toBe(best.oracleGeomeanSpeedup)
  })

  it('have no precision where nothing was predicted', () => {
    expect(scorePredictions(rows, ['GPU', 'GPU', 'GPU'], 'GPU').cpu).toEqual({ precision: Number.NaN, recall: 0 })
  })
})

describe('the legacy figure', () => {
  it('is the wrong way round: slower predictions make it larger', () => {
    const rows = timed([8, 1], [1, 4], [2, 1])
    const right = rows.map(({ label }) => label)
    expect(legacyFigure(rows, ['GPU', 'GPU', 'GPU'])).toBe(1)
    expect(legacyFigure(rows, right)).toBeCloseTo((1 + 0.25 + 1) / 3, 12)
    expect(legacyFigure(rows, ['CPU', 'GPU', 'CPU'])).toBeCloseTo((8 + 1 + 2) / 3, 12)
  })

  it('averages over programs and inputs first, as the notebook does', () => {
    const rows = [...timed([8, 1]), ...timed([2, 1]), ...timed([1, 4], [2, 1]).slice(1)]
    expect(rows.map(({ dataset }) => dataset)).toEqual(['0', '0', '1'])
    expect(legacyFigure(rows, ['CPU', 'CPU', 'GPU'])).toBe(((8 + 2) / 2 + 1) / 2)
  })
})

describe('folds', () => {
  const rows = [...rowsOf('a', 'a-1', 3), ...rowsOf('a', 'a-2', 2), ...rowsOf('b', 'b-1', 4), ...rowsOf('b', 'b-2', 1)]

  it.each(crossValidations)('of %s hold each row out once, and whole programs', (cv) => {
    const folds = makeFolds(rows, cv, 3, new Random(1))
    expect(folds.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual([...rows.keys()])
    if (cv === 'none') return
    for (const { test, isTrainable } of folds) {
      const held = new Set(test.map((i) => rows[i].program))
      expect(rows.filter((row) => held.has(row.program) && isTrainable(row))).toEqual([])
    }
  })

  it('are a program, a suite, or as many as are asked for', () => {
    const names = (cv: Parameters<typeof makeFolds>[1]): string[] =>
      makeFolds(rows, cv, 3, new Random(1)).map(({ name }) => name)
    expect(names('leave-one-program-out')).toEqual(['a-1', 'a-2', 'b-1', 'b-2'])
    expect(names('leave-one-suite-out')).toEqual(['a', 'b'])
    expect(names('kfold').sort()).toEqual(['fold 1', 'fold 2', 'fold 3'])
    expect(names('none')).toEqual(['all'])
  })
})

describe('the leak check', () => {
  const base = sampleRow({ program: 'p', kernel: 'k', sourceKey: 'abc' })

  it('finds programs, sources and twins on both sides', () => {
    const sameProgram = sampleRow({ program: 'p', kernel: 'other' })
    const sameSource = sampleRow({
      program: 'q',
      kernel: 'copy',
      sourceKey: 'abc',
      counts: { ...base.counts, comp: 9 },
    })
    const twin = sampleRow({ program: 'r', kernel: 'k' })
    const { leaks, kindsOf } = findOverlap([sameProgram, sameSource, twin, sampleRow({ program: 's' })], [base])
    expect(leaks.map(({ kind, train }) => [kind, train.program])).toEqual([
      ['program', 'p'],
      ['source', 'q'],
      ['twin', 'r'],
    ])
    expect([...kindsOf].map(([i, kinds]) => [i, [...kinds]])).toEqual([
      [0, ['program']],
      [1, ['source']],
      [2, ['twin']],
    ])
  })

  it('takes unknown sources for different ones', () => {
    const none = { kernel: 'x', sourceKey: null }
    expect(
      findOverlap([sampleRow({ program: 'q', ...none })], [sampleRow({ program: 'r', kernel: 'y', sourceKey: null })])
        .leaks,
    ).toEqual([])
  })

  it('ends an evaluation, unless what leaks is to be dropped', async () => {
    const test = data([base, sampleRow({ program: 'p2', kernel: 'k2' })])
    const train = data(
      [sampleRow({ program: 'q', kernel: 'copy', sourceKey: 'abc' }), ...rowsOf('z', 'z-1', 4)],
      'y.csv',
    )
    const failing = evaluate([train], test, { cv: 'leave-one-program-out' })
    await expect(failing).rejects.toThrow(LeakError)
    await expect(failing).rejects.toThrow('leaks: 1 test rows have their source among the training rows of y.csv')
    const { sets } = await evaluate([train], test, { cv: 'leave-one-program-out', leaks: 'drop' })
    expect(sets[0].dropped).toBe(1)
    await expect(evaluate([test], test, { cv: 'none' })).rejects.toThrow('program p')
  })

  it('counts twins, and drops them where asked', async () => {
    const rows = [base, sampleRow({ program: 'q', kernel: 'k' }), ...rowsOf('z', 'z-1', 4)]
    const own = (leaks: LeakPolicy) => evaluate([data(rows)], data(rows), { cv: 'leave-one-program-out', leaks })
    expect((await own('fail')).sets[0]).toMatchObject({ twins: 2, dropped: 0 })
    expect((await own('drop-twins')).sets[0]).toMatchObject({ twins: 0, dropped: 2 })
    await expect(own('fail-twins')).rejects.toThrow('leaks: 1 test rows have their twin among the training rows')
  })
})

describe('the bootstrap', () => {
  const values = (rows: readonly GreweRow[], of: (row: GreweRow) => number): number[][] => [rows.map(of)]

  it('draws programs, so that copies of rows make no interval narrower', () => {
    const few = ['a', 'b', 'c', 'd'].flatMap((program) => rowsOf('s', program, 1))
    const many = ['a', 'b', 'c', 'd'].flatMap((program) => rowsOf('s', program, 50))
    const place = ({ program }: GreweRow): number => 'abcd'.indexOf(program)
    const wide = bootstrapMean(sumByProgram(few, values(few, place)), 1000, new Random(1))
    expect(bootstrapMean(sumByProgram(many, values(many, place)), 1000, new Random(1))).toEqual(wide)
    expect(wide.low).toBeGreaterThanOrEqual(0)
    expect(wide.high - wide.low).toBeGreaterThan(1.5)
  })

  it('covers the mean about as often as it says', () => {
    const rng = new Random(7)
    let covered = 0
    for (let trial = 0; trial < 120; trial++) {
      const rows = Array.from({ length: 40 }, (_, i) => sampleRow({ program: String(i) }))
      const drawn = rows.map(() => rng.next() + rng.next() + rng.next() - 1.5)
      const { low, high } = bootstrapMean(sumByProgram(rows, [drawn]), 150, rng.fork())
      if (low <= 0 && high >= 0) covered++
    }
    expect(covered / 120).toBeGreaterThan(0.88)
    expect(covered / 120).toBeLessThan(0.99)
  })
})

describe('the sign-flip test', () => {
  const p = (...differences: number[]): number => signFlipTest(differences, new Random(1))
  it('tries every pattern of few pairs', () => {
    expect(p(1, 1, 1)).toBe(2 / 8)
    expect(p(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).toBe(2 / 1024)
    expect(p(1, -1)).toBe(1)
    expect(p(0, 0, 0)).toBe(1)
    expect(p()).toBe(1)
  })

  it('draws patterns of many pairs, near what all would give', () => {
    const rng = new Random(3)
    const none = Array.from({ length: 40 }, () => rng.next() - 0.5)
    expect(p(...none)).toBeGreaterThan(0.05)
    expect(p(...none.map((value) => value + 0.5))).toBeLessThan(0.001)
  })
})

describe('evaluate', () => {
  const rows = modelledRows(150, 5)
  const seeds = [0, 1, 2]

  it('predicts each row by a model that has not seen its program', async () => {
    // Each program's label is its own: only a model that saw the program could know.
    const secret = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((program, i) =>
      rowsOf('s', program, 4).map((row): GreweRow => {
        const label: DeviceLabel = i % 2 === 0 ? 'CPU' : 'GPU'
        return { ...row, features: [i * 10, 0, 0, 0], label, runtimeGpuMs: label === 'GPU' ? 1 : 3 }
      }),
    )
    const { sets } = await evaluate([data(secret)], data(secret), { cv: 'leave-one-program-out', seeds })
    const right = sets[0].predictions.map((labels) => labels.filter((label, i) => label === secret[i].label).length)
    expect(right.every((count) => count <= 8)).toBe(true)
  })

  it('finds that more of the same data help, and that noise does not', async () => {
    const few = data(
      modelledRows(12, 9).map((row) => ({ ...row, program: `t-${row.program}` })),
      'few',
    )
    const more = data(
      [...few.rows, ...modelledRows(400, 11).map((row) => ({ ...row, program: `u-${row.program}` }))],
      'more',
    )
    const evaluation = await evaluate([few, more], data(rows), { cv: 'none', seeds })
    const { comparisons, sets } = reportEvaluation(evaluation, { resamples: 200 })
    expect(sets[1].scores.accuracy).toBeGreaterThan(sets[0].scores.accuracy)
    expect(comparisons).toMatchObject([{ name: 'more', against: 'few', programs: 50 }])
    expect(comparisons[0].speedupInterval.low).toBeGreaterThan(1)
    expect(comparisons[0].programsP.speedup).toBeLessThan(0.01)
    expect(comparisons[0].gapClosed).toBeGreaterThan(0.5)
  })

  it('takes seeds that change nothing for no evidence', async () => {
    const halves = [rows.slice(0, 75), rows].map((half, i) => data(half, `h${i}`))
    const options = { cv: 'leave-one-suite-out', seeds, model: { kind: 'k-nn' } } as const
    const other = rows.map((row) => ({ ...row, suite: 'other', program: `o-${row.program}` }))
    const { comparisons } = reportEvaluation(await evaluate(halves, data(other), options), { resamples: 100 })
    expect(comparisons[0].seedsP).toEqual({ speedup: Number.NaN, accuracy: Number.NaN })
    expect(comparisons[0].programsP.accuracy).toBeLessThan(0.05)
  })

  it('gives the same report twice, with groups that add up', async () => {
    const run = async () => {
      const evaluation = await evaluate([data(rows)], data(rows), { cv: 'kfold', folds: 4, seeds })
      return reportEvaluation(evaluation, { resamples: 100 })
    }
    const report = await run()
    expect(await run()).toEqual(report)
    const [{ programs, scores, accuracyInterval, geomeanSpeedupInterval }] = report.sets
    const sum = programs.reduce((total, { scores: own }) => total + own.rows * own.accuracy, 0)
    expect(sum / rows.length).toBeCloseTo(scores.accuracy, 12)
    expect(accuracyInterval.low).toBeLessThanOrEqual(scores.accuracy)
    expect(geomeanSpeedupInterval.high).toBeGreaterThanOrEqual(scores.geomeanSpeedup)
  })

  it('stops when it is told to, and says how far it is', async () => {
    const stop = new AbortController()
    const seen: number[][] = []
    const onProgress = (done: number, total: number): void => {
      seen.push([done, total])
      if (done === 2) stop.abort()
    }
    const options = { cv: 'leave-one-program-out', seeds, signal: stop.signal, onProgress } as const
    await expect(evaluate([data(rows)], data(rows), options)).rejects.toThrow('abort')
    expect(seen).toEqual([
      [1, 150],
      [2, 150],
    ])
  })

  it('refuses what it cannot do, naming it', async () => {
    const own = data(rows)
    await expect(evaluate([], own, { cv: 'none' })).rejects.toThrow('train: expected at least one')
    await expect(evaluate([own], data([]), { cv: 'none' })).rejects.toThrow('test: expected rows')
    await expect(evaluate([own], own, { cv: 'kfold', folds: 1 })).rejects.toThrow('folds: expected an integer')
    await expect(evaluate([own], own, { cv: 'kfold', seeds: [] })).rejects.toThrow('seeds: expected at least one')
    const one = data(rowsOf('s', 'a', 3))
    await expect(evaluate([one], one, { cv: 'leave-one-program-out' })).rejects.toThrow(
      'no rows left to learn from for a',
    )
  })
})
