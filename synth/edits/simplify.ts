// An expression becomes one of its operands.

import { copy, drawValue, type EditKind, enclosed, fits } from './edit.ts'

const composite = /^(?:binary|conditional|call|cast|unary)_expression$/

export const simplify: EditKind = {
  id: 'simplify',
  propose(kernel, rng) {
    const whole = drawValue(kernel, rng, ({ node }) => composite.test(node.type))
    if (whole === undefined) return undefined
    const parts = kernel.expressions.filter(
      ({ node, type, start, end }) =>
        start >= whole.start &&
        end <= whole.end &&
        fits(whole.type, type) &&
        node.type !== 'parenthesized_expression' &&
        [node.parent, node.parent?.parent, node.parent?.parent?.parent].includes(whole.node),
    )
    const part = parts.length === 0 ? undefined : rng.pick(parts)
    if (part === undefined) return undefined
    const isLoose = /^(?:binary|conditional)_expression$/.test(part.node.type)
    const tokens = copy(kernel, part)
    return { start: whole.start, end: whole.end, tokens: isLoose ? enclosed(whole, tokens) : tokens }
  },
}
