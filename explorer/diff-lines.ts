// What differs between two texts, a line of code each, highlighted.

import { structuredPatch } from 'diff'
import { highlightLines } from '../web/index.ts'
import type { DiffLine } from './page/messages.ts'

const contextLines = 2

/** The lines that changed with some around them; `@` stands for those left out before. Empty where nothing changed. */
export function diffTexts(old: string, fresh: string): DiffLine[] {
  const { hunks } = structuredPatch('', '', old, fresh, '', '', { context: contextLines })
  return hunks.flatMap(({ lines, oldStart }, i): DiffLine[] => {
    const shown = lines.filter((line) => !line.startsWith('\\')).map((line) => lineOf(line[0], line.slice(1)))
    const gap = oldStart > 1 || i > 0 ? [{ sign: '@' as const, stretches: [] }] : []
    return [...gap, ...shown]
  })
}

/** All lines of a text, unchanged. */
export function wholeText(text: string): DiffLine[] {
  return highlightLines(text).map((stretches) => ({ sign: ' ', stretches }))
}

function lineOf(sign: string, text: string): DiffLine {
  return { sign: sign === '+' || sign === '-' ? sign : ' ', stretches: highlightLines(text)[0] }
}
