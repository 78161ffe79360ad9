// One or a few statements go, if nothing that stays needs what they declare.

import { draw, type EditKind } from './edit.ts'
import type { Span, TypedKernel } from './typed-kernel.ts'

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
    return isNeeded(kernel, span) ? undefined : { ...span, tokens: [] }
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
