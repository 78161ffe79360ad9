// A condition gets an `else`: what it does is done there too, with one variable or literal changed.

import { childOf } from '../../kernels/index.ts'
import { copy, draw, drawLiteral, type EditKind, fits, isInteger, nameOf, plain } from './edit.ts'

const longest = 60

export const otherwise: EditKind = {
  id: 'otherwise',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ node, isInBlock, start, end }) =>
        isInBlock &&
        node.type === 'if_statement' &&
        childOf(node, 'alternative') === undefined &&
        end - start <= longest,
      40,
    )
    const body = statement && childOf(statement.node, 'consequence')
    if (statement === undefined || body === undefined) return undefined
    const span = kernel.spanOf(body)
    const tokens = copy(kernel, span)
    if (tokens.some(({ text }) => /^(?:barrier|return|break|continue)$/.test(text))) return undefined
    const leaf = draw(
      kernel.expressions,
      rng,
      ({ node, role, start, end }) =>
        start >= span.start && end <= span.end && role === 'value' && /^(?:identifier|number_literal)$/.test(node.type),
      60,
    )
    if (leaf === undefined) return undefined
    const others = kernel
      .inScope(statement.start)
      .filter(({ name, type }) => name !== kernel.tokens[leaf.start] && fits(leaf.type, type))
    const isNumber = leaf.type.depth === 0
    if (others.length === 0 && !isNumber) return undefined
    tokens[leaf.start - span.start] =
      others.length > 0 && rng.next() < 0.7 ? nameOf(rng.pick(others)) : drawLiteral(isInteger(leaf.type), rng)
    const isBlock = body.type === 'compound_statement'
    const inner = isBlock ? tokens : [...plain('{'), ...tokens, ...plain('}')]
    return { start: statement.end, end: statement.end, tokens: [...plain('else'), ...inner] }
  },
}
