// Ways to a target that are measured beside each other, each with the same model, time and cores. A new one is one line
// here.

import { plainBeam } from '../../../evaluation/index.ts'
import { ablations } from './ablations.ts'
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
  ...ablations,
}

/** Nothing comes nearer or less near by these, whatever they are worth. */
const equallyNear = ['without-likelihood', 'without-stop']
/** The search, and what leaves something out of it that may matter to how near it comes. */
const ablated = ['search', ...Object.keys(ablations).filter((name) => !equallyNear.includes(name))]

/** @returns each method once, in the order given @throws {RangeError} naming what is unknown */
export function parseMethods(text: string): readonly string[] {
  const words = text.split(',').map((word) => word.trim())
  const names = words.flatMap((word) => (word === 'ablations' ? ablated : [word]))
  const unknown = names.find((name) => !Object.hasOwn(steeringMethods, name))
  if (unknown === undefined) return [...new Set(names)]
  const known = [...Object.keys(steeringMethods), 'ablations']
  throw new RangeError(`expected a list of ${known.join(', ')}, received '${unknown}'`)
}
