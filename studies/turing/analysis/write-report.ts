// The files of an analysis: analysis.json, report.md with pictures in report/, and report.html, which holds them.

import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { loadDrawing, toHtml, toMarkdown, writeAtomically } from '../../../corpora/index.ts'
import type { Analysis } from './analysis.ts'
import { describeAnalysis } from './describe.ts'

/** Names of the files. */
export const reportNames = { html: 'report.html', markdown: 'report.md', json: 'analysis.json' } as const

/** Write the report. The same analysis gives the same bytes. @param folder - created where it is missing */
export async function writeReport(folder: string, analysis: Analysis): Promise<void> {
  const [drawing, { drawAnalysis }] = await Promise.all([loadDrawing(), import('./charts.ts')])
  const blocks = describeAnalysis(analysis, drawAnalysis(analysis, drawing))
  const drawn = blocks.flatMap((block) => (block.kind === 'picture' ? [block] : []))
  await mkdir(join(folder, 'report'), { recursive: true })
  for (const { file, svg } of drawn) {
    await writeAtomically(join(folder, 'report'), basename(file), drawing.standalone(svg))
  }
  await writeAtomically(folder, reportNames.markdown, toMarkdown(blocks))
  await writeAtomically(folder, reportNames.html, toHtml(blocks, drawing.palette))
  await writeAtomically(folder, reportNames.json, `${JSON.stringify(analysis, null, 2)}\n`)
}
