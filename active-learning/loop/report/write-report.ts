// The files by which a run explains itself, made from its ledger: `report.html` for people, `results.json` for programs.

import { loadDrawing, toHtml, writeAtomically } from '../../../corpora/index.ts'
import type { GreweRow } from '../../data-set.ts'
import type { Fold } from '../folds.ts'
import type { Ledger } from '../ledger.ts'
import type { HeuristicOptions } from '../score.ts'
import { readCourses } from './courses.ts'
import { describeReport } from './describe.ts'
import { findInfluences } from './influence.ts'
import { type LearnResults, readResults } from './results.ts'

export const reportNames = { html: 'report.html', json: 'results.json' } as const

export interface LearnReportOptions extends HeuristicOptions {
  /** Benchmarks left out in turn at most, to find which of them changed which predictions. Default 200. */
  readonly mostLeftOut?: number
}

/**
 * Write both files, each whole or not at all. The same ledger gives the same bytes.
 * @param folder - that exists
 * @param folds - those of the run
 * @returns what was written; undefined, and no files, where no round is over for every learner
 */
export async function writeLearnReport(
  folder: string,
  ledger: Ledger,
  folds: readonly Fold[],
  { mostLeftOut = 200, ...heuristic }: LearnReportOptions = {},
): Promise<LearnResults | undefined> {
  const all = readCourses(ledger, folds, heuristic)
  const results = readResults(ledger, folds, all, heuristic)
  if (results === undefined) return undefined
  // Loaded here, as every process of a search loads this folder and few of them draw.
  const { drawCurve, drawSpace } = await import('./charts.ts')
  const { palette } = await loadDrawing()
  const shown = results.curves.some(({ arm }) => arm === 'active') ? 'active' : results.curves[0].arm
  const courses = all.filter(({ trajectory }) => trajectory.arm === shown)
  const base = new Set(folds.flatMap(({ train }) => train))
  const added = new Map<string, GreweRow>()
  for (const { trajectory, scores } of courses) {
    const own = ledger.rows(trajectory.id).filter(({ round }) => round < scores.length)
    for (const { row } of own) added.set(`${row.program} ${row.dataset}`, row)
  }
  const pictures = [await drawCurve(results), ...(await drawSpace([...base], [...added.values()], shown))]
  const influence = findInfluences(ledger, courses, mostLeftOut, heuristic)
  await writeAtomically(folder, reportNames.json, `${JSON.stringify({ ...results, influence }, null, 1)}\n`)
  await writeAtomically(
    folder,
    reportNames.html,
    toHtml(describeReport({ results, shown, pictures, influence }), palette),
  )
  return results
}
