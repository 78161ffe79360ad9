// What edits ask about the loops around a statement.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import type { Span, TypedKernel } from './typed-kernel.ts'

const loop = /^(?:for|while|do)_statement$/

/** The innermost loop. */
export function loopAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) if (loop.test(outer.type)) return outer
  return undefined
}

/** Does the span write what the condition of a loop around the node reads? Without it, the loop could become endless. */
export function endsLoop(kernel: TypedKernel, node: SyntaxNode, { start, end }: Span): boolean {
  const read = new Set<string>()
  for (let outer = loopAround(node); outer !== undefined; outer = loopAround(outer)) {
    const condition = childOf(outer, 'condition')
    if (condition === undefined) continue
    const span = kernel.spanOf(condition)
    for (const token of kernel.tokens.slice(span.start, span.end)) read.add(token)
  }
  return kernel.expressions.some(
    (one) => one.role === 'place' && one.start >= start && one.end <= end && read.has(kernel.tokens[one.start]),
  )
}
