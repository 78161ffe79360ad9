// The course of a search, small enough to be kept with it: where its best improved, and where it is now.

import { type TracePoint, thin } from '../../corpora/index.ts'
import type { JobProgress } from './search-process.ts'

/** Points that are kept of a search. */
const mostPoints = 200

/** Gathers the trace of one search from its progress. */
export class SearchTrace {
  #improvements: TracePoint[] = []
  #now: TracePoint | undefined

  /** A search whose process died is begun again, and so is its trace. */
  add({ generation, elapsedMs, funnel, proximity }: JobProgress): void {
    const roundedMs = Math.round(elapsedMs)
    if (this.#now !== undefined && roundedMs < this.#now.elapsedMs) this.#improvements = []
    const best = this.#improvements.at(-1)?.proximity ?? -1
    const now = { generation, elapsedMs: roundedMs, sampled: funnel.sampled, proximity: Math.max(best, proximity) }
    if (proximity > best) this.#improvements.push(now)
    this.#now = now
  }

  /** In order, evenly thinned where there are very many; always the first and last improvement, and the end. */
  points(): readonly TracePoint[] {
    const end = this.#now === undefined || this.#now === this.#improvements.at(-1) ? [] : [this.#now]
    return [...thin(this.#improvements, mostPoints - end.length), ...end]
  }
}
