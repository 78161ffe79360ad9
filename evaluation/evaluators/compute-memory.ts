// BenchPress's CompMemGrewe: computation against memory accesses, as the Grewe space counts them.

import type { Point } from '../../corpora/index.ts'
import { grewe } from '../../features/index.ts'
import { absent, type Evaluator } from './evaluator.ts'
import { targetsName } from './group-style.ts'
import { drawMaps } from './map-chart.ts'
import { mapNote, mapOf, type Placed } from './placed-kernels.ts'
import { kernelsOf } from './runs.ts'

const [comp, mem] = ['comp', 'mem'].map((name) => grewe.names.indexOf(name))

export const computeMemory: Evaluator = {
  id: 'compute-memory',
  title: 'Compute against memory',
  question: 'How do groups spread over operations and memory accesses (comp and mem of the Grewe space)?',
  evaluate(input) {
    const { results, drawing } = input
    const kernels = results.groups.flatMap((group) =>
      kernelsOf(results, group).flatMap(({ id, vectors }): Placed[] =>
        vectors[grewe.id] === undefined ? [] : [{ group, id, vector: vectors[grewe.id] }],
      ),
    )
    if (kernels.length === 0) return absent('No kernel was measured in the Grewe space.')
    const targets = results.targets.flatMap(({ space, suite, name, vector }): Placed[] =>
      space === grewe.id ? [{ group: targetsName, id: `${suite}/${name}`, vector }] : [],
    )
    const all = [...targets, ...kernels]
    const points = all.map(({ vector }): Point => [vector[comp], vector[mem]])
    const head = { name: 'plane', title: 'Operations and memory accesses' }
    const axes = { names: ['comp', 'mem'], decimals: 0, type: 'symlog' } as const
    const { panels, rings, table } = mapOf(input, head, all, points, axes)
    const svg = drawMaps(drawing, 'Computation against memory accesses', panels, rings, {
      ...{ x: 'comp: operations', y: 'mem: memory accesses', type: 'symlog' },
    })
    const caption =
      'Kernels that each group returned in any space (symbols; how many in brackets) and targets of the Grewe space (rings).'
    return {
      kind: 'present',
      figures: [{ name: 'plane', svg, caption, tables: ['plane'] }],
      tables: [table],
      notes: [mapNote],
    }
  },
}
