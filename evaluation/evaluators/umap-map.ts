// Neighbourhoods rather than distances: UMAP (McInnes, Healy and Melville 2018) by umap-js. Seeded, so that the same
// results give the same map.

import { UMAP } from 'umap-js'
import { type Point, thin } from '../../corpora/index.ts'
import { Random } from '../../synth/index.ts'
import { absent, type DataTable, type Evaluator, type EvaluatorInput, type Figure } from './evaluator.ts'
import { drawMaps } from './map-chart.ts'
import { mapNote, mapOf, type Placed, placedIn } from './placed-kernels.ts'

const neighbours = 15
const epochs = 200
/** Different vectors on a map at most: more take minutes. */
const mostVectors = 800

export const umapMap: Evaluator = {
  id: 'umap-map',
  title: 'Map: neighbourhoods',
  question: 'Which kernels are neighbours of which, and of which targets?',
  evaluate(input) {
    const maps = input.results.spaces.flatMap((space) => mapSpace(input, space))
    if (maps.length === 0) return absent(`No space has more than ${neighbours} different vectors to map.`)
    return {
      kind: 'present',
      figures: maps.map(({ figure }) => figure),
      tables: maps.map(({ table }) => table),
      notes: [
        'UMAP keeps neighbourhoods: what lies together is alike, how far apart clusters lie says nothing. Log-scaled features.',
        mapNote,
      ],
    }
  },
}

function mapSpace(input: EvaluatorInput, space: string): { figure: Figure; table: DataTable }[] {
  const { targets, kernels } = placedIn(input, space)
  const shown = [...targets, ...kernels]
  const keys = [...new Set(shown.map(keyOf))]
  // All targets stay; of the kernels' places a fair selection, where there are too many.
  const ofTargets = new Set(targets.map(keyOf))
  const others = keys.filter((key) => !ofTargets.has(key))
  const kept = [...ofTargets, ...thin(others, Math.max(2, mostVectors - ofTargets.size))]
  if (kernels.length === 0 || kept.length <= neighbours) return []
  const places = new Map(embed(kept, input.seed).map((point, i) => [kept[i], point]))
  const mapped = shown.filter((own) => places.has(keyOf(own)))
  const points = mapped.map((own) => places.get(keyOf(own)) ?? ([0, 0] as const))
  const name = `umap-${space}`
  const names = ['first', 'second'] as const
  const { panels, rings, table } = mapOf(input, { name, title: `Places in ${space}` }, mapped, points, {
    names,
    decimals: 3,
  })
  const svg = drawMaps(input.drawing, `Kernels and targets in ${space}, by neighbourhood`, panels, rings, {
    ...{ x: 'first direction', y: 'second direction' },
  })
  const left = keys.length - kept.length
  const some = left === 0 ? '' : ` ${left} of ${keys.length} places are left out.`
  const caption = `Kernels of each group (symbols; how many in brackets) and targets (rings) in ${space}.${some}`
  return [{ figure: { name, svg, caption, tables: [name] }, table }]
}

function keyOf({ vector }: Placed): string {
  return vector.join()
}

/** @param keys - different vectors, by `keyOf` */
function embed(keys: readonly string[], seed: number): Point[] {
  const rng = new Random(seed)
  const rows = keys.map((key) =>
    key.split(',').map((value) => Math.sign(Number(value)) * Math.log1p(Math.abs(Number(value)))),
  )
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: neighbours,
    minDist: 0.15,
    nEpochs: epochs,
    random: () => rng.next(),
  })
  return umap.fit(rows).map(([x, y]): Point => [x, y])
}
