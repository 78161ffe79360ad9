// A number is negated, or the bits of a whole one are flipped.

import { copy, drawValue, type EditKind, isInteger, isNumeric, operator, plain } from './edit.ts'

export const negate: EditKind = {
  id: 'negate',
  propose(kernel, rng) {
    const whole = drawValue(
      kernel,
      rng,
      ({ node, type }) =>
        isNumeric(type) &&
        !/^(?:number_literal|unary_expression|parenthesized_expression)$/.test(node.type) &&
        node.parent?.type !== 'unary_expression',
    )
    if (whole === undefined) return undefined
    const sign = isInteger(whole.type) && rng.next() < 0.5 ? '~' : '-'
    const isLoose = /^(?:binary|conditional|cast)_expression$/.test(whole.node.type)
    const inner = copy(kernel, whole)
    const isSpliced = kernel.tokens[whole.start - 1] === sign // `a - -b` would read badly
    const tokens = [operator(sign, whole.type), ...(isLoose ? [...plain('('), ...inner, ...plain(')')] : inner)]
    const enclosing = isSpliced ? [...plain('('), ...tokens, ...plain(')')] : tokens
    return { start: whole.start, end: whole.end, tokens: enclosing }
  },
}
