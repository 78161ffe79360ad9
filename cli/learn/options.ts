// What one command line of `learn` asks for.

import type { LearnOptions, SearchSourceOptions } from '../../active-learning/index.ts'

/** Where labels come from: two devices, or a CSV file of rows that were measured before. */
export type LabelPlace =
  | { readonly kind: 'devices'; readonly devices: readonly [cpu: string, gpu: string] }
  | { readonly kind: 'replay'; readonly file: string }

export interface LearnRunOptions {
  /** CSV file of labelled kernels, in a Grewe layout. */
  readonly base: string
  /** CSV file to be scored on; default: suites of the base. */
  readonly test?: string
  /** Suites of the base that are held out: `each` in turn, or these together. */
  readonly holdOut: 'each' | readonly string[]
  /** Null where only a report is asked for. */
  readonly labels: LabelPlace | null
  readonly learn: LearnOptions
  /** Rows that each leaf of the tree keeps that the report scores. */
  readonly minSamplesLeaf: number
  /** Of every search; the seed follows from its place in the run. */
  readonly search: SearchSourceOptions['search']
  /** Searches at once. Default: one per two cores. */
  readonly workers?: number
  /** That kernels are built on while they are searched for. Default: the first CPU. */
  readonly buildDevice?: string
  /** Folder of the model. Default: the one shipped. */
  readonly model?: string
  /** Store with kernels for the arm that takes them from a corpus, beside the seeds. */
  readonly corpus?: string
  /** Of this invocation, in ms; infinite where only the rounds limit it. */
  readonly totalMs: number
  /** Folder for the results; may hold those of an earlier run, which then goes on. */
  readonly out: string
  /** Write the report of what is there; learn nothing. */
  readonly isReportOnly: boolean
  /** A JSON line per step in place of progress and summary. */
  readonly isQuiet: boolean
}

/** The ledger in a folder of results. */
export const ledgerName = 'learn.db'
/** Folder of the committees, as of the last round of each learner. */
export const committeeFolder = 'committees'
/** Rows that learners added, a JSON line each. */
export const addedRowsName = 'added-rows.jsonl'
/** Folder of the same by learner, as `grewe evaluate --train` reads them. */
export const addedRowsFolder = 'added-rows'
/** Folder of the kernels that learners added, by key. */
export const kernelFolder = 'kernels'
