// Results of a run whose every figure can be worked out by hand from its ledger.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DeviceLabel, GreweRow } from '../../../../active-learning/data-set.ts'
import {
  CorpusSource,
  type Fold,
  foldsBySuite,
  type LearnResults,
  Ledger,
  learn,
  seedCorpus,
  writeLearnReport,
} from '../../../../active-learning/loop/index.ts'
import { readCourses } from '../../../../active-learning/loop/report/courses.ts'
import { findInfluences } from '../../../../active-learning/loop/report/influence.ts'
import { readResults } from '../../../../active-learning/loop/report/results.ts'
import { predictRows } from '../../../../active-learning/loop/score.ts'
import { temporaryFolder } from '../../../corpora/samples.ts'
import { modelledLabeller, modelledRows } from '../../modelled.ts'

const folds = foldsBySuite({ name: 'modelled', rows: modelledRows(48, 1) }, 'each').slice(0, 2)
const corpus = new CorpusSource(seedCorpus())

async function run(path: string): Promise<void> {
  using ledger = Ledger.open(path)
  const parts = { folds, sources: { corpus, search: corpus }, labeller: modelledLabeller() }
  const options = { seeds: [0, 1], batch: 3, candidates: 40, pool: 8, stop: { rounds: 2 }, members: { mlp: 0 } }
  const control = { signal: new AbortController().signal, version: 'test', nowMs: 0 }
  await learn(parts, { ...options, arms: ['active', 'random'] }, ledger, control)
}

