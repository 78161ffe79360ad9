// Kernels become one that takes the parameters of all and does the work of all: their features add up.

import { closingBracket, copy, type EditKind, type EditToken } from './edit.ts'
import type { Span, TypedKernel } from './typed-kernel.ts'

const slot = /^([fpvtg])(\d+)$/

export const fuse: EditKind = {
  id: 'fuse',
  propose(kernel, _, donor) {
    const fused = fuseKernels([kernel, donor])
    return fused.count < 2 ? undefined : { start: 0, end: kernel.tokens.length, tokens: fused.tokens }
  },
}

/**
 * The kernels one after another, the first with its qualifiers. One that does not go with those before it is left out:
 * work-items that left early would miss its barriers.
 */
export function fuseKernels(kernels: readonly TypedKernel[]): { readonly tokens: EditToken[]; readonly count: number } {
  const preamble: EditToken[] = []
  const before: EditToken[] = []
  const parameters: EditToken[] = []
  const body: EditToken[] = []
  let count = 0
  let offset = 0
  let leaves = false
  for (const kernel of kernels) {
    const parts = findParts(kernel)
    if (parts === undefined || (leaves && kernel.tokens.includes('barrier'))) continue
    const renamed = (span: Span): EditToken[] => shift(copy(kernel, span), offset)
    preamble.push(...renamed({ start: 0, end: parts.head }))
    if (count === 0) before.push(...renamed({ start: parts.head, end: parts.parameters.start }))
    if (parameters.length > 0) parameters.push({ text: ',', class: '' })
    parameters.push(...renamed(parts.parameters))
    body.push(...renamed(parts.body))
    leaves ||= kernel.tokens.indexOf('return', parts.body.start) >= 0
    offset += 1 + Math.max(0, ...kernel.tokens.map((token) => Number(slot.exec(token)?.[2] ?? 0)))
    count++
  }
  const [close, open, end] = [')', '{', '}'].map((text): EditToken => ({ text, class: '' }))
  return { tokens: [...preamble, ...before, ...parameters, close, open, ...body, end], count }
}

function shift(tokens: readonly EditToken[], offset: number): EditToken[] {
  if (offset === 0) return [...tokens]
  return tokens.map((token) => ({
    text: token.text.replace(slot, (_, letter: string, digits: string) => `${letter}${Number(digits) + offset}`),
    class: token.class,
  }))
}

/** The parameter list and the body of the kernel function, without their brackets, and where the function starts. */
function findParts({ tokens }: TypedKernel): { head: number; parameters: Span; body: Span } | undefined {
  const head = tokens.indexOf('kernel')
  let open = tokens.indexOf('(', head)
  while (open >= 0 && !/^f\d+$/.test(tokens[open - 1])) open = tokens.indexOf('(', open + 1)
  if (head < 0 || open < 0) return undefined
  const close = closingBracket(tokens, open)
  const brace = tokens.indexOf('{', close)
  if (close < 0 || brace < 0 || close === open + 1 || tokens.slice(open + 1, close).join() === 'void') return undefined
  return {
    head,
    parameters: { start: open + 1, end: close },
    body: { start: brace + 1, end: closingBracket(tokens, brace) },
  }
}
