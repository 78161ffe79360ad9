// The subject against each rival, by each measure, in each space and over all spaces. The main question, who is better by
// the first measure over all spaces, is judged by itself; all others are judged together.

import type { EvaluationResults, EvaluationRun } from '../records.ts'
import { type Comparison, compareGroups, type JudgedComparison, judge } from './compare.ts'
import { gridOf } from './grid.ts'

/** A figure of a run of which more is better. */
export interface Measure {
  readonly id: string
  readonly title: string
  readonly read: (run: EvaluationRun) => number
}

/** A judged comparison, and what was compared. */
export interface MeasuredComparison extends JudgedComparison {
  readonly measure: Measure
  /** Null for all spaces together. */
  readonly space: string | null
  /** Whether it is one of those that are judged first. */
  readonly isMain: boolean
}

/** @param subject - a group of the results */
export function compareAll(
  results: EvaluationResults,
  subject: string,
  measures: readonly Measure[],
  seed: number,
): MeasuredComparison[] {
  const { groups, spaces } = results
  const places = spaces.length > 1 ? [null, ...spaces] : spaces
  const comparisons = measures.flatMap((measure) =>
    places.flatMap((space) => {
      const grid = (group: string) => gridOf(results, space, group, measure.read)
      const own = grid(subject)
      const isMain = measure === measures[0] && space === places[0]
      return groups.flatMap((rival): Measured[] => {
        if (rival === subject) return []
        const comparison = compareGroups([subject, own], [rival, grid(rival)], seed)
        return comparison === undefined ? [] : [{ ...comparison, measure, space, isMain }]
      })
    }),
  )
  const main = judge(comparisons.filter(({ isMain }) => isMain))
  return [...main, ...judge(comparisons.filter(({ isMain }) => !isMain))]
}

type Measured = Comparison & Pick<MeasuredComparison, 'measure' | 'space' | 'isMain'>
