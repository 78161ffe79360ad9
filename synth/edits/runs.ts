// One or a few statements of a block, one after the other.

import type { Random } from '../random.ts'
import { draw } from './edit.ts'
import type { Span, Statement, TypedKernel } from './typed-kernel.ts'

const longestRun = 3

/** Statements that stand together, the first of which passes; undefined without luck. */
export function drawRun(
  kernel: TypedKernel,
  rng: Random,
  passes: (first: Statement) => boolean = () => true,
): { readonly first: Statement; readonly span: Span } | undefined {
  const first = draw(kernel.statements, rng, (statement) => statement.isInBlock && passes(statement))
  if (first === undefined) return undefined
  const siblings = kernel.statements.filter(({ node }) => node.parent === first.node.parent)
  const from = siblings.indexOf(first)
  const last = siblings[Math.min(siblings.length - 1, from + rng.below(longestRun))]
  return { first, span: { start: first.start, end: last.end } }
}

/** Does the span declare what is mentioned after it? */
export function isNeeded(kernel: TypedKernel, { start, end }: Span): boolean {
  return kernel.variables.some(
    ({ name, declaredAt, to }) =>
      declaredAt >= start &&
      declaredAt < end &&
      kernel.tokens.slice(end, Math.min(to, kernel.tokens.length)).includes(name),
  )
}
