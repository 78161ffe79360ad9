// Ways to a target that are measured beside each other, each with the same model, time and cores. A new one is one line
// here.

import { plainBeam } from '../../../evaluation/index.ts'
import type { SteeringMethod } from './method.ts'
import { sampleAtRandom } from './random.ts'
import { searchFor } from './search.ts'

export const steeringMethods: Readonly<Record<string, SteeringMethod>> = {
  search: { summary: 'the search of `synth`', run: (request) => searchFor(request, {}) },
  beam: {
    summary: 'undirected infills and a plain beam, from nothing (BenchPress, PACT 2022)',
    run: (request) => searchFor(request, { ...plainBeam, directed: 0 }),
  },
  random: { summary: 'kernels sampled undirected, the nearest of which counts', run: sampleAtRandom },
}
