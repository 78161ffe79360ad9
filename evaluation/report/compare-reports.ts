// A report that was there against the one that the records give now, figure by figure, so that a report that was altered,
// or is of other records, does not pass for what the records say.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataValue } from '../evaluators/evaluator.ts'
import type { Difference } from '../verify.ts'
import { toCsv } from './data-files.ts'

/** A table of `data/` as it is written. */
interface WrittenTable {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly DataValue[])[]
  /** Undefined where it is missing. */
  readonly csv: string | undefined
}

/** What of a report can be held against another one. */
export interface WrittenReport {
  /** By name of the file, without its ending. */
  readonly tables: ReadonlyMap<string, WrittenTable>
  /** Sentences of the main question. */
  readonly verdicts: readonly string[]
}

/** How two reports compare. */
export interface ReportComparison {
  /** Are they of the same runs? Nothing is compared where not. */
  readonly isOfSameRuns: boolean
  readonly figures: number
  readonly differences: readonly Difference[]
}

/** Evaluators that read runs alone: what others say changes with what is found out of kernels later. */
const ofRuns =
  /^(?:verdicts|directed-gain|targets|nearest|average|exact-matches|over-time|over-generations|time-to-proximity|compile-rate)-/

/** @returns undefined where the folder has no report */
export function readReport(folder: string): WrittenReport | undefined {
  const data = join(folder, 'data')
  if (!existsSync(data)) return undefined
  const names = readdirSync(data).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
  const tables = names.filter((name) => ofRuns.test(name)).map((name) => [name, readTable(join(data, name))] as const)
  if (tables.length === 0) return undefined
  const markdown = readText(join(folder, 'report.md')) ?? ''
  return { tables: new Map(tables), verdicts: markdown.split('\n').filter((line) => line.startsWith('- Against ')) }
}

function readTable(path: string): WrittenTable {
  const table = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Omit<WrittenTable, 'csv'>
  return { ...table, csv: readText(`${path}.csv`) }
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/**
 * Tables of both that have the same title (else they answer other questions), over the columns of both: a report of an
 * earlier version may lack some.
 */
export function compareReports(before: WrittenReport, now: WrittenReport): ReportComparison {
  if (runsOf(before) !== runsOf(now)) return { isOfSameRuns: false, figures: 0, differences: [] }
  const differences: Difference[] = []
  let figures = 0
  const compare = (of: string, figure: string, recorded: DataValue, recomputed: DataValue): void => {
    figures++
    if (recorded !== recomputed) differences.push({ of, figure, recorded: `${recorded}`, recomputed: `${recomputed}` })
  }
  for (const [name, old] of before.tables) {
    const own = now.tables.get(name)
    if (own === undefined || own.title !== old.title) continue
    const of = `data/${name}.json`
    const shared = old.columns.filter((column) => own.columns.includes(column))
    compare(of, 'rows', old.rows.length, own.rows.length)
    for (const [i, row] of own.rows.slice(0, old.rows.length).entries()) {
      for (const column of shared) {
        const value = old.rows[i][old.columns.indexOf(column)]
        compare(of, `row ${i + 1}, ${column}`, value, row[own.columns.indexOf(column)])
      }
    }
    if (old.csv === undefined) continue
    const asCsv = toCsv({ name, title: old.title, columns: old.columns.map((column) => [column]), rows: old.rows })
    compare(`data/${name}.csv`, 'content', old.csv === asCsv ? 'as the JSON' : 'not as the JSON', 'as the JSON')
  }
  const isOfSameSubject = before.tables.get('verdicts-nearest')?.title === now.tables.get('verdicts-nearest')?.title
  for (const verdict of isOfSameSubject ? before.verdicts : []) {
    compare('report.md', 'verdict', verdict, now.verdicts.includes(verdict) ? verdict : 'not what the records say')
  }
  return { isOfSameRuns: true, figures, differences }
}

/** Which runs a report is of, as one text. */
function runsOf({ tables }: WrittenReport): string {
  const { columns = [], rows = [] } = tables.get('nearest-runs') ?? {}
  const places = ['space', 'group', 'target', 'seed', 'run took, ms'].map((name) => columns.indexOf(name))
  return rows
    .map((row) => places.map((i) => row[i]).join(' '))
    .sort()
    .join('\n')
}
