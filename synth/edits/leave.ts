// The kernel, or a loop, is left early: `if (i >= n) return;`, `if (a[i] > x) break;`. Not where work-items that stay
// would wait at a barrier.

import { draw, type EditKind, plain } from './edit.ts'
import { drawCondition } from './guard.ts'
import type { Statement, TypedKernel } from './typed-kernel.ts'

export const leave: EditKind = {
  id: 'leave',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ isInBlock, node }) => isInBlock && !/^(?:return|break|continue)_statement$/.test(node.type),
    )
    if (statement === undefined) return undefined
    const at = statement.end
    const ways = waysOut(kernel, statement)
    if (ways.length === 0) return undefined
    const tokens = [...plain('if', '('), ...drawCondition(kernel, at, rng), ...plain(')', rng.pick(ways), ';')]
    return { start: at, end: at, tokens }
  },
}

function waysOut(kernel: TypedKernel, { node, start }: Statement): readonly string[] {
  const ways: string[] = []
  const head = kernel.tokens.indexOf('kernel')
  if (start > head && !kernel.tokens.includes('barrier', head)) ways.push('return')
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
    if (outer.type === 'switch_statement') break
    if (!/^(?:for|while|do)_statement$/.test(outer.type)) continue
    const span = kernel.spanOf(outer)
    if (kernel.tokens.slice(span.start, span.end).includes('barrier')) break
    ways.push('break')
    if (outer.type === 'for_statement') ways.push('continue') // others may forget to count on
    break
  }
  return ways
}
