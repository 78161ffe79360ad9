// A statement is put into a loop of its own, and uses the counter if it can.

import { copy, draw, type EditKind, freshName, isInteger, literal, nameOf, plain } from './edit.ts'

export const repeat: EditKind = {
  id: 'repeat',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ node, isInBlock }) => isInBlock && node.type === 'expression_statement',
    )
    if (statement === undefined) return undefined
    const bounds = kernel.inScope(statement.start).filter(({ type }) => type.base === 'int' && type.depth === 0)
    const bound = bounds.length > 0 ? nameOf(rng.pick(bounds)) : literal(rng.pick(['4', '8', '16']))
    const counter = { text: freshName(statement.start), class: 'name:i' }
    const body = copy(kernel, statement)
    const used = draw(
      kernel.expressions,
      rng,
      ({ node, type, role, start, end }) =>
        start >= statement.start &&
        end <= statement.end &&
        end === start + 1 &&
        role === 'value' &&
        /^(?:identifier|number_literal)$/.test(node.type) &&
        isInteger(type),
      60,
    )
    if (used === undefined) return undefined
    body[used.start - statement.start] = counter
    const tokens = [
      ...plain('for', '(', 'int'),
      counter,
      { text: '=', class: '=:ii' },
      literal('0'),
      ...plain(';'),
      counter,
      { text: '<', class: '<:ii' },
      bound,
      ...plain(';'),
      counter,
      { text: '++', class: '++:i' },
      ...plain(')', '{'),
      ...body,
      ...plain('}'),
    ]
    return { start: statement.start, end: statement.end, tokens }
  },
}
