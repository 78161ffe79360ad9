// BenchPress's FeatureSpaceCovGroup, in numbers rather than as a t-SNE picture: how much of the space a group touches. The
// pictures of where are the maps.

import { loadMinedVectors } from '../../corpora/index.ts'
import { cellsOf, rarefiedCells } from './cells.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import { absent, type DataValue, type Evaluator, type EvaluatorInput, numbers, texts } from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { kernelsOf, vectorsOf } from './runs.ts'

export const coverageByGroup: Evaluator = {
  id: 'coverage-by-group',
  title: 'Feature-space coverage by group',
  question:
    'How many cells of the feature space does each group touch, as many kernels drawn from each, and how many of the cells ' +
    'that mined kernels and targets touch?',
  evaluate(input) {
    const { results, styles, drawing } = input
    const coverages = results.spaces.flatMap((space) => coveragesOf(input, space))
    if (coverages.length === 0) return absent('No run returned a kernel.')
    const bars = coverages.map(({ space, group, rarefied, size }): IntervalRow => {
      const text = `${rarefied.toFixed(1)} of ${size}`
      return { panel: space, style: styleOf(styles, group), value: rarefied, low: 0, high: rarefied, text }
    })
    const columns = [
      ...texts('space', 'group'),
      ...numbers(0, 'kernels', 'different vectors', 'cells'),
      ...numbers(1, 'cells, as many kernels each'),
      ...numbers(0, 'kernels drawn', 'cells with a target', 'of', 'cells with a mined kernel', 'of mined'),
    ]
    const rows = coverages.map((own): DataValue[] => [
      ...[own.space, own.group, own.kernels, own.vectors, own.cells, own.rarefied, own.size],
      ...[...own.targets, ...own.mined],
    ])
    const svg = drawIntervals(drawing, 'Cells that each group touches', bars, { label: 'cells, as many kernels each' })
    const caption =
      'Different cells that kernels of each group touch, as many drawn from each as the smallest group has (on average over draws).'
    return {
      kind: 'present',
      figures: [{ name: 'cells', svg, caption, tables: ['cells'] }],
      tables: [{ name: 'cells', title: 'Cells of the feature space', columns, rows }],
      notes: [
        'A cell is a box whose sides double with each feature (0, 1, 2 to 3, 4 to 7 …). A group that sits on its targets covers no more cells than there are targets: coverage is a virtue of undirected groups first.',
      ],
    }
  },
}

interface Coverage {
  readonly space: string
  readonly group: string
  readonly kernels: number
  readonly vectors: number
  readonly cells: number
  readonly rarefied: number
  /** Kernels drawn. */
  readonly size: number
  /** Cells touched, of all that there are. */
  readonly targets: readonly [number, number]
  readonly mined: readonly [number | null, number | null]
}

function coveragesOf({ results, seed }: EvaluatorInput, space: string): Coverage[] {
  const all = results.groups
    .map((group) => ({ group, vectors: vectorsOf(kernelsOf(results, group, space), space) }))
    .filter(({ vectors }) => vectors.length > 0)
  const size = Math.min(...all.map(({ vectors }) => vectors.length))
  const targets = cellsOf(results.targets.filter((own) => own.space === space).map(({ vector }) => vector))
  const minedVectors = loadMinedVectors().spaces[space] ?? []
  const mined = cellsOf(minedVectors)
  return all.map(({ group, vectors }): Coverage => {
    const cells = cellsOf(vectors)
    const common = (others: ReadonlySet<string>): number => [...cells].filter((cell) => others.has(cell)).length
    return {
      ...{ space, group, kernels: vectors.length, size, cells: cells.size },
      vectors: new Set(vectors.map((vector) => vector.join())).size,
      rarefied: rarefiedCells(vectors, size, seed),
      targets: [common(targets), targets.size],
      mined: mined.size === 0 ? [null, null] : [common(mined), mined.size],
    }
  })
}
