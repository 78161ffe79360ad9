// Options and figures that the corpora commands share.

import type { Option } from '../../command.ts'

export const defaultCorpusPath = 'corpus.db'

export const corpusOption: Option = {
  syntax: '-c, --corpus <file>',
  summary: 'the corpus to read, as `corpora mine` wrote it',
  default: defaultCorpusPath,
}

/** 12345 → `12,345`. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US')
}

const longestList = 12

/** Lines that list counts, the first ones each and the rest as one; none for no counts. */
export function countLines(title: string, counts: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(counts)
  if (entries.length === 0) return []
  const rest = entries.slice(longestList)
  const lines = entries.slice(0, longestList).map(([name, count]) => `  ${grouped(count).padStart(9)}  ${name}`)
  if (rest.length > 0) {
    const sum = rest.reduce((total, [, count]) => total + count, 0)
    lines.push(`  ${grouped(sum).padStart(9)}  in ${grouped(rest.length)} more`)
  }
  return ['', `${title}:`, ...lines]
}
