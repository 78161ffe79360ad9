// Ways to a target that are measured beside each other, each with the same model, time and cores. A new one is one line
// here.

import type { SearchPart } from '../../../synth/index.ts'
import type { SteeringMethod } from './method.ts'
import { sampleAtRandom } from './random.ts'
import { searchFor } from './search.ts'

/** What BenchPress's search lacks of ours. It has a beam of 32 and drops candidates out. */
const ours: readonly SearchPart[] = [
  ...(['surrogate', 'combinations', 'fusion', 'growth'] as const),
  ...(['tally', 'diversity', 'pressure', 'renewal'] as const),
]

export const steeringMethods: Readonly<Record<string, SteeringMethod>> = {
  search: { summary: 'the search of `synth`', run: (request) => searchFor(request, {}) },
  beam: {
    summary: 'undirected infills and a plain beam, from nothing (BenchPress, PACT 2022)',
    run: (request) =>
      searchFor(request, { seeds: false, edits: 0, directed: 0, holes: 16, samples: 16, without: ours }),
  },
  random: { summary: 'kernels sampled undirected, the nearest of which counts', run: sampleAtRandom },
}
