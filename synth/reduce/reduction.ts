// What a reduction of a unit is: spans of its text that are written shorter, or not at all.

import { lex, masksWithin, type ParsedUnit, type SyntaxNode } from '../../kernels/index.ts'
import type { TypedKernel } from '../edits/index.ts'

/** Characters `[start, end)` become `text`. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** One way of making a unit smaller: all of its splices at once. */
export type Reduction = readonly Splice[]

/** One way of finding reductions. */
export interface ReductionKind {
  /** Unique, kebab-case. */
  readonly id: string
  /**
   * All reductions of a unit, in any order. They need not be right: what they break, the property turns down.
   * @param kernel - the same text, typed
   */
  find(unit: ParsedUnit, kernel: TypedKernel): Reduction[]
}

/** The span goes. */
export function cut(start: number, end: number): Splice {
  return { start, end, text: '' }
}

/** Start of a node with what is before it that the parser does not see: `local float x;`. Directives stay. */
export function startOf(unit: ParsedUnit, node: SyntaxNode): number {
  const siblings = node.parent?.children ?? []
  const from = siblings[siblings.indexOf(node) - 1]?.end ?? node.parent?.start ?? 0
  return masksWithin(unit, from, node.start).find(({ text }) => !text.startsWith('#'))?.start ?? node.start
}

/** The text after some reductions that do not overlap; splices within other splices do not count. */
export function applyReductions(text: string, reductions: readonly Reduction[]): string {
  const splices = reductions.flat().sort((a, b) => a.start - b.start || b.end - a.end)
  let written = ''
  let at = 0
  for (const splice of splices) {
    if (splice.start < at) continue
    written = `${join(written, text.slice(at, splice.start))} ${splice.text} `
    at = splice.end
  }
  return join(written, text.slice(at))
}

/** A comma goes with what it stood before. */
function join(written: string, rest: string): string {
  return (/^\s*[)};\]]/.test(rest) ? written.replace(/,\s*$/, '') : written) + rest
}

/** Would two reductions write to one place? */
export function overlap(a: Reduction, b: Reduction): boolean {
  return a.some((one) => b.some((other) => one.start < other.end && other.start < one.end))
}

/** Characters that a reduction takes out, less those that it brings. */
export function savedBy(reduction: Reduction): number {
  return reduction.reduce((saved, { start, end, text }) => saved + end - start - text.length, 0)
}

/** Tokens of a text, and among texts of as many tokens, how plain these are; smaller is smaller. */
export interface Size {
  readonly tokens: number
  readonly weight: number
}

export function sizeOf(text: string): Size {
  const tokens = lex(text)
  return { tokens: tokens.length, weight: tokens.reduce((sum, token) => sum + weightOf(token.text), 0) }
}

export function isSmaller(a: Size, b: Size): boolean {
  return a.tokens < b.tokens || (a.tokens === b.tokens && a.weight < b.weight)
}

/** `0` before `1`, literals before names, `int` before other types: each step of a reduction has to lead down. */
function weightOf(token: string): number {
  if (/^(?:0|int|void|\W+)$/.test(token)) return 0
  if (/^(?:1|0\.0f)$/.test(token)) return 1
  return /^(?:[\d.].*|bool|u?(?:char|short|int|long)|float|double|half)$/.test(token) ? 2 : 3
}
