// A short run of each group that searches, as the evaluation does it: a process of its own, the shipped model, the real
// compiler and device. What it finds is the group's affair; that it is timed, counted and judged like any other is not.

import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { RunOrder, RunResult } from '../../../evaluation/runner/do-run.ts'
import { runApart } from '../../../evaluation/runner/run-process.ts'
import { euclidean, findFeatureSpace } from '../../../features/index.ts'
import { packagePath } from '../../../kernels/index.ts'
import { resolveTargets } from '../../../synth/index.ts'

const model = packagePath('model')
const hasModel = existsSync(packagePath('model', 'model.json'))
if (!hasModel) console.warn('SKIPPED: real runs of groups: model/model.json is missing')

/** The second where a busy machine had nothing after the first. */
const budgetsMs = [12_000, 60_000]
/** A search ends between two steps; then the last kernels are still handed over. */
const endingMs = 6000
const keep = 3

async function runOf(name: string, space: string, budgetMs: number): Promise<RunResult> {
  const targets = await resolveTargets('rodinia/kmeans', findFeatureSpace(space))
  const order: RunOrder = {
    ...{ group: { kind: 'built-in', name }, target: targets[0], seed: 1, budgetMs, keep },
    settings: { model, cores: availableParallelism() },
  }
  return await runApart(order, new AbortController().signal)
}

describe.skipIf(!hasModel)('a real run of', { timeout: 180_000 }, () => {
  it.each([
    ['full', 'grewe'],
    ['directed', 'instcount'],
    ['left-to-right', 'instcount'],
    ['mutate', 'grewe'],
  ])('%s in %s keeps its budget, and its counts and trace are of one piece', async (name, space) => {
    let [budgetMs] = budgetsMs
    let result = await runOf(name, space, budgetMs)
    if (result.best.length === 0) {
      expect(result.trace).toEqual([])
      budgetMs = budgetsMs[1]
      result = await runOf(name, space, budgetMs)
    }
    const { wallMs, best, trace, kernels, ...counts } = result
    expect(wallMs).toBeLessThan(budgetMs + endingMs)
    for (const { foundMs } of best) expect(foundMs).toBeLessThanOrEqual(1.01 * budgetMs + 100)

    expect(counts.evaluated).toBeGreaterThan(0)
    const stages = [counts.evaluated, counts.parsed, counts.unique, counts.checked, counts.compiled]
    const told = stages.filter((count) => count !== null)
    expect(told.toSorted((a, b) => b - a)).toEqual(told)

    expect(best.length).toBeGreaterThan(0)
    expect(best.length).toBeLessThanOrEqual(keep)
    expect(new Set(best.map(({ kernel }) => kernel)).size).toBe(best.length)
    expect(trace.at(-1)?.distance).toBe(best[0].distance)
    for (const [i, step] of trace.entries()) {
      expect(step.evaluated).toBeLessThanOrEqual(counts.evaluated)
      if (i === 0) continue
      expect(step.distance).toBeLessThan(trace[i - 1].distance)
      expect(step.ms).toBeGreaterThanOrEqual(trace[i - 1].ms)
      expect(step.evaluated).toBeGreaterThanOrEqual(trace[i - 1].evaluated)
    }

    const [{ values }] = await resolveTargets('rodinia/kmeans', findFeatureSpace(space))
    expect(best.map(({ distance }) => distance)).toEqual(best.map(({ distance }) => distance).sort((a, b) => a - b))
    for (const { kernel: id, distance } of best) {
      const kernel = kernels.find((own) => own.id === id)
      expect(kernel?.source).toContain('kernel void')
      expect(euclidean(kernel?.vectors[space] ?? [], values)).toBeCloseTo(distance, 9)
    }
    if (name === 'left-to-right') expect(counts.checked).toBe(counts.unique)
    if (name === 'mutate') expect(trace[0].evaluated).toBe(0) // a seed: offered, not made
  })
})
