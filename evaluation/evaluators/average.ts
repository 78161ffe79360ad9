// BenchPress's KAverageScore. There, kernels that are missing count as exact matches (the sum over those that exist is
// divided by K); here they count as none.

import { relativeProximity } from '../../features/index.ts'
import type { EvaluationRun } from '../records.ts'
import { mean } from './convergence.ts'
import { type DataTable, type DataValue, type Evaluator, type EvaluatorInput, numbers, texts } from './evaluator.ts'
import { evaluateProximity } from './proximity.ts'
import { averageProximity, runsOf } from './runs.ts'

export const average: Evaluator = {
  id: 'average',
  title: 'Average of the K nearest kernels',
  question:
    'How near are the nearest kernels together, unique by normal form? Groups that find one kernel and no second are told ' +
    'from those that find many.',
  evaluate(input) {
    const { topK } = input
    const evidence = evaluateProximity(input, {
      noun: `Average proximity of the ${topK} nearest kernels`,
      read: (run) => averageProximity(run, topK),
    })
    if (evidence.kind === 'absent') return evidence
    const note =
      'The vectors that ship for corpus differ from one another, while kernels of other groups may sit at one place: the last table has both.'
    return { ...evidence, tables: [...evidence.tables, distinctTable(input)], notes: [...evidence.notes, note] }
  },
}

/** What the average is of kernels with different vectors: the first at each place, as many as there are. */
function distinctTable({ results, topK }: EvaluatorInput): DataTable {
  const placesOf = ({ best, space }: EvaluationRun): number[] => {
    const places = new Map<string, number>()
    for (const { kernel, distance } of best.slice(0, topK)) {
      const place = results.kernels.get(kernel)?.vectors[space]?.join() ?? kernel
      if (!places.has(place)) places.set(place, distance)
    }
    return [...places.values()]
  }
  const rows = results.spaces.flatMap((space) =>
    results.groups.flatMap((group): DataValue[][] => {
      const runs = runsOf(results, space, group)
      if (runs.length === 0) return []
      const places = runs.map(placesOf)
      const proximities = runs.flatMap(({ targetVector }, i) =>
        places[i].length === 0 ? [] : [mean(places[i].map((distance) => relativeProximity(distance, targetVector)))],
      )
      const kernels = mean(runs.map(({ best }) => best.slice(0, topK).length))
      const average = proximities.length === 0 ? null : mean(proximities)
      return [[space, group, runs.length, kernels, mean(places.map(({ length }) => length)), average]]
    }),
  )
  const columns = [
    ...texts('space', 'group'),
    ...numbers(0, 'runs'),
    ...numbers(2, 'kernels a run', 'different vectors a run', 'mean proximity of different vectors, %'),
  ]
  const title = `Different vectors among the ${topK} nearest; a run counts with as many as it has`
  return { name: 'distinct', title, columns, rows }
}
