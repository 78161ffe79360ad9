// A lineage as a chain: what each step changed, from the seed to the kernel.

import type { LineageStep } from '../corpora/index.ts'
import { diffTexts, wholeText } from './diff-lines.ts'
import type { ChainStep } from './page/messages.ts'

/**
 * @param textOf - of a parent by its key; undefined where it was not kept, and the next step that is known shows the
 *   changes of those before it, too
 */
export function chainOf(
  lineage: readonly LineageStep[],
  kernel: { readonly key: string; readonly text: string },
  textOf: (key: string) => string | undefined,
): ChainStep[] {
  let last: string | undefined
  let skipped = 0
  return lineage.map((step, i): ChainStep => {
    const { generation, proposal, holeKind } = step
    const key = i === lineage.length - 1 ? kernel.key : (lineage[i + 1].parent ?? undefined)
    const text = i === lineage.length - 1 ? kernel.text : key === undefined ? undefined : textOf(key)
    const facts = { generation, proposal, holeKind, key: key?.slice(0, 16) ?? null }
    if (text === undefined) {
      skipped++
      return { ...facts, lines: null, skipped: 0 }
    }
    const lines = last === undefined ? wholeText(text) : diffTexts(last, text)
    const result = { ...facts, lines, skipped }
    last = text
    skipped = 0
    return result
  })
}
