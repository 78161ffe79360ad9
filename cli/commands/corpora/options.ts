// Options that the corpora commands share.

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
