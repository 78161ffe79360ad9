// BenchPress's KAverageScore. There, kernels that are missing count as exact matches (the sum over those that exist is
// divided by K); here they count as none.

import type { Evaluator } from './evaluator.ts'
import { evaluateProximity } from './proximity.ts'
import { averageProximity } from './runs.ts'

export const average: Evaluator = {
  id: 'average',
  title: 'Average of the K nearest kernels',
  question:
    'How near are the nearest kernels together, unique by normal form? Groups that find one kernel and no second are told ' +
    'from those that find many.',
  evaluate: (input) =>
    evaluateProximity(input, {
      noun: `Average proximity of the ${input.topK} nearest kernels`,
      read: (run) => averageProximity(run, input.topK),
    }),
}
