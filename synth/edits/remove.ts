// One or a few statements go, if nothing that stays needs what they declare.

import { childOf } from '../../kernels/index.ts'
import type { EditKind } from './edit.ts'
import { drawRun, isNeeded } from './runs.ts'
import type { Span, Statement, TypedKernel } from './typed-kernel.ts'

export const remove: EditKind = {
  id: 'remove',
  propose(kernel, rng) {
    const run = drawRun(kernel, rng)
    if (run === undefined) return undefined
    const { first, span } = run
    return isNeeded(kernel, span) || endsLoop(kernel, first, span) ? undefined : { ...span, tokens: [] }
  },
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
