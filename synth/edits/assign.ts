// A new statement that stores a number in a buffer, or in a variable that is read later.

import type { Random } from '../random.ts'
import {
  copy,
  draw,
  drawLeaf,
  drawValue,
  type EditKind,
  type EditToken,
  isInteger,
  isNumeric,
  isReachable,
  nameOf,
  operator,
  plain,
} from './edit.ts'
import { operandLetter } from './token-classes.ts'
import type { TypedKernel, Variable } from './typed-kernel.ts'

const longestValue = 30

export const assign: EditKind = {
  id: 'assign',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ isInBlock, node }) => isInBlock && node.type !== 'return_statement',
    )
    if (statement === undefined) return undefined
    const at = statement.end
    const place = draw(kernel.inScope(at), rng, (variable) => isPlace(kernel, variable, at))
    if (place === undefined) return undefined
    const element = { base: place.type.base, depth: 0 }
    const wantsInteger = isInteger(element)
    const source = drawValue(
      kernel,
      rng,
      (value) =>
        value.end - value.start <= longestValue &&
        isNumeric(value.type) &&
        (!wantsInteger || isInteger(value.type)) &&
        isReachable(kernel, value, at),
    )
    const value = source ? { tokens: copy(kernel, source), type: source.type } : drawLeaf(kernel, at, wantsInteger, rng)
    const target = place.type.depth === 0 ? [nameOf(place)] : drawElement(kernel, place, at, rng)
    if (target === undefined) return undefined
    const sign = operator(rng.pick(['=', '=', '+=', '+=', '-=', '*=']), element, value.type)
    return { start: at, end: at, tokens: [...target, sign, ...value.tokens, ...plain(';')] }
  },
}

/** Buffers that may be written, and variables that are read after the token. */
function isPlace(kernel: TypedKernel, { name, type, isWritable, to }: Variable, at: number): boolean {
  if (!isWritable || !isNumeric({ base: type.base, depth: 0 }) || type.depth > 1) return false
  return type.depth === 1 || kernel.tokens.slice(at, to).includes(name)
}

/** `buffer[index]`, with an index that is in use already where there is one. */
function drawElement(kernel: TypedKernel, buffer: Variable, at: number, rng: Random): EditToken[] | undefined {
  const used = draw(
    kernel.expressions,
    rng,
    (value) =>
      value.node.parent?.type === 'subscript_expression' &&
      value.node.field === 'index' &&
      isReachable(kernel, value, at),
    24,
  )
  const index =
    used && rng.next() < 0.7 ? { tokens: copy(kernel, used), type: used.type } : drawLeaf(kernel, at, true, rng)
  const bracket = { text: '[', class: `[:${operandLetter(buffer.type)}${operandLetter(index.type)}` }
  return [nameOf(buffer), bracket, ...index.tokens, ...plain(']')]
}
