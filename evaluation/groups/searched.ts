// Groups that are searches: ours, and what is left of it when it may do no more than BenchPress or BenchDirect do. All
// with the same weights.

import { InfillPool, readModelInfo, type SearchOptions, type SearchPart, search } from '../../synth/index.ts'
import type { Group, GroupRequest } from './group.ts'
import { SpreadInfiller } from './spread-infiller.ts'

/** Parts of our search that the beam of BenchPress has not. It has a beam of 32 and drops candidates out. */
export const partsOfOurs: readonly SearchPart[] = [
  ...(['surrogate', 'combinations', 'fusion', 'aim'] as const),
  ...(['tally', 'diversity', 'pressure', 'renewal'] as const),
]

/** BenchPress's beam (PACT 2022): infills alone, from nothing. */
export const plainBeam: SearchOptions = { seeds: false, edits: 0, holes: 16, samples: 16, without: partsOfOurs }

export const full: Group = searched('full', 'the whole search of `synth`, as it comes', {})
export const undirected: Group = searched(
  'undirected',
  'infills that do not see the target, in a plain beam, from nothing (BenchPress, PACT 2022)',
  { ...plainBeam, directed: 0 },
)
export const directed: Group = searched(
  'directed',
  'infills that see the target, in a plain beam, from nothing (BenchDirect, arXiv 2303.01557)',
  { ...plainBeam, directed: 1 },
)

function searched(name: string, summary: string, options: SearchOptions): Group {
  return {
    ...{
      name,
      summary,
      asksModel: true,
      isDeterministic: false,
      inputOf: () => null,
      findObstacle: async () => undefined,
    },
    run: (request) => searchFor(request, options),
  }
}

async function searchFor(request: GroupRequest, options: SearchOptions): Promise<void> {
  const { target, seed, settings, course, signal, leftMs } = request
  // A search's one infilling process leaves the other cores to its edits: where there are none, they fill holes, too.
  using pool = options.edits === 0 ? new InfillPool(settings.model, settings.cores) : undefined
  const infiller = pool && new SpreadInfiller(pool)
  const model = readModelInfo(settings.model)
  // Only what would enter the beam is compiled in syntax spaces, so that nobody knows how much of the rest would.
  const isLazy = target.space.input === 'syntax'
  const accepts: SearchOptions['accepts'] = async ({ key, text, features, distance, generation }) => {
    course.offer({ key, text, values: features, distance, isForeign: false }, generation)
    return await course.accepts({ key, text, values: features, distance, isForeign: false })
  }
  const asked = { ...options, seed, budgetMs: Math.max(1, leftMs), keep: 1, signal, accepts, infiller }
  for await (const { beam, funnel, generation } of search(model, target, asked)) {
    const { sampled, parsed, novel, compiled } = funnel
    course.set({ evaluated: sampled, parsed, unique: novel, checked: isLazy ? null : novel, compiled })
    for (const { key, text, features, distance } of beam) {
      course.offer({ key, text, values: features, distance, isForeign: false }, generation)
    }
  }
}
