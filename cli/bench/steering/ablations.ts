// The search of `synth` with one thing left out, to see what that brings.

import { type SearchOptions, type SearchPart, searchParts } from '../../../synth/index.ts'
import type { SteeringMethod } from './method.ts'
import { searchFor } from './search.ts'

const byOption: Readonly<Record<string, readonly [summary: string, options: SearchOptions]>> = {
  edits: ['edits: the model alone', { edits: 0 }],
  infills: ['infills: edits alone', { holes: 0 }],
  directed: ['infills that see the target', { directed: 0 }],
  undirected: ['infills that do not see the target', { directed: 1 }],
  seeds: ['seed kernels to begin with', { seeds: false }],
}

/** By `without-` and the name of what is left out. */
export const ablations: Readonly<Record<string, SteeringMethod>> = Object.fromEntries([
  ...Object.entries(byOption).map(([name, [summary, options]]) => ablation(name, summary, options)),
  ...(Object.entries(searchParts) as [SearchPart, string][]).map(([part, summary]) =>
    ablation(part, summary, {}, part),
  ),
])

function ablation(name: string, summary: string, options: SearchOptions, part?: SearchPart): [string, SteeringMethod] {
  const left = part === undefined ? [] : [part]
  return [
    `without-${name}`,
    {
      summary: `the search without ${summary}`,
      run: (request) => searchFor(request, { ...options, without: [...request.settings.without, ...left] }),
    },
  ]
}
