// The course of searches by the clock, start-up included.

import { evaluateCourse } from './convergence.ts'
import { absent, type Evaluator } from './evaluator.ts'
import { logTicks } from './line-chart.ts'

const moments = 60

export const overTime: Evaluator = {
  id: 'over-time',
  title: 'Distance over time',
  question: 'How near is each group after how many seconds, start-up included?',
  evaluate(input) {
    const { budgetMs, runs } = input.results
    const firsts = runs.flatMap(({ trace }) => (trace.length === 0 ? [] : [trace[0].ms]))
    if (firsts.length === 0) return absent('No run found anything.')
    const [start, end] = [Math.max(1, Math.min(...firsts, budgetMs / 2)) / 1000, budgetMs / 1000]
    const places = Array.from({ length: moments }, (_, i) => start * (end / start) ** (i / (moments - 1)))
    return evaluateCourse(input, {
      ...{ noun: 'time', column: 'seconds', places },
      placeOf: ({ ms }) => ms / 1000,
      x: { label: 'seconds since the run began', type: 'log', ticks: logTicks(start, end) },
      has: () => true,
    })
  },
}
