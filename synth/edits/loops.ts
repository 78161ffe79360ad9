// What edits ask about loops and about the variables that a span writes.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import type { Span, TypedKernel } from './typed-kernel.ts'

const loop = /^(?:for|while|do)_statement$/

/** The innermost loop. */
export function loopAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) if (loop.test(outer.type)) return outer
  return undefined
}

/**
 * Does the span write what a loop around the node ends by: its condition, its step, or a condition under which it is
 * left? Without it, the loop could become endless.
 */
export function endsLoop(kernel: TypedKernel, node: SyntaxNode, { start, end }: Span): boolean {
  const read = new Set<string>()
  for (let outer = loopAround(node); outer !== undefined; outer = loopAround(outer)) {
    const ends = [childOf(outer, 'condition'), childOf(outer, 'update'), ...waysOut(kernel, kernel.spanOf(outer))]
    for (const end of ends) {
      const span = end && kernel.spanOf(end)
      for (const token of kernel.tokens.slice(span?.start ?? 0, span?.end ?? 0)) read.add(token)
    }
  }
  return kernel.expressions.some(
    (one) => one.role === 'place' && one.start >= start && one.end <= end && read.has(kernel.tokens[one.start]),
  )
}

/** Conditions in a loop under which it is left. */
function waysOut(kernel: TypedKernel, { start, end }: Span): SyntaxNode[] {
  const inside = kernel.statements.filter(
    (one) => one.node.type === 'if_statement' && one.start > start && one.end <= end,
  )
  const leaving = inside.filter((one) =>
    kernel.tokens.slice(one.start, one.end).some((text) => /^(?:break|return)$/.test(text)),
  )
  return leaving.flatMap(({ node }) => childOf(node, 'condition') ?? [])
}

/** Is the variable itself written to, not an element of it? */
export function isAssigned({ parent, field }: SyntaxNode): boolean {
  return parent?.type === 'update_expression' || (parent?.type === 'assignment_expression' && field === 'left')
}

/** Names of the variables that a span assigns to. */
export function assignedIn(kernel: TypedKernel, { start, end }: Span): ReadonlySet<string> {
  const written = kernel.expressions.filter(
    (one) => one.node.type === 'identifier' && one.start >= start && one.end <= end && isAssigned(one.node),
  )
  return new Set(written.map((one) => kernel.tokens[one.start]))
}

/** Does a span mention one of the names? */
export function mentions(kernel: TypedKernel, { start, end }: Span, names: ReadonlySet<string>): boolean {
  return kernel.tokens.slice(start, end).some((text) => names.has(text))
}
