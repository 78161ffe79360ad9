// A condition or loop goes; what it held stays. Or only its `else` goes.

import { childOf } from '../../kernels/index.ts'
import { copy, draw, type EditKind } from './edit.ts'

export const unwrap: EditKind = {
  id: 'unwrap',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ node, isInBlock }) => isInBlock && /^(?:if|for|while)_statement$/.test(node.type),
      40,
    )
    if (statement === undefined) return undefined
    const alternative = childOf(statement.node, 'alternative')
    if (alternative !== undefined && rng.next() < 0.5) return { ...kernel.spanOf(alternative), tokens: [] }
    const body = childOf(statement.node, 'consequence') ?? childOf(statement.node, 'body')
    if (body === undefined) return undefined
    const { start, end } = kernel.spanOf(body)
    const inside = body.type === 'compound_statement' ? { start: start + 1, end: end - 1 } : { start, end }
    // What leaves a block early would leave the whole block below it without a purpose.
    if (kernel.tokens.slice(inside.start, inside.end).some((token) => /^(?:return|break|continue)$/.test(token))) {
      return undefined
    }
    const initializer = childOf(statement.node, 'initializer')
    const counter = initializer?.type === 'declaration' ? copy(kernel, kernel.spanOf(initializer)) : []
    return { start: statement.start, end: statement.end, tokens: [...counter, ...copy(kernel, inside)] }
  },
}
