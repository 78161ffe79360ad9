// How long a group takes to come so near. Runs that do not are censored at the budget: the mean over all runs of the
// shorter of time and budget (restricted mean time) stays comparable, a median does where half of the runs arrive.

import { estimateMean } from '../statistics/estimate.ts'
import { gridOf } from '../statistics/grid.ts'
import { median } from './convergence.ts'
import {
  absent,
  type DataTable,
  type DataValue,
  type Evaluator,
  type EvaluatorInput,
  type Figure,
  numbers,
  texts,
} from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { drawLines, type LinePoint, logTicks } from './line-chart.ts'
import { distanceAtProximity, runsOf, timeToDistance } from './runs.ts'

const levels = [50, 75, 90, 95, 99, 100]
const drawnLevels = [90, 100]

export const timeToProximity: Evaluator = {
  id: 'time-to-proximity',
  title: 'Time to a given proximity',
  question:
    'After how many seconds, start-up included, has which share of runs come so near, and when had it anything at all?',
  evaluate(input) {
    const { spaces, budgetMs } = input.results
    const arrivals = spaces.flatMap((space) => levels.flatMap((level) => arrivalsOf(input, space, level)))
    if (arrivals.length === 0) return absent('There is no run yet.')
    const figures = spaces.flatMap((space) =>
      drawnLevels.flatMap((level) =>
        drawLevel(
          input,
          arrivals.filter((own) => own.space === space && own.level === level),
        ),
      ),
    )
    const columns = [
      ...texts('space'),
      ...numbers(0, 'proximity, %'),
      ...texts('group'),
      ...numbers(0, 'runs'),
      ...numbers(1, 'runs that arrive, %'),
      ...numbers(2, 'median, s', 'restricted mean, s', '95 % from', 'to'),
    ]
    const rows = arrivals.map((own) => rowOf(own, input))
    const note = `Runs that do not arrive count the whole budget (${budgetMs / 1000} s) in the restricted mean; the median is left empty where fewer than half arrive.`
    const table = { name: 'times', title: 'Time to a proximity', columns, rows, isDetail: true }
    const first =
      'The first kernel of a search comes with the generation that measures it, when the network has filled the holes of the next one: what is found earlier is not handed over earlier.'
    return { kind: 'present', figures, tables: [firstTable(input), table], notes: [note, first] }
  },
}

/** When runs have anything at all, however far away. */
function firstTable({ results }: EvaluatorInput): DataTable {
  const rows = results.spaces.flatMap((space) =>
    results.groups.flatMap((group): DataValue[][] => {
      const runs = runsOf(results, space, group)
      if (runs.length === 0) return []
      const seconds = runs.flatMap(({ trace }) => (trace.length === 0 ? [] : [trace[0].ms / 1000]))
      seconds.sort((a, b) => a - b)
      const share = (100 * seconds.length) / runs.length
      const middle = seconds.length === 0 ? null : median(seconds)
      return [[space, group, runs.length, share, middle, seconds[0] ?? null, seconds.at(-1) ?? null]]
    }),
  )
  const columns = [
    ...texts('space', 'group'),
    ...numbers(0, 'runs'),
    ...numbers(1, 'runs with a kernel, %'),
    ...numbers(2, 'median, s', 'earliest, s', 'latest, s'),
  ]
  return { name: 'first', title: 'Time to the first kernel, of runs that have one', columns, rows }
}

/** When the runs of a group came so near. */
interface Arrivals {
  readonly space: string
  readonly level: number
  readonly group: string
  readonly runs: number
  /** Ascending, of those runs that did. */
  readonly seconds: readonly number[]
}

function arrivalsOf({ results }: EvaluatorInput, space: string, level: number): Arrivals[] {
  return results.groups.flatMap((group): Arrivals[] => {
    const runs = runsOf(results, space, group)
    if (runs.length === 0) return []
    const times = runs.flatMap((run) => timeToDistance(run, distanceAtProximity(level, run.targetVector)) ?? [])
    return [{ space, level, group, runs: runs.length, seconds: times.map((ms) => ms / 1000).sort((a, b) => a - b) }]
  })
}

function rowOf({ space, level, group, runs, seconds }: Arrivals, { results, seed }: EvaluatorInput): DataValue[] {
  const grid = gridOf(results, space, group, (run) => {
    const ms = timeToDistance(run, distanceAtProximity(level, run.targetVector))
    return (ms ?? results.budgetMs) / 1000
  })
  const estimate = estimateMean(grid, seed)
  return [
    ...[space, level, group, runs, (100 * seconds.length) / runs, seconds[Math.ceil(runs / 2) - 1] ?? null],
    ...[estimate?.mean ?? null, estimate?.low ?? null, estimate?.high ?? null],
  ]
}

function drawLevel({ results, styles, drawing }: EvaluatorInput, arrivals: readonly Arrivals[]): Figure[] {
  if (arrivals.every(({ seconds }) => seconds.length === 0)) return []
  const budget = results.budgetMs / 1000
  const start = Math.max(1e-3, 0.8 * Math.min(...arrivals.flatMap(({ seconds }) => seconds.slice(0, 1)), budget / 2))
  const points = arrivals.flatMap(({ group, runs, seconds }): LinePoint[] => {
    const style = styleOf(styles, group)
    const steps = seconds.map((x, i) => ({ style, x: Math.max(start, x), y: (100 * (i + 1)) / runs }))
    return [{ style, x: start, y: 0 }, ...steps, { style, x: budget, y: (100 * seconds.length) / runs }]
  })
  const [{ space, level }] = arrivals
  const svg = drawLines(drawing, `Share of runs at ${level} % over time in ${space}`, points, {
    x: { label: 'seconds since the run began', type: 'log', ticks: logTicks(start, budget) },
    y: { label: `runs at ${level} % proximity, %`, domain: [0, 100] },
    isStepped: true,
  })
  const what = level === 100 ? 'an exact match' : `a kernel of ${level} % proximity or more`
  const caption = `Share of runs that have ${what} in ${space}, over time.`
  return [{ name: `reached-${level}-${space}`, svg, caption, tables: ['times'] }]
}
