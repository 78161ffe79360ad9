// Figures of a written report, read back from its data files, so that they can be held against the raw kernels.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EvaluationRun } from './records.ts'

/** A table of `data/`. */
interface ReportedTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** What a report says of a run. */
export interface ReportedRun {
  /** Relative proximity of its nearest kernel, 0 to 100, in ten digits. */
  readonly proximity: number
  /** Mean relative proximity of its `averageOf` nearest kernels; those that it has not count 0. In ten digits. */
  readonly average: number
  readonly averageOf: number
  readonly kernel: string | null
}

type RunPlace = Pick<EvaluationRun, 'space' | 'group' | 'suite' | 'target' | 'seed'>

/** Names a run within a report. */
export function reportedKey({ space, group, suite, target, seed }: RunPlace): string {
  return [space, group, `${suite}/${target}`, seed].join(' ')
}

/** @param out - folder of a report @returns by `reportedKey`; undefined where there is no report */
export function readReportedRuns(out: string): Map<string, ReportedRun> | undefined {
  const path = join(out, 'data', 'nearest-runs.json')
  if (!existsSync(path)) return undefined
  const { columns, rows } = JSON.parse(readFileSync(path, 'utf8')) as ReportedTable
  const averageOf = Number(columns.find((name) => name.startsWith(averageStart))?.slice(averageStart.length))
  const [space, group, target, seed, proximity, average, kernel] = [
    ...['space', 'group', 'target', 'seed', 'proximity', `${averageStart}${averageOf}`, 'nearest kernel'],
  ].map((name) => columns.indexOf(name))
  return new Map(
    rows.map((row) => {
      const name = row[kernel] === null ? null : String(row[kernel])
      const run = { proximity: Number(row[proximity]), average: Number(row[average]), averageOf, kernel: name }
      return [[row[space], row[group], row[target], row[seed]].join(' '), run satisfies ReportedRun]
    }),
  )
}

/** Of a column; the number of kernels follows. */
const averageStart = 'average of '
