// A number takes a detour through another type: `x` is `(float) x` now.

import { copy, drawValue, type EditKind, isNumeric, isWholeThere, plain } from './edit.ts'
import { operandLetter } from './token-classes.ts'

const wholeTypes = ['int', 'uint', 'long', 'ulong', 'char', 'uchar', 'short', 'ushort']
const types = [...wholeTypes, 'float', 'double']

export const cast: EditKind = {
  id: 'cast',
  propose(kernel, rng) {
    const whole = drawValue(
      kernel,
      rng,
      ({ node, type }) =>
        isNumeric(type) &&
        !/^(?:number_literal|cast_expression)$/.test(node.type) &&
        node.parent?.type !== 'cast_expression',
    )
    if (whole === undefined) return undefined
    const fitting = isWholeThere(whole.node) ? wholeTypes : types
    const base = rng.pick(fitting.filter((type) => type !== whole.type.base))
    const letters = operandLetter({ base, depth: 0 }) + operandLetter(whole.type)
    const inner = copy(kernel, whole)
    const isLoose = /^(?:binary|conditional)_expression$/.test(whole.node.type)
    const tokens = [
      { text: '(', class: `cast:${letters}` },
      ...plain(base, ')'),
      ...(isLoose ? [...plain('('), ...inner, ...plain(')')] : inner),
    ]
    return { start: whole.start, end: whole.end, tokens }
  },
}
