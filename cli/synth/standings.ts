// How the searches of a command stand: the nearest of each target, and sums over all. It grows with the targets, not with
// the searches, of which a night has thousands.

import type { Funnel } from '../../synth/index.ts'
import { proximityOf, type SearchResult } from './search-result.ts'

export class Standings {
  readonly #nearest = new Map<string, SearchResult>()
  readonly #funnel = new Map<string, number>()
  #ended = 0
  #failed = 0
  #earlier = 0
  #found = 0
  #only: SearchResult | undefined

  /** A search of this run came to its end. */
  add(result: SearchResult): void {
    this.#ended++
    if (result.best !== undefined) this.#found++
    this.#only = this.#ended === 1 ? result : undefined
    for (const [stage, count] of Object.entries(result.funnel)) {
      this.#funnel.set(stage, (this.#funnel.get(stage) ?? 0) + count)
    }
    this.#place(result)
  }

  /** A search had come to its end before this run. */
  addEarlier(result: SearchResult): void {
    this.#earlier++
    this.#place(result)
  }

  /** A search of this run failed. */
  addFailed(): void {
    this.#failed++
  }

  /** Searches of this run that came to their end. */
  get ended(): number {
    return this.#ended
  }

  /** Searches of this run that failed. */
  get failed(): number {
    return this.#failed
  }

  /** Searches that had been done before. */
  get earlier(): number {
    return this.#earlier
  }

  /** Searches of this run that found a kernel. */
  get found(): number {
    return this.#found
  }

  /** The one search that came to its end in this run; undefined where there were more, or none. */
  get only(): SearchResult | undefined {
    return this.#only
  }

  /** Of each space and target the search that came nearest, in the order in which the first of each ended. */
  get nearest(): SearchResult[] {
    return [...this.#nearest.values()]
  }

  /** Candidates of the searches that came to their end in this run. */
  reached(stage: keyof Funnel): number {
    return this.#funnel.get(stage) ?? 0
  }

  #place(result: SearchResult): void {
    const id = JSON.stringify([result.target.space.id, result.target.name])
    const known = this.#nearest.get(id)
    if (known === undefined || proximityOf(result) > proximityOf(known)) this.#nearest.set(id, result)
  }
}
