// What a search holds: kernels in normal form with their place in feature space and where they came from.

import type { Ancestor, LineageStep } from '../../corpora/index.ts'

export interface Candidate {
  /** Content key of the normal form. */
  readonly key: string
  readonly text: string
  readonly tokens: readonly string[]
  /** `[feature]` in the space of the search. */
  readonly features: Float64Array
  /** `[block]`: instructions of each, where features of the space count blocks by that. */
  readonly blocks?: Float64Array
  readonly distance: number
  /** Order of discovery; breaks ties, so that equal seeds replay equal searches. */
  readonly id: number
  readonly generation: number
  /** Mean log probability per token of the last infill; 0 for seeds. */
  readonly meanLogProbability: number
  readonly lineage: readonly LineageStep[]
  /** The parents that `lineage` names, in order. */
  readonly ancestors: readonly Ancestor[]
}

/** A candidate before it has an id. */
export type Measured = Omit<Candidate, 'id'>

/** Candidates at each stage of evaluation. Each is counted once at every stage it reaches. */
export interface Funnel {
  sampled: number
  complete: number
  parsed: number
  novel: number
  /** Compile; syntax spaces compile only what could enter the beam. */
  compiled: number
  /** Entered the beam. */
  kept: number
  /** Of the results: built on the device. */
  built: number
}

export function emptyFunnel(): Funnel {
  return { sampled: 0, complete: 0, parsed: 0, novel: 0, compiled: 0, kept: 0, built: 0 }
}
