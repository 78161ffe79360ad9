// A number becomes part of a larger expression: `x` is `x + y` now, or `x * a[i]`.

import {
  drawLeaf,
  drawValue,
  type EditKind,
  enclosed,
  isInteger,
  isNumeric,
  isReachable,
  operandOf,
  operator,
} from './edit.ts'

const longestOperand = 16

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
      ? { tokens: operandOf(kernel, other), type: other.type }
      : drawLeaf(kernel, whole.start, wantsInteger, rng)
    const sign = rng.pick(
      wantsInteger ? ['+', '-', '*', '+', '-', '*', '&', '|', '^', '<<', '>>', '%', '/'] : ['+', '-', '*', '*', '/'],
    )
    const tokens = enclosed(whole, [
      ...operandOf(kernel, whole),
      operator(sign, whole.type, operand.type),
      ...operand.tokens,
    ])
    return { start: whole.start, end: whole.end, tokens }
  },
}
