// A number becomes part of a larger expression: `x` is `x + y` now, or `x * a[i]`.

import {
  copy,
  drawLeaf,
  drawValue,
  type EditKind,
  type EditToken,
  enclosed,
  isInteger,
  isNumeric,
  isReachable,
  operator,
  plain,
} from './edit.ts'

const longestOperand = 16
const loose = /^(?:binary|conditional|assignment)_expression$/

export const extend: EditKind = {
  id: 'extend',
  propose(kernel, rng) {
    const whole = drawValue(kernel, rng, ({ type }) => isNumeric(type))
    if (whole === undefined) return undefined
    const wantsInteger = isInteger(whole.type)
    const other =
      rng.next() < 0.5
        ? drawValue(
            kernel,
            rng,
            (value) =>
              value.end - value.start <= longestOperand &&
              isNumeric(value.type) &&
              (!wantsInteger || isInteger(value.type)) &&
              isReachable(kernel, value, whole.start),
          )
        : undefined
    const operand = other
      ? { tokens: copy(kernel, other), type: other.type }
      : drawLeaf(kernel, whole.start, wantsInteger, rng)
    const sign = rng.pick(
      wantsInteger ? ['+', '-', '*', '+', '-', '*', '&', '|', '^', '<<', '>>', '%', '/'] : ['+', '-', '*', '*', '/'],
    )
    const wrap = (tokens: readonly EditToken[], isLoose: boolean): readonly EditToken[] =>
      isLoose ? [...plain('('), ...tokens, ...plain(')')] : tokens
    const left = wrap(copy(kernel, whole), loose.test(whole.node.type))
    const right = wrap(operand.tokens, other !== undefined && loose.test(other.node.type))
    const tokens = enclosed(whole, [...left, operator(sign, whole.type, operand.type), ...right])
    return { start: whole.start, end: whole.end, tokens }
  },
}
