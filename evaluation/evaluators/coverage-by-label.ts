// BenchPress's FeatureSpaceCovLabel: where the kernels lie that run faster on the CPU, and where those for the GPU.

import { fitPlane, thin } from '../../corpora/index.ts'
import type { EvaluationKernel } from '../records.ts'
import { cellsOf } from './cells.ts'
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
import type { GroupStyle } from './group-style.ts'
import { distinctPlaces, domainsOf, drawMaps } from './map-chart.ts'
import { kernelsOf } from './runs.ts'

/** Kernels that a plane is fitted to at most: more change it little. */
const mostFitted = 3000

const labels = ['CPU', 'GPU', 'undecided'] as const

/** Different outlines, as for groups. */
const labelStyles: readonly GroupStyle[] = [
  { group: 'CPU', colour: 'var(--hue-0)', symbol: 'square', dash: '0' },
  { group: 'GPU', colour: 'var(--hue-1)', symbol: 'circle', dash: '6 3' },
  { group: 'undecided', colour: 'var(--hue-4)', symbol: 'cross', dash: '2 2' },
]

export const coverageByLabel: Evaluator = {
  id: 'coverage-by-label',
  title: 'Feature-space coverage by label',
  question:
    'Which parts of the feature space do kernels touch that are faster on the CPU, and which those for the GPU?',
  evaluate(input) {
    const { groups, spaces } = input.results
    const labelled = groups.map((group) => {
      return { group, kernels: kernelsOf(input.results, group).filter(({ label }) => label !== null) }
    })
    if (labelled.every(({ kernels }) => kernels.length === 0)) {
      return absent('No kernel was timed on a CPU and a GPU, so that none has a label.')
    }
    const parts = spaces.map((space) => coverSpace(input, space, labelled))
    const note = 'Vectors alone do not decide the label: it is that of one input size, transfers included.'
    return {
      kind: 'present',
      figures: parts.flatMap(({ figures }) => figures),
      tables: [tableOf(parts.flatMap(({ rows }) => rows))],
      notes: [note],
    }
  },
}

interface LabelledGroup {
  readonly group: string
  readonly kernels: readonly EvaluationKernel[]
}

function coverSpace(
  { drawing }: EvaluatorInput,
  space: string,
  labelled: readonly LabelledGroup[],
): { readonly rows: DataValue[][]; readonly figures: Figure[] } {
  const rows = labelled.flatMap(({ group, kernels }) =>
    labels.map((label): DataValue[] => {
      const own = kernels.filter((kernel) => kernel.label === label).flatMap(({ vectors }) => [vectors[space] ?? []])
      const cells = cellsOf(own.filter(({ length }) => length > 0))
      return [space, group, label, own.length, cells.size]
    }),
  )
  const all = new Map(labelled.flatMap(({ kernels }) => kernels.map((kernel) => [kernel.id, kernel] as const)))
  const placed = [...all.values()].filter(({ vectors }) => vectors[space] !== undefined)
  const plane = fitPlane(thin(placed, mostFitted).map(({ vectors }) => vectors[space]))
  if (plane === undefined) return { rows, figures: [] }
  const points = plane.project(placed.map(({ vectors }) => vectors[space]))
  const domains = domainsOf(points)
  const panels = labelStyles.flatMap((style) => {
    const own = points.filter((_, i) => placed[i].label === style.group)
    const shown = distinctPlaces(own, domains).map((i) => own[i])
    return own.length === 0 ? [] : [{ style, title: `${style.group} (${own.length})`, points: shown }]
  })
  const svg = drawMaps(drawing, `Kernels by label in ${space}`, panels, [], {
    x: 'first principal component',
    y: 'second principal component',
  })
  const caption = `Kernels of all groups in ${space} by the faster device; principal components of log-scaled features.`
  return { rows, figures: [{ name: `labels-${space}`, svg, caption, tables: ['cells'] }] }
}

function tableOf(rows: readonly DataValue[][]): DataTable {
  const columns = [...texts('space', 'group', 'label'), ...numbers(0, 'kernels', 'cells')]
  return { name: 'cells', title: 'Cells of the feature space by label', columns, rows }
}
