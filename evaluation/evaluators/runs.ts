// What evaluators read off a run.

import { relativeProximity } from '../../features/index.ts'
import type { EvaluationKernel, EvaluationResults, EvaluationRun } from '../records.ts'

/** Of the nearest kernel; 0 without one. 100 for an exact match. */
export function proximityOf({ best, targetVector }: EvaluationRun): number {
  return best.length === 0 ? 0 : relativeProximity(best[0].distance, targetVector)
}

/** Mean proximity of the nearest `k` kernels. Those that a run does not have count 0. */
export function averageProximity({ best, targetVector }: EvaluationRun, k: number): number {
  return best.slice(0, k).reduce((sum, { distance }) => sum + relativeProximity(distance, targetVector), 0) / k
}

export function isExact({ best }: EvaluationRun): boolean {
  return best.length > 0 && best[0].distance === 0
}

/** Of the target to the origin of the space. */
export function normOf(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
}

/** Of the nearest kernel; without one, as far as the origin. */
export function distanceOf({ best, targetVector }: EvaluationRun): number {
  return best.length === 0 ? normOf(targetVector) : best[0].distance
}

/** When a run had first come so near, in ms; undefined if it never had. Never later than the budget. */
export function timeToDistance({ trace, budgetMs }: EvaluationRun, distance: number): number | undefined {
  const step = trace.find((own) => own.distance <= distance * (1 + 1e-12))
  return step === undefined || step.ms > budgetMs ? undefined : step.ms
}

/** The distance that has that proximity. */
export function distanceAtProximity(proximity: number, vector: readonly number[]): number {
  return (1 - proximity / 100) * normOf(vector)
}

export function runsOf({ runs }: EvaluationResults, space: string, group: string): EvaluationRun[] {
  return runs.filter((run) => run.space === space && run.group === group)
}

/** Kernels that a group returned, each once, in any of its runs or in those of a space. */
export function kernelsOf({ runs, kernels }: EvaluationResults, group: string, space?: string): EvaluationKernel[] {
  const ids = new Set<string>()
  for (const run of runs) {
    if (run.group !== group || (space !== undefined && run.space !== space)) continue
    for (const { kernel } of run.best) ids.add(kernel)
  }
  return [...ids].flatMap((id) => kernels.get(id) ?? [])
}

/** Vectors of kernels in a space; kernels that have none there are left out. */
export function vectorsOf(kernels: readonly EvaluationKernel[], space: string): (readonly number[])[] {
  return kernels.flatMap(({ vectors }) => (vectors[space] === undefined ? [] : [vectors[space]]))
}
