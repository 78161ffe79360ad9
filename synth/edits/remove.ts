// One or a few statements go, if nothing that stays needs what they declare.

import { childOf } from '../../kernels/index.ts'
import { draw, type EditKind } from './edit.ts'
import type { Span, Statement, TypedKernel } from './typed-kernel.ts'

const longestRun = 3

export const remove: EditKind = {
  id: 'remove',
  propose(kernel, rng) {
    const first = draw(kernel.statements, rng, ({ isInBlock }) => isInBlock)
    if (first === undefined) return undefined
    const siblings = kernel.statements.filter(({ node }) => node.parent === first.node.parent)
    const from = siblings.indexOf(first)
    const last = siblings[Math.min(siblings.length - 1, from + rng.below(longestRun))]
    const span = { start: first.start, end: last.end }
    return isNeeded(kernel, span) || endsLoop(kernel, first, span) ? undefined : { ...span, tokens: [] }
  },
}

/** Does the span declare what is mentioned after it? */
function isNeeded(kernel: TypedKernel, { start, end }: Span): boolean {
  return kernel.variables.some(
    ({ name, declaredAt, to }) =>
      declaredAt >= start &&
      declaredAt < end &&
      kernel.tokens.slice(end, Math.min(to, kernel.tokens.length)).includes(name),
  )
}

/** Does the span write what the condition of a loop around it reads? Without it, the loop could become endless. */
function endsLoop(kernel: TypedKernel, { node }: Statement, { start, end }: Span): boolean {
  const read = new Set<string>()
  for (let loop = node.parent; loop !== undefined; loop = loop.parent) {
    const condition = /^(?:while|do|for)_statement$/.test(loop.type) ? childOf(loop, 'condition') : undefined
    if (condition === undefined) continue
    const span = kernel.spanOf(condition)
    for (const token of kernel.tokens.slice(span.start, span.end)) read.add(token)
  }
  return kernel.expressions.some(
    (one) => one.role === 'place' && one.start >= start && one.end <= end && read.has(kernel.tokens[one.start]),
  )
}
