// Blanks what the C grammar does not know (OpenCL qualifiers, attributes) with spaces of the same length, so
// that every byte offset survives, and keeps what was blanked as data.

import { lex, type Token } from './lexer.ts'

/** What a blanked stretch was. */
export type MaskKind = 'kernel' | 'address-space' | 'access' | 'attribute' | 'other'

/** A blanked stretch of the source: `source.slice(start, end) === text`. */
export interface Mask {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly kind: MaskKind
}

const maskedWords: ReadonlyMap<string, MaskKind> = new Map<string, MaskKind>([
  ...bothSpellings('kernel', 'kernel'),
  ...['global', 'local', 'constant', 'private', 'generic'].flatMap((word) => bothSpellings(word, 'address-space')),
  ...['read_only', 'write_only', 'read_write'].flatMap((word) => bothSpellings(word, 'access')),
  ['pipe', 'other'],
  ['__extension__', 'other'],
  ['inline', 'other'],
  ['restrict', 'other'],
  ...['inline', 'restrict', 'const', 'volatile', 'signed'].flatMap((word): [string, MaskKind][] => [
    [`__${word}`, 'other'],
    [`__${word}__`, 'other'],
  ]),
])

function bothSpellings(word: string, kind: MaskKind): [string, MaskKind][] {
  return [
    [word, kind],
    [`__${word}`, kind],
  ]
}

/** @returns the text to parse, as long as `source`, and the masks in source order */
export function maskOpenCl(source: string): { masked: string; masks: Mask[] } {
  const tokens = lex(source)
  const masks: Mask[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token.kind === 'directive') masks.push(maskOf(source, token.start, token.end, 'other'))
    if (token.kind !== 'identifier') continue
    if (token.text === '__attribute__' || token.text === '__attribute') {
      const end = closingParenthesis(tokens, i + 1)
      masks.push(maskOf(source, token.start, tokens[end].end, 'attribute'))
      i = end
      continue
    }
    const kind = maskedWords.get(token.text)
    if (kind !== undefined) masks.push(maskOf(source, token.start, token.end, kind))
  }
  return { masked: blank(source, masks), masks }
}

/** Index of the token that closes the parenthesis at `open`, or `open - 1` where there is none. */
function closingParenthesis(tokens: readonly Token[], open: number): number {
  if (tokens[open]?.text !== '(') return open - 1
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i].text === '(') depth++
    if (tokens[i].text === ')' && --depth === 0) return i
  }
  return open - 1
}

function maskOf(source: string, start: number, end: number, kind: MaskKind): Mask {
  return { start, end, text: source.slice(start, end), kind }
}

function blank(source: string, masks: readonly Mask[]): string {
  const pieces: string[] = []
  let position = 0
  for (const mask of masks) {
    pieces.push(source.slice(position, mask.start), mask.text.replace(/[^\n]/g, ' '))
    position = mask.end
  }
  pieces.push(source.slice(position))
  return pieces.join('')
}
