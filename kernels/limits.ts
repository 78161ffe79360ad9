// What we refuse to hand to a parser or compiler: clang overflows its stack on a few thousand nested
// parentheses and hangs on `#include "/dev/zero"`, so size and nesting are capped before either sees a byte.

import type { Rejection } from './errors.ts'

/** The largest source that is accepted. */
export const sourceLimits: { readonly sizeBytes: number; readonly nesting: number; readonly syntaxDepth: number } = {
  sizeBytes: 1 << 20,
  nesting: 200,
  /** Of syntax trees: code that walks them recurses. */
  syntaxDepth: 1000,
}

/** @returns undefined when the text is fit for parsing, else why it is not */
export function checkSource(source: string): Rejection | undefined {
  const reject = (log: string): Rejection => ({ ok: false, stage: 'limits', log })
  if (source.length > sourceLimits.sizeBytes) {
    return reject(`source has ${source.length} characters; at most ${sourceLimits.sizeBytes} are accepted`)
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  const junk = /[\x00-\x08\x0e-\x1f\ufffd]/.exec(source)
  if (junk) return reject(`not text: control or undecodable character at ${position(source, junk.index)}`)
  return checkNesting(source)
}

function checkNesting(source: string): Rejection | undefined {
  let depth = 0
  for (let i = 0; i < source.length; i++) {
    const c = source[i]
    if (c === '(' || c === '[' || c === '{') depth++
    else if (c === ')' || c === ']' || c === '}') depth = Math.max(0, depth - 1)
    if (depth > sourceLimits.nesting) {
      const log = `brackets nest deeper than ${sourceLimits.nesting} at ${position(source, i)}`
      return { ok: false, stage: 'limits', log }
    }
  }
  return undefined
}

/** `line:column` of an offset, both from 1. */
export function position(source: string, offset: number): string {
  const before = source.slice(0, offset)
  const line = before.split('\n').length
  return `${line}:${offset - before.lastIndexOf('\n')}`
}
