// BenchDirect's headline figures, of our directed against our undirected search: how much nearer, how many more exact
// matches, how much less time (Tsimpourlas et al., "BenchDirect: A Directed Language Model for Compiler Benchmarks",
// PACT 2023, reports up to 36 % nearer, 1.8 times the exact matches, up to 72 % less time).

import type { EvaluationResults, EvaluationRun } from '../records.ts'
import { type Estimate, estimateRatio } from '../statistics/estimate.ts'
import { gridOf, pairGrids, targetKey } from '../statistics/grid.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import { absent, type DataValue, type Evaluator, type EvaluatorInput, numbers, texts } from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { distanceOf, isExact, proximityOf, timeToDistance } from './runs.ts'

const [directed, undirected] = ['directed', 'undirected']

export const directedGain: Evaluator = {
  id: 'directed-gain',
  title: 'Directed against undirected',
  question:
    'BenchDirect’s headline figures, of our directed against our undirected search under the same budget: how much nearer, ' +
    'how many times the exact matches, how much less time?',
  evaluate(input) {
    const { spaces, groups } = input.results
    if (!groups.includes(directed) || !groups.includes(undirected)) {
      return absent(`It takes the groups ${directed} and ${undirected}; this evaluation has ${groups.join(', ')}.`)
    }
    const ratios = [...(spaces.length > 1 ? [null] : []), ...spaces].flatMap((space) => ratiosOf(input, space))
    if (ratios.length === 0) return absent('The two groups have no target in common.')
    const rows = ratios.map(({ space, figure, ratio: { mean, low, high } }): DataValue[] => {
      const change = figure === matches ? null : 100 * (1 - mean)
      return [space ?? 'all', figure, mean, low, high, change]
    })
    const columns = [...texts('space', 'figure'), ...numbers(3, 'ratio', '95 % from', 'to'), ...numbers(1, 'less, %')]
    const bars = ratios
      .filter(({ ratio }) => [ratio.mean, ratio.low, ratio.high].every((value) => value > 0 && Number.isFinite(value)))
      .map(({ space, figure, ratio }): IntervalRow => {
        const style = { ...styleOf(input.styles, directed), group: space ?? 'all spaces' }
        return {
          panel: figure,
          style,
          value: ratio.mean,
          low: ratio.low,
          high: ratio.high,
          text: ratio.mean.toFixed(2),
        }
      })
    const svg = drawIntervals(input.drawing, 'Directed over undirected', bars, {
      label: 'directed over undirected',
      type: 'log',
    })
    const caption =
      'Ratio of directed to undirected with 95 % intervals. Distances and time: below 1 directed is better; exact matches: above 1.'
    return {
      kind: 'present',
      figures: bars.length === 0 ? [] : [{ name: 'ratios', svg, caption, tables: ['ratios'] }],
      tables: [{ name: 'ratios', title: 'Directed over undirected', columns, rows }],
      notes: [
        'A row of exact matches is left out where neither group has any; where undirected alone has none, the ratio is infinite.',
        'Time: until the distance that both reached, the farther of their two ends, for each target and seed; sums of both over one another. A search that found nothing counts the budget.',
        'BenchDirect reports up to 36 % nearer, 1.8 times the exact matches and up to 72 % less time, against its own undirected model, on other hardware and budgets, its time in samples drawn.',
      ],
    }
  },
}

const matches = 'exact matches'

interface Ratio {
  readonly space: string | null
  readonly figure: string
  readonly ratio: Estimate
}

function ratiosOf({ results, seed }: EvaluatorInput, space: string | null): Ratio[] {
  const marks = marksOf(results)
  const figures: readonly [string, (run: EvaluationRun) => number][] = [
    ['mean distance', distanceOf],
    ['mean relative distance', (run) => 100 - proximityOf(run)],
    [matches, (run) => (isExact(run) ? 1 : 0)],
    ['time to what both reached', (run) => timeToDistance(run, marks.get(keyOf(run)) ?? 0) ?? run.budgetMs],
  ]
  return figures.flatMap(([figure, read]): Ratio[] => {
    const pairs = pairGrids(gridOf(results, space, directed, read), gridOf(results, space, undirected, read))
    const ratio = estimateRatio(pairs, seed)
    // None against none is no ratio of successes.
    const isEmpty = figure === matches && [...pairs.left, ...pairs.right].flat().every((value) => value === 0)
    return ratio === undefined || isEmpty ? [] : [{ space, figure, ratio }]
  })
}

/** The farther of the two ends, by space, target and seed. */
function marksOf({ runs }: EvaluationResults): Map<string, number> {
  const marks = new Map<string, number>()
  for (const run of runs) {
    const end = run.trace[run.trace.length - 1]
    if ((run.group !== directed && run.group !== undirected) || end === undefined) continue
    marks.set(keyOf(run), Math.max(end.distance, marks.get(keyOf(run)) ?? 0))
  }
  return marks
}

function keyOf(run: EvaluationRun): string {
  return [run.space, targetKey(run), run.seed].join('\n')
}
