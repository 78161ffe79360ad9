// The normal form of a kernel: what the model reads and writes and what dedupe hashes. Comments, directives,
// layout, `__` prefixes, spelled-out integer types and every user-chosen name are gone.

import { createHash } from 'node:crypto'
import type { Rejection } from './errors.ts'
import { extractKernel } from './extract.ts'
import { lex, type Token } from './lexer.ts'
import { position, sourceLimits } from './limits.ts'
import { type ParsedUnit, parseUnit } from './parse.ts'
import { printTokens } from './print.ts'
import { findRenaming } from './rename.ts'

/** One kernel with what it needs, in canonical names and layout. */
export interface NormalForm {
  readonly ok: true
  /** Formatted text; lexing it gives `tokens` back. */
  readonly text: string
  readonly tokens: readonly string[]
  /** Content key: equal for kernels that differ only in names and layout. */
  readonly key: string
}

const spellings: ReadonlyMap<string, string> = new Map([
  ...['kernel', 'global', 'local', 'constant', 'private', 'generic', 'read_only', 'write_only', 'read_write'].map(
    (word): [string, string] => [`__${word}`, word],
  ),
  ...['inline', 'restrict', 'const', 'volatile', 'signed'].flatMap((word): [string, string][] => [
    [`__${word}`, word],
    [`__${word}__`, word],
  ]),
])
const dropped = new Set(['register', '__extension__', 'auto'])
/** An undeclared name of this form would be captured by a renamed one, and broken code come out whole. */
const slotName = /^[fpvtmg]\d+$/
const keptAttributes = /reqd_work_group_size|packed|aligned|ext_vector_type/

/** Parse, refusing what has syntax errors or nests too deep. */
export function parseChecked(source: string): { readonly ok: true; readonly unit: ParsedUnit } | Rejection {
  const unit = parseUnit(source)
  if (unit.errors.length > 0) {
    return { ok: false, stage: 'parse', log: `${position(source, unit.errors[0])}: syntax error` }
  }
  const { syntaxDepth } = sourceLimits
  if (unit.depth > syntaxDepth) {
    return { ok: false, stage: 'limits', log: `syntax nests ${unit.depth} deep; at most ${syntaxDepth} is accepted` }
  }
  return { ok: true, unit }
}

/** Normal form of one kernel of a parsed unit, with the helpers and types it needs. */
export function normaliseKernel(unit: ParsedUnit, kernelName: string): NormalForm | Rejection {
  const extracted = extractKernel(unit, kernelName)
  if (extracted === undefined) return { ok: false, stage: 'parse', log: `no kernel named ${kernelName}` }
  return normaliseText(extracted)
}

/** Normal form of a text that holds one kernel and nothing it does not need. */
export function normaliseText(source: string): NormalForm | Rejection {
  const parsed = parseChecked(source)
  return parsed.ok ? normaliseUnit(parsed.unit) : parsed
}

/** As `normaliseText`, of a unit that `parseChecked` passes. */
export function normaliseUnit(unit: ParsedUnit): NormalForm | Rejection {
  const { source } = unit
  const renaming = findRenaming(unit)
  const lexed = lex(source)
  const captured = lexed.find((token) => slotName.test(token.text) && !renaming.has(token.start))
  if (captured !== undefined) {
    return { ok: false, stage: 'parse', log: `${position(source, captured.start)}: '${captured.text}' is not declared` }
  }
  const tokens = canonicalTokens(lexed, renaming)
  return { ok: true, text: printTokens(tokens), tokens, key: contentKey(tokens) }
}

/** Hash of a token sequence, 32 hex digits. */
export function contentKey(tokens: readonly string[]): string {
  return createHash('sha256').update(tokens.join(' ')).digest('hex').slice(0, 32)
}

function canonicalTokens(tokens: readonly Token[], renaming: ReadonlyMap<number, string>): string[] {
  const texts: string[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token.kind === 'directive' || dropped.has(token.text)) continue
    if (token.text === '__attribute__' || token.text === '__attribute') {
      const end = attributeEnd(tokens, i)
      const attribute = tokens.slice(i + 1, end + 1)
      if (attribute.some(({ text }) => keptAttributes.test(text))) {
        texts.push('__attribute__', ...attribute.map(({ start, text }) => renaming.get(start) ?? bare(text)))
      }
      i = end
      continue
    }
    texts.push(renaming.get(token.start) ?? spellings.get(token.text) ?? token.text)
  }
  return mergeIntegerTypes(texts)
}

/** `__packed__` → `packed`. */
function bare(word: string): string {
  return word.replace(/^__(\w+)__$/, '$1')
}

function attributeEnd(tokens: readonly Token[], start: number): number {
  let depth = 0
  for (let i = start + 1; i < tokens.length; i++) {
    if (tokens[i].text === '(') depth++
    if (tokens[i].text === ')' && --depth <= 0) return i
  }
  return tokens.length - 1
}

const integerWords = new Set(['unsigned', 'signed', 'char', 'short', 'int', 'long'])
const qualifiers = new Set(['const', 'volatile', 'restrict', 'global', 'local', 'constant', 'private', 'generic'])

/**
 * `unsigned long int` → `ulong`: OpenCL C gives each such type one word (6.1.1). Qualifiers in between go first.
 * `long long` stays as it is.
 */
function mergeIntegerTypes(texts: readonly string[]): string[] {
  const merged: string[] = []
  for (let i = 0; i < texts.length; i++) {
    const end = integerTypeEnd(texts, i)
    const run = texts.slice(i, Math.max(end, i + 1))
    const words = run.filter((word) => integerWords.has(word))
    if (words.length === 0 || words.filter((word) => word === 'long').length > 1) merged.push(...run)
    else {
      merged.push(...run.filter((word) => qualifiers.has(word)))
      merged.push((words.includes('unsigned') ? 'u' : '') + baseOf(words))
    }
    i += run.length - 1
  }
  return merged
}

/** End of the run of integer words, and qualifiers between them, that starts at `start`. */
function integerTypeEnd(texts: readonly string[], start: number): number {
  let end = start
  if (!integerWords.has(texts[start])) return end
  for (let i = start; integerWords.has(texts[i]) || qualifiers.has(texts[i]); i++) {
    if (integerWords.has(texts[i])) end = i + 1
  }
  return end
}

function baseOf(run: readonly string[]): string {
  return ['char', 'short', 'long'].find((word) => run.includes(word)) ?? 'int'
}
