// One or a few statements get a condition. Barriers do not: every work-item of a group must meet them.

import type { Random } from '../random.ts'
import { copy, drawLeaf, drawValue, type EditKind, type EditToken, isReachable, operator, plain } from './edit.ts'
import { drawRun, isNeeded } from './runs.ts'
import type { TypedKernel } from './typed-kernel.ts'

const guarded = /^(?:expression|if|for|while)_statement$/
const longestCondition = 24

export const guard: EditKind = {
  id: 'guard',
  propose(kernel, rng) {
    const run = drawRun(kernel, rng, ({ node }) => guarded.test(node.type))
    if (run === undefined || isNeeded(kernel, run.span)) return undefined
    const { start, end } = run.span
    if (kernel.tokens.slice(start, end).includes('barrier')) return undefined
    const tokens = [
      ...plain('if', '('),
      ...drawCondition(kernel, start, rng),
      ...plain(')', '{'),
      ...copy(kernel, run.span),
      ...plain('}'),
    ]
    return { start, end, tokens }
  },
}

/** A comparison that is in use already, or one of two numbers in scope. */
export function drawCondition(kernel: TypedKernel, at: number, rng: Random): readonly EditToken[] {
  const used =
    rng.next() < 0.4
      ? drawValue(
          kernel,
          rng,
          (value) =>
            value.node.type === 'binary_expression' &&
            value.node.children.some(({ type }) => /^(?:[<>]=?|[=!]=)$/.test(type)) &&
            value.end - value.start <= longestCondition &&
            isReachable(kernel, value, at),
        )
      : undefined
  if (used !== undefined) return copy(kernel, used)
  const left = drawLeaf(kernel, at, rng.next() < 0.7, rng)
  const right = drawLeaf(kernel, at, true, rng)
  return [
    ...left.tokens,
    operator(rng.pick(['<', '>', '<=', '>=', '==', '!=']), left.type, right.type),
    ...right.tokens,
  ]
}
