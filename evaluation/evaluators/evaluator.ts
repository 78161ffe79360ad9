// What an evaluator is: it looks at the results of all groups and answers one question with tables and pictures, or says
// why it cannot.

import type { DataSet } from '../../active-learning/index.ts'
import type { Drawing } from '../../corpora/index.ts'
import type { EvaluationResults } from '../records.ts'
import type { MeasuredComparison } from '../statistics/compare-all.ts'
import type { GroupStyle } from './group-style.ts'

/** One question about the groups. One file and one line in `registry.ts` each. */
export interface Evaluator {
  /** Kebab-case; names its files. */
  readonly id: string
  readonly title: string
  /** What it answers, in a sentence or two, with what its figures mean. */
  readonly question: string
  evaluate(input: EvaluatorInput): Evidence | Promise<Evidence>
}

/** What evaluators look at. */
export interface EvaluatorInput {
  readonly results: EvaluationResults
  /** Of the subject with each rival, judged. */
  readonly comparisons: readonly MeasuredComparison[]
  /** Group that the others are held against. */
  readonly subject: string
  /** Kernels a run that the average of K counts. */
  readonly topK: number
  /** Of bootstraps and maps. */
  readonly seed: number
  readonly drawing: Drawing
  /** By group. */
  readonly styles: ReadonlyMap<string, GroupStyle>
  /** Labelled rows of the Grewe heuristic; undefined where there are none. */
  readonly labelled: LabelledRows | undefined
}

/** What the heuristic is trained on and held against. */
export interface LabelledRows {
  /** Benchmarks with their times; programs of it are held out one at a time. */
  readonly base: DataSet
  /** Rows of the kernels that a group made, by group. */
  readonly byGroup: ReadonlyMap<string, DataSet>
}

/** An answer, or why there is none. */
export type Evidence =
  | { readonly kind: 'absent'; readonly reason: string }
  | {
      readonly kind: 'present'
      readonly figures: readonly Figure[]
      readonly tables: readonly DataTable[]
      /** Sentences on what must be known to read it. */
      readonly notes: readonly string[]
    }

/** A picture of an evaluator. */
export interface Figure {
  /** Kebab-case, unique within the evaluator. */
  readonly name: string
  readonly svg: string
  readonly caption: string
  /** Names of the tables that it is drawn from. */
  readonly tables: readonly string[]
}

/** Data as they are written (CSV, JSON) and shown. */
export interface DataTable {
  /** Kebab-case, unique within the evaluator. */
  readonly name: string
  readonly title: string
  readonly columns: readonly DataColumn[]
  readonly rows: readonly (readonly DataValue[])[]
  /** Long ones are folded in the report and left out of its Markdown. */
  readonly isDetail?: boolean
}

export type DataValue = string | number | null

/** A column: text, or numbers with so many decimals where they are shown; files have all digits. */
export type DataColumn = readonly [name: string, decimals?: number]

export function absent(reason: string): Evidence {
  return { kind: 'absent', reason }
}

/** Columns of text. */
export function texts(...names: readonly string[]): DataColumn[] {
  return names.map((name) => [name])
}

/** Columns of numbers with so many decimals. */
export function numbers(decimals: number, ...names: readonly string[]): DataColumn[] {
  return names.map((name) => [name, decimals])
}
