// How often a group sits on the target itself.

import { estimateMean } from '../statistics/estimate.ts'
import { gridOf } from '../statistics/grid.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import { absent, type DataValue, type Evaluator, numbers, texts } from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { isExact } from './runs.ts'

export const exactMatches: Evaluator = {
  id: 'exact-matches',
  title: 'Exact matches',
  question: 'For what share of targets does a group find a kernel with all features equal to those of the target?',
  evaluate({ results, styles, drawing, seed }) {
    const found = results.spaces.flatMap((space) =>
      results.groups.flatMap((group) => {
        const grid = gridOf(results, space, group, (run) => (isExact(run) ? 100 : 0))
        const estimate = estimateMean(grid, seed)
        return estimate === undefined ? [] : [{ space, group, grid, estimate }]
      }),
    )
    if (found.length === 0) return absent('There is no run yet.')
    const bars = found.map(({ space, group, estimate: { mean, low, high } }): IntervalRow => {
      return { panel: space, style: styleOf(styles, group), value: mean, low, high, text: `${mean.toFixed(1)} %` }
    })
    const rows = found.map(({ space, group, grid, estimate }): DataValue[] => {
      const ever = grid.values.filter((row) => row.some((value) => value > 0)).length
      const always = grid.values.filter((row) => row.every((value) => value > 0)).length
      const { mean, low, high } = estimate
      return [space, group, grid.targets.length, grid.seeds.length, mean, low, high, ever, always]
    })
    const columns = [
      ...texts('space', 'group'),
      ...numbers(0, 'targets', 'seeds'),
      ...numbers(1, 'runs with an exact match, %', '95 % from', 'to'),
      ...numbers(0, 'targets with any seed', 'with every seed'),
    ]
    return {
      kind: 'present',
      figures: [
        {
          name: 'shares',
          svg: drawIntervals(drawing, 'Share of runs with an exact match', bars, {
            label: 'runs with an exact match, %',
            domain: [0, 100],
          }),
          caption: 'Share of runs that end with an exact match, with 95 % intervals (programs and seeds drawn again).',
          tables: ['shares'],
        },
      ],
      tables: [{ name: 'shares', title: 'Exact matches', columns, rows }],
      notes: [],
    }
  },
}
