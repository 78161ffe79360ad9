// What share of what a group hands to the compiler compiles, and what share of what parses it had not made before.

import type { EvaluationRun } from '../records.ts'
import { type Estimate, estimateRatio } from '../statistics/estimate.ts'
import { gridOf } from '../statistics/grid.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import {
  absent,
  type DataValue,
  type Evaluator,
  type EvaluatorInput,
  type Figure,
  numbers,
  texts,
} from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { runsOf } from './runs.ts'

export const compileRate: Evaluator = {
  id: 'compile-rate',
  title: 'Compile rate and unique rate',
  question:
    'What share of the candidates that were handed to the compiler compiles, and what share of those that parse has a ' +
    'normal form that the run had not seen?',
  evaluate(input) {
    const { spaces, groups } = input.results
    const rates = spaces.flatMap((space) => groups.flatMap((group) => ratesOf(input, space, group)))
    const figures = [
      ...drawRates(input, rates, 'compiled', 'compile, of those handed to the compiler'),
      ...drawRates(input, rates, 'unique', 'have a new normal form, of those that parse'),
    ]
    if (figures.length === 0) return absent('No group tells what it handed to the compiler or what parsed.')
    const columns = [
      ...texts('space', 'group'),
      ...numbers(0, 'candidates', 'parsed', 'unique', 'handed to the compiler', 'compiled'),
      ...numbers(2, 'compile rate, %', '95 % from', 'to', 'unique rate, %', 'unique, 95 % from', 'unique, to'),
    ]
    const rows = rates.map(({ space, group, counts, compiled, unique }): DataValue[] => [
      ...[space, group, ...counts],
      ...[compiled, unique].flatMap((rate) =>
        rate === undefined ? [null, null, null] : [100 * rate.mean, 100 * rate.low, 100 * rate.high],
      ),
    ])
    const notes = [
      'An empty place: the group does not tell. Searches that compile only what could enter the beam have no rate that compares.',
      'A normal form counts once in a run. Seeds of mutation are no candidates; mined kernels compiled when they were mined.',
      'Groups that write under rules or read finished kernels compile more than those that write freely: the rate says what a group wastes, not how good its kernels are.',
    ]
    const table = { name: 'rates', title: 'Compile and unique rates', columns, rows }
    return { kind: 'present', figures, tables: [table], notes }
  },
}

interface Rates {
  readonly space: string
  readonly group: string
  /** Evaluated, parsed, unique, checked, compiled. */
  readonly counts: readonly DataValue[]
  readonly compiled: Estimate | undefined
  readonly unique: Estimate | undefined
}

type Count = 'evaluated' | 'parsed' | 'unique' | 'checked' | 'compiled'

/** None where the group has no run. */
function ratesOf(input: EvaluatorInput, space: string, group: string): Rates[] {
  const runs = runsOf(input.results, space, group)
  if (runs.length === 0) return []
  const total = (count: Count): number | null => {
    const values = runs.flatMap((run) => run[count] ?? [])
    return values.length < runs.length ? null : values.reduce((sum, value) => sum + value, 0)
  }
  const rate = (above: Count, below: Count): Estimate | undefined => {
    if (total(above) === null || !(Number(total(below)) > 0)) return undefined
    const grid = (count: Count) => gridOf(input.results, space, group, (run: EvaluationRun) => run[count] ?? Number.NaN)
    const { targets, seeds, values } = grid(above)
    return estimateRatio({ targets, seeds, left: values, right: grid(below).values }, input.seed)
  }
  const counts = (['evaluated', 'parsed', 'unique', 'checked', 'compiled'] as const).map(total)
  return [{ space, group, counts, compiled: rate('compiled', 'checked'), unique: rate('unique', 'parsed') }]
}

function drawRates(
  { styles, drawing }: EvaluatorInput,
  rates: readonly Rates[],
  name: 'compiled' | 'unique',
  what: string,
): Figure[] {
  const rows = rates.flatMap(({ space, group, ...own }): IntervalRow[] => {
    const rate = own[name]
    if (rate === undefined) return []
    const [value, low, high] = [rate.mean, rate.low, rate.high].map((share) => 100 * share)
    return [{ panel: space, style: styleOf(styles, group), value, low, high, text: `${value.toFixed(1)} %` }]
  })
  if (rows.length === 0) return []
  const svg = drawIntervals(drawing, `Candidates that ${what}`, rows, { label: 'candidates, %', domain: [0, 100] })
  const caption = `Candidates that ${what}: all runs of a space together, with 95 % intervals.`
  return [{ name, svg, caption, tables: ['rates'] }]
}
