// The course of searches by their generations: BenchPress's AnalyzeBeamSearch, and what of GenDistanceDistribution can
// be told from traces.

import type { EvaluationRun } from '../records.ts'
import { evaluateCourse } from './convergence.ts'
import type { Evaluator } from './evaluator.ts'

const mostPlaces = 61

export const overGenerations: Evaluator = {
  id: 'over-generations',
  title: 'Distance over generations',
  question: 'How near is each group after how many generations? Groups without generations are left out.',
  evaluate(input) {
    const last = Math.max(0, ...input.results.runs.map(lastGeneration))
    const step = Math.max(1, Math.ceil(last / (mostPlaces - 1)))
    return evaluateCourse(input, {
      ...{ noun: 'generations', column: 'generation' },
      places: Array.from({ length: Math.ceil(last / step) + 1 }, (_, i) => i * step),
      placeOf: ({ generation }) => generation,
      x: { label: 'generation' },
      has: hasGenerations(input.results.runs),
    })
  },
}

function lastGeneration({ trace }: EvaluationRun): number {
  return trace[trace.length - 1]?.generation ?? 0
}

/** A run that found its best in generation 0 counts, where its group has later ones. */
function hasGenerations(runs: readonly EvaluationRun[]): (run: EvaluationRun) => boolean {
  const groups = new Set(runs.filter((run) => lastGeneration(run) > 0).map(({ group }) => group))
  return ({ group }) => groups.has(group)
}
