// What an evaluation came to, in a few lines: the report has the rest.

import type { EvaluationResults } from '../../evaluation/index.ts'
import { relativeProximity } from '../../features/index.ts'
import { formatTable } from '../table.ts'

/** A row for each group in each space: means over all of its runs. */
export function summaryLines({ spaces, groups, runs }: EvaluationResults, out: string): string[] {
  const rows = spaces.flatMap((space) =>
    groups.flatMap((group) => {
      const own = runs.filter((run) => run.space === space && run.group === group)
      if (own.length === 0) return []
      const proximities = own.map(({ best, targetVector }) =>
        best.length === 0 ? 0 : relativeProximity(best[0].distance, [...targetVector]),
      )
      const exact = own.filter(({ best }) => best.at(0)?.distance === 0).length
      const mean = proximities.reduce((sum, value) => sum + value, 0) / own.length
      return [[space, group, `${own.length}`, mean.toFixed(2), `${exact}`]]
    }),
  )
  return [
    ...formatTable(['space', 'group', 'runs', 'proximity, %', 'exact'], rows),
    '',
    `Report: report.html, report.md, data/ and figures/ in ${out}`,
  ]
}
