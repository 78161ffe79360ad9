// BenchPress's MinScore.

import type { Evaluator } from './evaluator.ts'
import { evaluateProximity } from './proximity.ts'
import { proximityOf } from './runs.ts'

export const nearest: Evaluator = {
  id: 'nearest',
  title: 'Nearest kernel',
  question:
    'How near does each group come to each target? Relative proximity is 100 · (1 − distance / ‖target‖), from 0 to 100; ' +
    '100 is an exact match.',
  evaluate: (input) =>
    evaluateProximity(input, { noun: 'Proximity of the nearest kernel', read: proximityOf, withRuns: true }),
}
