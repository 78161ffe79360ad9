// The files of a report: report.html, which holds its pictures, report.md, figures/ (SVG, PNG) and data/ (CSV, JSON).

import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Block, loadDrawing, toHtml, toMarkdown, writeAtomically } from '../../corpora/index.ts'
import type { LabelledRows } from '../evaluators/evaluator.ts'
import type { EvaluationResults } from '../records.ts'
import { compareAll } from '../statistics/compare-all.ts'
import type { Answer } from './answers.ts'

/** Names of the documents. */
export const reportNames = { html: 'report.html', markdown: 'report.md' } as const

/** What a report needs to know beside the results. */
export interface ReportOptions {
  /** Of benchsteer. */
  readonly version: string
  /** Of the report, ISO 8601. */
  readonly date: string
  /** That makes this report, as typed. */
  readonly command: string
  /** Group that the others are held against. Default: `full`, or the first one where there is none of that name. */
  readonly subject?: string
  /** Kernels a run that the average of K counts; 1 up. Default 10. */
  readonly topK?: number
  /** Of bootstraps and maps. Default 0. */
  readonly seed?: number
  /** Rows of the Grewe heuristic. Default none. */
  readonly labelled?: LabelledRows
  /** After each evaluator. */
  readonly onProgress?: (evaluator: string, done: number, total: number) => void
}

/**
 * Write the report. The same results and options give the same bytes, PNG apart where fonts differ.
 * @param out - folder, created where it is missing
 * @throws {RangeError} for a subject that is no group, for a K that is no positive integer
 */
export async function writeReport(results: EvaluationResults, out: string, options: ReportOptions): Promise<void> {
  const { subject, topK, seed } = resolveReportOptions(results, options)
  // Loaded here, as who only runs groups draws nothing.
  const [
    drawing,
    { askAll, filesOf },
    { styleGroups },
    { describeReport },
    { measuresOf },
    { toCsv, toJson },
    { toPng },
  ] = await Promise.all([
    loadDrawing(),
    import('./answers.ts'),
    import('../evaluators/group-style.ts'),
    import('./describe-report.ts'),
    import('../evaluators/verdicts.ts'),
    import('./data-files.ts'),
    import('./png.ts'),
  ])
  const comparisons = compareAll(results, subject, measuresOf(topK), seed)
  const styles = styleGroups(results.groups)
  const input = { results, comparisons, subject, topK, seed, drawing, styles, labelled: options.labelled }
  const answers = await askAll(input, options.onProgress)
  for (const folder of ['figures', 'data']) {
    await mkdir(join(out, folder), { recursive: true })
    await removeOld(join(out, folder), answers)
  }
  for (const { evaluator, evidence } of answers) {
    if (evidence.kind === 'absent') continue
    for (const table of evidence.tables) {
      const { csv, json } = filesOf(evaluator, table.name)
      await writeAtomically(join(out, 'data'), basename(csv), toCsv(table))
      await writeAtomically(join(out, 'data'), basename(json), toJson(table))
    }
    for (const { name, svg } of evidence.figures) {
      const files = filesOf(evaluator, name)
      await writeAtomically(join(out, 'figures'), basename(files.svg), drawing.standalone(svg))
      await writeAtomically(join(out, 'figures'), basename(files.png), await toPng(svg, drawing.palette))
    }
  }
  const { version, date, command } = options
  const blocks = describeReport({ results, subject, comparisons, answers, version, date, command })
  await writeAtomically(out, reportNames.markdown, toMarkdown(blocks.filter(isForMarkdown)))
  await writeAtomically(out, reportNames.html, toHtml(blocks, drawing.palette))
}

/** Files of an earlier report: of other groups or spaces. Files of other names stay. */
async function removeOld(folder: string, answers: readonly Answer[]): Promise<void> {
  const isOurs = (name: string): boolean =>
    /\.(?:svg|png|csv|json)$/.test(name) && answers.some(({ evaluator: { id } }) => name.startsWith(`${id}-`))
  for (const name of (await readdir(folder)).filter(isOurs)) await rm(join(folder, name))
}

/** Folded tables are long: Markdown has the links to their files. */
function isForMarkdown(block: Block): boolean {
  return !(block.kind === 'table' && block.folded !== undefined)
}

/** Defaults filled in. @throws {RangeError} as `writeReport` */
export function resolveReportOptions(
  { groups }: EvaluationResults,
  { subject = groups.includes('full') ? 'full' : groups[0], topK = 10, seed = 0 }: Partial<ReportOptions>,
): { readonly subject: string; readonly topK: number; readonly seed: number } {
  if (!groups.includes(subject)) {
    throw new RangeError(
      `subject: expected one of ${groups.join(', ') || 'the groups, of which there is none'}, received '${subject}'`,
    )
  }
  if (!(Number.isInteger(topK) && topK >= 1))
    throw new RangeError(`topK: expected an integer of at least 1, received ${topK}`)
  return { subject, topK, seed }
}
