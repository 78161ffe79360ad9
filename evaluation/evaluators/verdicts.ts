// Is the subject better than each rival? Differences with intervals and a paired test, corrected for their number.

import { alpha } from '../statistics/compare.ts'
import type { Measure, MeasuredComparison } from '../statistics/compare-all.ts'
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
import { averageProximity, isExact, proximityOf } from './runs.ts'

/** What rivals are compared by, the one that the verdict names first. */
export function measuresOf(topK: number): Measure[] {
  return [
    { id: 'nearest', title: 'proximity of the nearest kernel', read: proximityOf },
    { id: 'average', title: `average proximity of the ${topK} nearest`, read: (run) => averageProximity(run, topK) },
    { id: 'exact', title: 'exact matches, %', read: (run) => (isExact(run) ? 100 : 0) },
  ]
}

export const verdicts: Evaluator = {
  id: 'verdicts',
  title: 'Verdicts',
  question:
    'Is the subject better than each rival, over the same targets and seeds? The difference is in points of 100; the test ' +
    'changes the sign of whole programs.',
  evaluate(input) {
    const { comparisons } = input
    if (comparisons.length === 0) return absent('There is no rival with a target in common.')
    const main = comparisons.filter(({ isMain }) => isMain).length
    const notes = [
      `Better or worse: p below ${alpha} after Holm’s correction: over the ${main} rivals for the first measure over all spaces, which is the main question, and over the ${comparisons.length - main} other comparisons together. No difference shown is not the same as none. Too few: with so few programs and so many comparisons no single result could have been significant.`,
      'Targets of one program are alike: intervals draw programs and seeds again, the test changes the signs of programs. Intervals are not corrected.',
      'Rank-biserial: 1 where each target is better, −1 where each is worse.',
    ]
    const figures = measuresOf(input.topK).flatMap(({ id }) =>
      drawMeasure(
        input,
        comparisons.filter(({ measure }) => measure.id === id),
      ),
    )
    const tables = measuresOf(input.topK).flatMap(({ id }) =>
      tableOf(
        input.subject,
        comparisons.filter(({ measure }) => measure.id === id),
      ),
    )
    return { kind: 'present', figures, tables, notes }
  },
}

/** Of one measure. */
function tableOf(subject: string, comparisons: readonly MeasuredComparison[]): DataTable[] {
  if (comparisons.length === 0) return []
  const [{ measure }] = comparisons
  const columns = [
    ...texts('space', 'rival', 'verdict', 'judged with'),
    ...numbers(2, 'of the subject', 'of the rival', 'difference', '95 % from', 'to'),
    ...numbers(0, 'targets', 'better', 'equal', 'worse'),
    ...numbers(2, 'rank-biserial'),
    ...numbers(5, 'p', 'p, Holm'),
    ...numbers(0, 'programs', 'seeds'),
  ]
  const rows = comparisons.map(({ space, interval: { low, high }, ...own }): DataValue[] => [
    ...[space ?? 'all', own.rival, own.verdict, own.isMain ? 'the main question' : 'all others'],
    ...[own.subjectMean, own.rivalMean, own.difference, low, high],
    ...[own.targets, own.better, own.equal, own.worse, own.effect, own.p, own.adjustedP, own.programs, own.seeds],
  ])
  return [{ name: measure.id, title: `${measure.title}: ${subject} against each rival`, columns, rows }]
}

function drawMeasure(
  { styles, drawing, subject }: EvaluatorInput,
  comparisons: readonly MeasuredComparison[],
): Figure[] {
  if (comparisons.length === 0) return []
  const [{ measure }] = comparisons
  const rows = comparisons.map(({ rival, space, difference, interval, verdict }): IntervalRow => {
    const sign = difference > 0 ? '+' : ''
    const short = verdict === 'no difference shown' ? 'not shown' : verdict
    const text = `${sign}${difference.toFixed(2)} ${short}`
    return { panel: space ?? 'all spaces', style: styleOf(styles, rival), value: difference, ...interval, text }
  })
  const label = `${subject} less the rival: ${measure.title}`
  const svg = drawIntervals(drawing, label, rows, { label, isSigned: true })
  const caption = `${measure.title}: ${subject} less each rival, with 95 % intervals; to the right of 0 ${subject} is better.`
  return [{ name: measure.id, svg, caption, tables: [measure.id] }]
}
