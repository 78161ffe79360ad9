// BenchPress's PCASamplesFeatures, with the targets. The plane is that of the mined corpus where it has the space, so that
// maps of several evaluations compare.

import { fitPlane, loadMinedVectors, type Plane } from '../../corpora/index.ts'
import { absent, type DataTable, type Evaluator, type EvaluatorInput, type Figure } from './evaluator.ts'
import { drawMaps } from './map-chart.ts'
import { mapNote, mapOf, placedIn } from './placed-kernels.ts'
import { resolveFeatureSpaceNames } from './space-names.ts'

export const pcaMap: Evaluator = {
  id: 'pca-map',
  title: 'Map: principal components',
  question: 'Where in the feature space do the kernels of each group lie, and where the targets?',
  evaluate(input) {
    const maps = input.results.spaces.flatMap((space) => mapSpace(input, space))
    if (maps.length === 0) return absent('No run returned a kernel, or all lie at one place.')
    return {
      kind: 'present',
      figures: maps.map(({ figure }) => figure),
      tables: maps.map(({ table }) => table),
      notes: [
        'Principal components of log-scaled features. Distances between far kernels are kept, small ones need not be.',
        mapNote,
      ],
    }
  },
}

function mapSpace(input: EvaluatorInput, space: string): { figure: Figure; table: DataTable }[] {
  const { targets, kernels } = placedIn(input, space)
  if (kernels.length === 0) return []
  const all = [...targets, ...kernels]
  const mined = (loadMinedVectors().spaces[space] ?? []).filter(({ length }) => length === all[0].vector.length)
  const plane = fitPlane(mined.length > 1 ? mined : all.map(({ vector }) => vector))
  if (plane === undefined) return []
  const points = plane.project(all.map(({ vector }) => vector))
  const name = `pca-${space}`
  const names = ['first component', 'second component'] as const
  const { panels, rings, table } = mapOf(input, { name, title: `Places in ${space}` }, all, points, {
    names,
    decimals: 3,
  })
  const svg = drawMaps(input.drawing, `Kernels and targets in ${space}, principal components`, panels, rings, {
    ...{ x: axisLabel(space, plane, 0), y: axisLabel(space, plane, 1) },
  })
  const fitted = mined.length > 1 ? 'the mined corpus' : 'targets and kernels'
  const caption = `Kernels of each group (symbols; how many in brackets) and targets (rings) in ${space}, on the plane of ${fitted}.`
  return [{ figure: { name, svg, caption, tables: [name] }, table }]
}

/** Its share of the variance, and the features that it is mostly made of. */
function axisLabel(space: string, { shares, axes }: Plane, direction: 0 | 1): string {
  const names = resolveFeatureSpaceNames(space, axes[direction].length)
  const weights = axes[direction].map((weight, i) => ({ weight, name: names[i] }))
  const largest = weights.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, direction === 0 ? 3 : 1)
  const parts = largest.filter(({ weight }) => weight !== 0)
  const of = parts.map(({ weight, name }) => `${weight < 0 ? '−' : ''}${name}`).join(', ')
  const share = `${Math.round(100 * shares[direction])} %`
  // The second stands upright, where there is less room.
  return direction === 0 ? `first component, ${share} of variance: ${of}` : `second, ${share}: ${of}`
}
