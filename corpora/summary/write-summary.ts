// The files by which a folder of results explains itself.

import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { loadMinedVectors } from '../mined-vectors.ts'
import type { Store } from '../store/store.ts'
import { writeAtomically } from '../write-atomically.ts'
import { describeSummary } from './describe.ts'
import { toHtml } from './html.ts'
import { toMarkdown } from './markdown.ts'
import { readSummary } from './read-summary.ts'

/** Names of the two documents; the pictures of the first lie in `summary/`. */
export const summaryNames = { markdown: 'summary.md', html: 'summary.html' } as const

/**
 * Write `summary.md` with `summary/*.svg`, and `summary.html`, which holds its pictures. The same store gives the same
 * bytes: nothing but the store is read, and the shipped vectors of the mined corpus.
 * @param folder - that exists, and holds the `.cl` files that the documents link to
 */
export async function writeSummary(folder: string, store: Store): Promise<void> {
  // Loaded here, as every process of a search loads this folder and few of them draw.
  const [{ drawSpace }, { palette, standalone }] = await Promise.all([import('./charts.ts'), import('./drawing.ts')])
  const summary = readSummary(store)
  const mined = loadMinedVectors().spaces
  const pictures = new Map(summary.spaces.map((space) => [space.id, drawSpace(space, mined[space.id] ?? [])]))
  const blocks = describeSummary(summary, pictures)
  const drawn = blocks.flatMap((block) => (block.kind === 'picture' ? [block] : []))
  if (drawn.length > 0) await mkdir(join(folder, 'summary'), { recursive: true })
  for (const { file, svg } of drawn) await writeAtomically(join(folder, 'summary'), basename(file), standalone(svg))
  await writeAtomically(folder, summaryNames.markdown, toMarkdown(blocks))
  await writeAtomically(folder, summaryNames.html, toHtml(blocks, palette))
}
