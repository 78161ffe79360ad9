// Another operator of the same sort: `+` for `-`, `<=` for `<`, `|` for `&`.

import { childOf } from '../../kernels/index.ts'
import { draw, type EditKind, isInteger, isNumeric } from './edit.ts'
import { broadClass } from './token-classes.ts'

const sorts: readonly (readonly string[])[] = [
  ['+', '-', '*', '/'],
  ['<', '>', '<=', '>=', '==', '!='],
  ['&&', '||'],
  ['+=', '-=', '*=', '/='],
]
const integerSorts: readonly (readonly string[])[] = [
  ['+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>'],
  ['+=', '-=', '*=', '/=', '%=', '|=', '&=', '^=', '<<=', '>>='],
  ...sorts.slice(1, 3),
]

export const swapOperator: EditKind = {
  id: 'swap-operator',
  propose(kernel, rng) {
    const expression = draw(
      kernel.expressions,
      rng,
      ({ node, role }) =>
        (node.type === 'binary_expression' && role === 'value') || node.type === 'assignment_expression',
    )
    const sign = expression && childOf(expression.node, 'operator')
    const [left, right] = ['left', 'right'].map((field) => {
      const operand = expression && childOf(expression.node, field)
      return kernel.expressions.find(({ node }) => node === operand)?.type
    })
    if (sign === undefined || left === undefined || right === undefined) return undefined
    if (!isNumeric(left) || !isNumeric(right)) return undefined
    const isWhole = isInteger(left) && isInteger(right)
    const sort = (isWhole ? integerSorts : sorts).find((operators) => operators.includes(sign.type))
    if (sort === undefined) return undefined
    const text = rng.pick(sort.filter((other) => other !== sign.type))
    const span = kernel.spanOf(sign)
    const types = kernel.classes[span.start].slice(broadClass(kernel.classes[span.start]).length)
    return { ...span, tokens: [{ text, class: `${text}:${types}` }] }
  },
}
