// `x += y` becomes `x = x + y`, and the other way round.

import { childOf } from '../../kernels/index.ts'
import { copy, draw, type EditKind, plain } from './edit.ts'

export const expandAssignment: EditKind = {
  id: 'expand-assignment',
  propose(kernel, rng) {
    const assignment = draw(kernel.expressions, rng, ({ node }) => node.type === 'assignment_expression', 60)
    if (assignment === undefined) return undefined
    const [left, sign, right] = ['left', 'operator', 'right'].map((field) => childOf(assignment.node, field))
    if (left === undefined || sign === undefined || right === undefined) return undefined
    const { start, end } = assignment
    const [leftSpan, signSpan, rightSpan] = [left, sign, right].map((node) => kernel.spanOf(node))
    const types = kernel.classes[signSpan.start].split(':')[1] ?? ''
    const place = copy(kernel, leftSpan)
    if (sign.type !== '=') {
      const value = copy(kernel, rightSpan)
      const inner = right.type === 'binary_expression' ? [...plain('('), ...value, ...plain(')')] : value
      const arithmetic = sign.type.slice(0, -1)
      const tokens = [...place, { text: '=', class: `=:${types}` }, ...place]
      return { start, end, tokens: [...tokens, { text: arithmetic, class: `${arithmetic}:${types}` }, ...inner] }
    }
    const [first, inner, second] = ['left', 'operator', 'right'].map((field) => childOf(right, field))
    if (right.type !== 'binary_expression' || !first || !inner || !second) return undefined
    if (!/^(?:[-+*/%&|^]|<<|>>)$/.test(inner.type)) return undefined
    const text = (tokens: readonly { text: string }[]): string => tokens.map((token) => token.text).join(' ')
    if (text(copy(kernel, kernel.spanOf(first))) !== text(place)) return undefined
    const compound = `${inner.type}=`
    return {
      start,
      end,
      tokens: [...place, { text: compound, class: `${compound}:${types}` }, ...copy(kernel, kernel.spanOf(second))],
    }
  },
}
