// What the tests of `cli/synth/` start from: two targets in the Grewe space, options, results.

import type { SynthRunOptions } from '../../cli/synth/options.ts'
import type { PlannedTarget } from '../../cli/synth/plan.ts'
import type { SearchResult } from '../../cli/synth/search-result.ts'
import type { ShownSearch } from '../../cli/synth/view.ts'
import { grewe } from '../../features/index.ts'
import type { Funnel, Target } from '../../synth/index.ts'

export function plannedTarget(name: string, comp: number): PlannedTarget {
  const values = new Float64Array(grewe.names.length).fill(Number.NaN)
  values[0] = comp
  return { spaces: 'grewe', target: { name, space: grewe, values } }
}

export function runOptions(changes: Partial<SynthRunOptions> = {}): SynthRunOptions {
  return {
    ...{ spaces: ['grewe'], targets: 't.jsonl', isList: true, nearest: false, rounds: 2, totalMs: Infinity },
    ...{ out: 'out', isAgain: false, isQuiet: false, search: { seed: 1, generations: 4, keep: 2 } },
    ...changes,
  }
}

export function funnelOf(sampled: number): Funnel {
  return { sampled, complete: sampled, parsed: sampled / 2, novel: sampled / 4, compiled: 0, kept: 0, built: 0 }
}

export function searchResult(
  target: Target,
  proximity: number | undefined,
  changes: Partial<SearchResult> = {},
): SearchResult {
  const values = new Float64Array(grewe.names.length)
  const best =
    proximity === undefined ? undefined : { key: 'k', text: 'kernel', distance: 100 - proximity, proximity, values }
  return {
    ...{
      target,
      seed: 1,
      status: 'finished',
      best,
      kept: best === undefined ? 0 : 2,
      funnel: funnelOf(100),
      refused: {},
    },
    ...{ generations: 4, elapsedMs: 1234.5 },
    ...changes,
  }
}

export function shownSearch(planned: PlannedTarget, generation: number, proximity: number): ShownSearch {
  return { planned, progress: { generation, proximity, elapsedMs: 500, funnel: funnelOf(20) } }
}
