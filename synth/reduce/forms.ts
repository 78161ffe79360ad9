// How a reducer writes its candidates. Texts that come out alike are tested once.

import { findKernels, lex, normaliseKernel, parseChecked, printTokens } from '../../kernels/index.ts'

/** Writes a text in a form of its own; undefined where the text is beyond it. Writing it again changes nothing. */
export type Form = (text: string) => string | undefined

/** The last kernel in normal form with what it needs: helpers, types and constants that lost their use are gone. */
export const normalForm: Form = (text) => {
  const parsed = parseChecked(text)
  const kernel = parsed.ok ? findKernels(parsed.unit).at(-1) : undefined
  if (!parsed.ok || kernel === undefined) return undefined
  const form = normaliseKernel(parsed.unit, kernel)
  return form.ok ? form.text : undefined
}

/** The unit in one layout, whatever it holds; directives, which end with their line, keep it. */
export const printedUnit: Form = (text) => {
  const tokens = lex(text)
  const isPlain = tokens.every(({ kind }) => kind !== 'directive' && kind !== 'unknown')
  return isPlain ? printTokens(tokens.map((token) => token.text)) : trimmedUnit(text)
}

/** The unit in its own layout, without blank lines. */
export const trimmedUnit: Form = (text) => {
  const lines = text.split('\n').map((line) => line.trimEnd())
  return lines.flatMap((line) => (line === '' ? [] : [`${line}\n`])).join('')
}
