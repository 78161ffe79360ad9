// Which benchmark changed which predictions: the heuristic is trained again without it, and what most of its
// trees then say otherwise of the held-out rows is due to the benchmark.

import type { DeviceLabel, GreweRow } from '../../data-set.ts'
import type { Ledger } from '../ledger.ts'
import { type HeuristicOptions, majorityAt, predictRows } from '../score.ts'
import type { Course } from './courses.ts'

/** A prediction that a benchmark changed. */
export interface ChangedPrediction {
  readonly program: string
  readonly kernel: string
  readonly dataset: string
  /** With the benchmark. */
  readonly to: DeviceLabel
  readonly isRight: boolean
  /** Runtime of the other device over that of the one it says now: above 1 is a gain. */
  readonly ratio: number
}

/** What one benchmark of one learner did. */
export interface Influence {
  readonly arm: string
  readonly fold: string
  readonly seed: number
  readonly round: number
  readonly kernelKey: string
  readonly label: DeviceLabel
  readonly changed: readonly ChangedPrediction[]
}

/**
 * By leaving each benchmark of some learners out, the learners in turn.
 * @param mostLeftOut - benchmarks left out in turn at most
 * @param heuristic - that the courses were scored with
 * @returns those that changed anything, greatest effect on runtime first, and how many were looked at of how many
 */
export function findInfluences(
  ledger: Ledger,
  courses: readonly Course[],
  mostLeftOut: number,
  heuristic: HeuristicOptions = {},
): { readonly influences: readonly Influence[]; readonly looked: number; readonly all: number } {
  const tasks = courses.flatMap((course) => benchmarksOf(ledger, course).map((benchmark) => ({ course, benchmark })))
  // Every course has some of its own looked at, where not all can be.
  const step = Math.max(1, tasks.length / mostLeftOut)
  const chosen = tasks.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)).slice(0, mostLeftOut)
  const influences = chosen.flatMap(({ course, benchmark }): Influence[] => {
    const changed = changedBy(course, benchmark, heuristic)
    if (changed.length === 0) return []
    const { arm, fold, seed } = course.trajectory
    const { round, kernelKey, label } = benchmark
    return [{ arm, fold, seed, round, kernelKey, label, changed }]
  })
  const effect = ({ changed }: Influence): number =>
    Math.abs(changed.reduce((sum, { ratio }) => sum + Math.log(ratio), 0))
  return {
    influences: influences.sort((a, b) => effect(b) - effect(a) || (a.kernelKey < b.kernelKey ? -1 : 1)),
    ...{ looked: chosen.length, all: tasks.length },
  }
}

interface AddedBenchmark {
  readonly round: number
  readonly kernelKey: string
  readonly label: DeviceLabel
  /** Of the learner, with and without it. */
  readonly all: readonly GreweRow[]
  readonly others: readonly GreweRow[]
}

function benchmarksOf(ledger: Ledger, { trajectory, scores }: Course): AddedBenchmark[] {
  const added = ledger.rows(trajectory.id).filter(({ round }) => round < scores.length)
  const all = added.map(({ row }) => row)
  return [...new Set(all.flatMap(({ sourceKey }) => sourceKey ?? []))].flatMap((kernelKey) => {
    const own = added.find(({ row }) => row.sourceKey === kernelKey)
    const others = all.filter(({ sourceKey }) => sourceKey !== kernelKey)
    return own === undefined ? [] : [{ round: own.round, kernelKey, label: own.row.label, all, others }]
  })
}

function changedBy(
  { fold, scores }: Course,
  { others }: AddedBenchmark,
  heuristic: HeuristicOptions,
): ChangedPrediction[] {
  const now = scores[scores.length - 1].predictions
  const without = predictRows([...fold.train, ...others], fold.test, heuristic)
  return fold.test.flatMap((row, i): ChangedPrediction[] => {
    const to = majorityAt(now, i)
    if (to === majorityAt(without, i)) return []
    const { program, kernel, dataset, runtimeCpuMs, runtimeGpuMs } = row
    const ratio = to === 'GPU' ? runtimeCpuMs / runtimeGpuMs : runtimeGpuMs / runtimeCpuMs
    return [{ program, kernel, dataset, to, isRight: to === row.label, ratio }]
  })
}