describe('the report', () => {
  let folder = ''
  let ledger: Ledger
  let results: LearnResults | undefined

  beforeAll(async () => {
    // Not `temporaryFolder`, which is removed after the first test.
    folder = mkdtempSync(join(tmpdir(), 'benchsteer-test-'))
    await run(join(folder, 'learn.db'))
    ledger = Ledger.open(join(folder, 'learn.db'), true)
    results = await writeLearnReport(folder, ledger, folds)
    return () => {
      ledger[Symbol.dispose]()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('has the speedups that its ledger has', () => {
    const rowsOf = ({ test }: Fold) => test
    const rows = folds.flatMap(rowsOf)
    const log = (time: number): number => Math.log(time)
    const cpu = rows.reduce((sum, row) => sum + log(row.runtimeCpuMs), 0)
    const gpu = rows.reduce((sum, row) => sum + log(row.runtimeGpuMs), 0)
    expect(results?.staticBest).toBe(gpu < cpu ? 'GPU' : 'CPU')
    const oracle = rows.reduce((sum, row) => sum + log(Math.min(row.runtimeCpuMs, row.runtimeGpuMs)), 0)
    expect(results?.oracleSpeedup).toBeCloseTo(Math.exp((Math.min(cpu, gpu) - oracle) / rows.length), 10)

    const active = results?.curves.find(({ arm }) => arm === 'active')
    let chosen = 0
    let right = 0
    for (const { id, arm, fold: name } of ledger.trajectories()) {
      if (arm !== 'active') continue
      const fold = folds.find((own) => own.name === name)!
      const trees = ledger.round(id, 2)?.score?.predictions ?? []
      expect(trees).toHaveLength(10)
      for (const predictions of trees) {
        for (const [i, row] of fold.test.entries()) {
          chosen += log(predictions[i] === 'G' ? row.runtimeGpuMs : row.runtimeCpuMs)
          if (predictions[i] === row.label[0]) right++
        }
      }
    }
    const last = active?.points[2]
    expect(last?.speedup.ratio).toBeCloseTo(Math.exp((Math.min(cpu, gpu) - chosen / 20) / rows.length), 10)
    expect(last?.accuracy).toBeCloseTo(right / (20 * rows.length), 12)
    const baseline = results?.baseline.ratio ?? 0
    const [closed] = results?.gapClosed ?? []
    const gone = Math.log((last?.speedup.ratio ?? 0) / baseline)
    expect(closed?.share?.share).toBeCloseTo(gone / Math.log((results?.oracleSpeedup ?? 0) / baseline), 10)
  })

  it('begins every curve at the baseline, and compares after the same round', () => {
    expect(results?.rounds).toBe(2)
    expect(results?.curves.map(({ arm }) => arm)).toEqual(['active', 'random'])
    for (const { points } of results?.curves ?? []) {
      expect(points).toHaveLength(3)
      expect(points[0].speedup).toEqual(results?.baseline)
      expect(points[0].addedKernels).toBe(0)
    }
    const pairs = results?.comparisons.map(({ arm, against }) => `${arm} ${against}`)
    expect(pairs).toEqual(['active baseline', 'random baseline', 'active random'])
    expect(results?.timeSources).toMatchObject({ modelled: expect.any(Number) })
  })

  it('finds the predictions that change without a benchmark', () => {
    const courses = readCourses(ledger, folds)
    const { influences, looked, all } = findInfluences(ledger, courses, 1000)
    const benchmarks = courses.flatMap(({ trajectory }) => ledger.rows(trajectory.id))
    expect([looked, all]).toEqual([benchmarks.length, benchmarks.length])
    expect(influences.length).toBeGreaterThan(0)
    for (const { arm, fold: name, seed, kernelKey, changed } of influences) {
      const course = courses.find(
        ({ trajectory }) => trajectory.arm === arm && trajectory.fold === name && trajectory.seed === seed,
      )!
      const rows = ledger.rows(course.trajectory.id).map(({ row }) => row)
      const { train, test } = course.fold
      const votes = (train: readonly GreweRow[]): DeviceLabel[] => {
        const trees = predictRows(train, test)
        return test.map((_, i) => (trees.filter((own) => own[i] === 'GPU').length > 5 ? 'GPU' : 'CPU'))
      }
      const withIt = votes([...train, ...rows])
      const without = votes([...train, ...rows.filter(({ sourceKey }) => sourceKey !== kernelKey)])
      expect(changed).toHaveLength(test.filter((_, i) => withIt[i] !== without[i]).length)
    }
    expect(findInfluences(ledger, courses, 5)).toMatchObject({ looked: 5 })
  })

  it('is the same from the same ledger, and leaves nothing but its two files', async () => {
    const other = temporaryFolder()
    await writeLearnReport(other, ledger, folds)
    for (const name of ['report.html', 'results.json']) {
      expect(readFileSync(join(other, name), 'utf8')).toBe(readFileSync(join(folder, name), 'utf8'))
    }
  })

  it('scores trees with larger leaves where it is asked to, over the same rows', async () => {
    const other = temporaryFolder()
    const pruned = await writeLearnReport(other, ledger, folds, { minSamplesLeaf: 8 })
    const [{ trajectory, fold, scores }] = readCourses(ledger, folds, { minSamplesLeaf: 8 })
    const rows = ledger.rows(trajectory.id).flatMap(({ round, row }) => (round <= 1 ? row : []))
    const predicted = predictRows([...fold.train, ...rows], fold.test, { minSamplesLeaf: 8 })
    expect(scores[1].predictions).toEqual(predicted.map((own) => own.map((label) => label[0]).join('')))
    expect(scores[1].predictions).not.toEqual(readCourses(ledger, folds)[0].scores[1].predictions)
    expect(pruned).toMatchObject({ minSamplesLeaf: 8, rounds: results?.rounds, costs: results?.costs })
    expect(readFileSync(join(other, 'report.html'), 'utf8')).toMatch(/rows that each leaf keeps[^0-9]*8/)
  })

  it('says in words whether active learning helped, and that times are modelled', () => {
    const html = readFileSync(join(folder, 'report.html'), 'utf8')
    expect(html).toMatch(/What the active learner chooses is (?:faster|slower) than the baseline/)
    expect(html).toMatch(/95 % interval (?:lies (?:above|below) zero|holds zero)/)
    expect(html).toContain('estimates of a cost model, not measurements')
    expect(html).toMatch(/Over programs, a sign-flip test has p = /)
    expect(html).toMatch(/lie at \d+ points where equal F1 to F4 carry both labels/)
  })

  it('counts a learner that rests as far as the others have come', () => {
    const courses = readCourses(ledger, folds)
    const [first, ...others] = courses
    const shorter = [{ ...first, scores: first.scores.slice(0, 2) }, ...others]
    const kernels = first.scores[1].addedKernels
    const identity = ledger.identity() ?? {}
    const roundsUnder = (benchmarks: number): number | undefined => {
      ledger.claim(identity, { rounds: Number.POSITIVE_INFINITY, benchmarks }, 'test', 0)
      return readResults(ledger, folds, shorter)?.rounds
    }
    expect(ledger.rules()).toEqual({ rounds: 2, entropy: 0 })
    expect([kernels + 1, kernels].map(roundsUnder)).toEqual([1, 2])
    ledger.claim(identity, { rounds: 2 }, 'test', 0)
  })

  it('is not there before every learner has been scored once', async () => {
    using empty = Ledger.open(join(temporaryFolder(), 'learn.db'))
    empty.trajectory('active', folds[0].name, 0)
    expect(await writeLearnReport(temporaryFolder(), empty, folds)).toBeUndefined()
  })
})
