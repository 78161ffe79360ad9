// A number that decides alone is compared with another: `if (x)` is `if (x < y)` now; a comparison becomes another one.

import { withoutParentheses } from '../../features/index.ts'
import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import { copy, drawLeaf, drawValue, type EditKind, isInteger, isNumeric, operator, plain } from './edit.ts'
import { drawCondition } from './guard.ts'

const relational = /^(?:[<>]=?|[=!]=|&&|\|\||!)$/
/** Binds more tightly than comparisons. */
const tight = /^(?:[-+*/%]|<<|>>)$/

export const compare: EditKind = {
  id: 'compare',
  propose(kernel, rng) {
    const whole = drawValue(kernel, rng, ({ node, type }) => isNumeric(type) && decides(node))
    if (whole === undefined) return undefined
    const { start, end, node, type } = whole
    const inner = withoutParentheses(node)
    const sign = /^(?:binary|unary)_expression$/.test(inner.type) ? (childOf(inner, 'operator')?.type ?? '') : ''
    if (relational.test(sign)) return { start, end, tokens: drawCondition(kernel, start, rng) }
    const isLoose = /^(?:binary|conditional|assignment)_expression$/.test(node.type) && !tight.test(sign)
    const left = isLoose ? [...plain('('), ...copy(kernel, whole), ...plain(')')] : copy(kernel, whole)
    const right = drawLeaf(kernel, start, isInteger(type), rng)
    const comparison = operator(rng.pick(['<', '>', '<=', '>=', '==', '!=']), type, right.type)
    return { start, end, tokens: [...left, comparison, ...right.tokens] }
  },
}

/** Is it, or half of it, the condition of an `if` or of a choice? */
function decides(node: SyntaxNode): boolean {
  const { parent } = node
  if (parent?.type === 'conditional_expression') return node.field === 'condition'
  if (parent?.type === 'parenthesized_expression') return parent.parent?.type === 'if_statement' || decides(parent)
  const isHalf = parent?.type === 'binary_expression' && /^(?:&&|\|\|)$/.test(childOf(parent, 'operator')?.type ?? '')
  return isHalf && decides(parent)
}
