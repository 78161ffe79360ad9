// BenchPress's AnalyzeTarget, which it declares and does not implement: what the targets themselves are like.

import { drawSpans } from './charts.ts'
import { absent, type DataValue, type Evaluator, numbers, texts } from './evaluator.ts'
import { targetsName } from './group-style.ts'
import { type Sample, spanRows } from './quantiles.ts'
import { normOf } from './runs.ts'

export const targetAnalysis: Evaluator = {
  id: 'targets',
  title: 'The targets',
  question: 'How far from the origin are the targets of each space, and how many are at one place with another?',
  evaluate(input) {
    const { spaces, targets } = input.results
    if (targets.length === 0) return absent('There is no target.')
    const samples = spaces.map((space): Sample => {
      const values = targets.filter((own) => own.space === space).map(({ vector }) => normOf(vector))
      return { panel: space, group: targetsName, values }
    })
    const svg = drawSpans(input.drawing, 'Distances of targets from the origin', spanRows(input, samples, 1), {
      ...{ label: '‖target‖', type: 'symlog' },
    })
    const rows = spaces.map((space): DataValue[] => {
      const own = targets.filter((target) => target.space === space)
      const places = new Set(own.map(({ vector }) => vector.join())).size
      const programs = new Set(own.map(({ suite, name }) => `${suite}/${name.split('/')[0]}`)).size
      return [space, own.length, programs, places]
    })
    const vectors = targets.map(({ space, suite, name, vector }): DataValue[] => {
      return [space, `${suite}/${name}`, normOf(vector), vector.join(' ')]
    })
    const columns = [...texts('space'), ...numbers(0, 'targets', 'programs', 'different places')]
    const vectorColumns = [...texts('space', 'target'), ...numbers(2, '‖target‖'), ...texts('vector')]
    const caption =
      'Distances of targets from the origin: median (symbol), quartiles (thick), 10th to 90th percentile (thin).'
    return {
      kind: 'present',
      figures: [{ name: 'norms', svg, caption, tables: ['vectors'] }],
      tables: [
        { name: 'counts', title: 'Targets by space', columns, rows },
        { name: 'vectors', title: 'The targets', columns: vectorColumns, rows: vectors, isDetail: true },
      ],
      notes: [],
    }
  },
}
