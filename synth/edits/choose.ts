// A number becomes one of two: `x` is `a < b ? x : y` now; or a condition gets a second half.

import { copy, drawLeaf, drawValue, type EditKind, isInteger, isNumeric, plain } from './edit.ts'
import { drawCondition } from './guard.ts'

export const choose: EditKind = {
  id: 'choose',
  propose(kernel, rng) {
    const whole = drawValue(kernel, rng, ({ type }) => isNumeric(type))
    if (whole === undefined) return undefined
    const { start, end } = whole
    const isCondition = whole.node.parent?.parent?.type === 'if_statement'
    const condition = drawCondition(kernel, start, rng)
    if (isCondition) {
      return { start, end, tokens: [...copy(kernel, whole), ...plain(rng.pick(['&&', '||'])), ...condition] }
    }
    const other = drawLeaf(kernel, start, isInteger(whole.type), rng).tokens
    const tokens = [...plain('('), ...condition, ...plain('?'), ...copy(kernel, whole), ...plain(':'), ...other]
    return { start, end, tokens: [...tokens, ...plain(')')] }
  },
}
