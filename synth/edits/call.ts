// A number goes through a built-in function: `x` is `fabs(x)` now, or `max(x, n)`.

import type { CType } from '../../features/index.ts'
import { copy, drawLeaf, drawValue, type EditKind, type EditToken, isInteger, isNumeric, plain } from './edit.ts'
import { operandLetter } from './token-classes.ts'

const ofFloat = ['fabs', 'sqrt', 'exp', 'log', 'floor', 'sin', 'cos', 'native_exp', 'native_recip']
const ofTwoFloats = ['fmin', 'fmax', 'pow', 'fmod']
const ofInt = ['abs']
const ofTwoInts = ['min', 'max', 'mul24']

export const call: EditKind = {
  id: 'call',
  propose(kernel, rng) {
    const whole = drawValue(kernel, rng, ({ type }) => isNumeric(type))
    if (whole === undefined) return undefined
    const wantsInteger = isInteger(whole.type)
    const isBinary = rng.next() < (wantsInteger ? 0.8 : 0.4)
    const name = rng.pick(isBinary ? (wantsInteger ? ofTwoInts : ofTwoFloats) : wantsInteger ? ofInt : ofFloat)
    const asInt = (type: CType, tokens: readonly EditToken[]): readonly EditToken[] => {
      if (!(isBinary && wantsInteger) || type.base === 'int') return tokens
      const inner = tokens.length > 1 ? [...plain('('), ...tokens, ...plain(')')] : tokens
      return [{ text: '(', class: `cast:i${operandLetter(type)}` }, ...plain('int', ')'), ...inner]
    }
    const other = drawLeaf(kernel, whole.start, wantsInteger, rng)
    const second = isBinary ? [...plain(','), ...asInt(other.type, other.tokens)] : []
    const first = asInt(whole.type, copy(kernel, whole))
    const head = { text: name, class: `call:${name}` }
    const tokens = [head, ...plain('('), ...first, ...second, ...plain(')')]
    return { start: whole.start, end: whole.end, tokens }
  },
}
