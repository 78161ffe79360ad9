// A number comes from a new parameter: a scalar, or an element of a new buffer.

import { copy, draw, drawValue, type EditKind, type EditToken, freshName, isInteger, isNumeric, plain } from './edit.ts'
import { operandLetter } from './token-classes.ts'

const bases = ['int', 'uint', 'float', 'long', 'char', 'double']

export const parameter: EditKind = {
  id: 'parameter',
  propose(kernel, rng) {
    const head = kernel.tokens.indexOf('kernel')
    const open = kernel.tokens.indexOf('{', head)
    const close = kernel.tokens.lastIndexOf(')', open)
    const use = drawValue(
      kernel,
      rng,
      ({ node, type, start }) =>
        start > open && isNumeric(type) && /^(?:identifier|number_literal|subscript_expression)$/.test(node.type),
    )
    if (use === undefined || head < 0 || close < 0 || kernel.tokens[close - 1] === '(') return undefined
    const [whole, fractional] = [bases.filter((base) => !/^(?:float|double)$/.test(base)), ['float']]
    const base = rng.pick(isInteger(use.type) ? whole : fractional)
    const letter = operandLetter({ base, depth: 0 })
    const name = freshName(close)
    const index =
      rng.next() < 0.5
        ? undefined
        : draw(
            kernel.variables,
            rng,
            ({ type, from, to }) => type.depth === 0 && isInteger(type) && from <= use.start && use.start < to,
            24,
          )
    const declared: EditToken[] =
      index === undefined
        ? [...plain('const', base), { text: name, class: `name:${letter}` }]
        : [...plain('global', 'const', base, '*'), { text: name, class: 'name:g' }]
    const used: EditToken[] =
      index === undefined
        ? [{ text: name, class: `name:${letter}` }]
        : [
            { text: name, class: 'name:g' },
            { text: '[', class: `[:g${operandLetter(index.type)}` },
            { text: index.name, class: `name:${operandLetter(index.type)}` },
            ...plain(']'),
          ]
    const between = copy(kernel, { start: close, end: use.start })
    return { start: close, end: use.end, tokens: [...plain(','), ...declared, ...between, ...used] }
  },
}
