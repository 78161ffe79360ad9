// BenchPress's GreweTopKCSV, GreweCSV and TrainGrewe: what a group's labelled kernels do for the heuristic that maps
// kernels to CPU or GPU. Each program of the base is held out in turn and the tree is trained without and with them.

import { type EvaluationReport, evaluate, reportEvaluation } from '../../active-learning/index.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
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

const seeds = [0, 1, 2, 3, 4]

export const greweEffect: Evaluator = {
  id: 'grewe-effect',
  title: 'Effect on the Grewe heuristic',
  question:
    'Does the heuristic that chooses between CPU and GPU choose better on programs that it has not seen when the labelled ' +
    'kernels of a group are added to its training set?',
  async evaluate(input) {
    const { labelled } = input
    if (labelled === undefined)
      return absent('No labelled rows were given: neither a base set nor timed kernels of the groups.')
    const groups = input.results.groups.filter((group) => (labelled.byGroup.get(group)?.rows.length ?? 0) > 0)
    if (groups.length === 0) return absent('No kernel of any group was timed on a CPU and a GPU.')
    const { base, byGroup } = labelled
    const sets = groups.map((group) => {
      return { name: group, rows: [...base.rows, ...(byGroup.get(group)?.rows ?? [])] }
    })
    const evaluation = await evaluate([base, ...sets], base, { cv: 'leave-one-program-out', seeds, leaks: 'drop' })
    const report = reportEvaluation(evaluation, { seed: input.seed })
    return {
      kind: 'present',
      figures: [drawEffect(input, report)],
      tables: [tableOf(report)],
      notes: [
        `Tested on ${report.testRows} rows of ${report.testPrograms} programs of ${base.name}, each program held out; speedups are over always choosing the ${report.bestStatic}.`,
        ...(labelled.byGroup.size > 0 && hasModelled(input)
          ? ['Some times are modelled: estimates of a cost model, not measurements.']
          : []),
      ],
    }
  },
}

function hasModelled({ labelled }: EvaluatorInput): boolean {
  const rows = [...(labelled?.byGroup.values() ?? [])].flatMap((set) => set.rows)
  return rows.some(({ timeSource }) => timeSource === 'modelled')
}

function drawEffect({ drawing, styles }: EvaluatorInput, { comparisons }: EvaluationReport): Figure {
  const rows = comparisons.map(({ name, speedup, speedupInterval: { low, high } }): IntervalRow => {
    const panel = 'speedup over training without them'
    return { panel, style: styleOf(styles, name), value: speedup, low, high, text: speedup.toFixed(3) }
  })
  const svg = drawIntervals(drawing, 'Speedup by the kernels of each group', rows, {
    label: 'time without over time with',
  })
  const caption =
    'Geometric mean of the time without a group’s kernels over the time with them; above 1 they help. 95 % intervals.'
  return { name: 'speedup', svg, caption, tables: ['effect'] }
}

function tableOf({ sets, comparisons }: EvaluationReport): DataTable {
  const rows = sets.map((set, i): DataValue[] => {
    const { accuracy, geomeanSpeedup, shareOfOracle } = set.scores
    const own = comparisons[i - 1]
    const gain =
      own === undefined
        ? [null, null, null, null]
        : [own.speedup, own.speedupInterval.low, own.speedupInterval.high, own.programsP.speedup]
    const name = i === 0 ? `${set.name} alone` : `with ${set.name}`
    return [name, set.trainRows, 100 * accuracy, geomeanSpeedup, 100 * shareOfOracle, ...gain]
  })
  const columns = [
    ...texts('training set'),
    ...numbers(0, 'rows'),
    ...numbers(1, 'accuracy, %'),
    ...numbers(3, 'speedup'),
    ...numbers(1, 'of the oracle, %'),
    ...numbers(3, 'speedup by the group', '95 % from', 'to', 'p, programs as pairs'),
  ]
  return { name: 'effect', title: 'The heuristic without and with each group’s kernels', columns, rows }
}
