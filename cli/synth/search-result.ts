// What is remembered of a search that ended.

import type { Funnel, Target } from '../../synth/index.ts'

/** The best kernel of a search, without its lineage, which is in the store. */
export interface BestFound {
  readonly key: string
  readonly text: string
  readonly distance: number
  /** Relative proximity, 0 to 100. */
  readonly proximity: number
  /** `[feature]`, in the target's space. */
  readonly values: Float64Array
}

/** What of it has one name, whether it comes from a search or from the store. */
type Brief = Pick<BestFound, 'text' | 'distance' | 'proximity'>

export function briefOf({ text, distance, proximity }: Brief): Brief {
  return { text, distance, proximity }
}

/** How one search went. */
export interface SearchResult {
  readonly target: Target
  readonly seed: number
  /** `stopped`: ended by Ctrl-C or the time of all searches together. */
  readonly status: 'finished' | 'stopped'
  readonly best: BestFound | undefined
  readonly kept: number
  readonly funnel: Readonly<Funnel>
  /** Kernels near enough that were not kept, by reason. */
  readonly refused: Readonly<Record<string, number>>
  readonly generations: number
  readonly elapsedMs: number
}

/** Relative proximity of the best kernel; 0 for none. */
export function proximityOf({ best }: SearchResult): number {
  return best?.proximity ?? 0
}
