// Quotient and remainder of one division, as positions are taken apart: beside `i / w` stands `i % w` now, or `i` is
// `i / w + i % w`.

import { childOf } from '../../kernels/index.ts'
import {
  copy,
  drawLeaf,
  drawValue,
  type EditKind,
  type EditToken,
  enclosed,
  isInteger,
  isReachable,
  operator,
  plain,
} from './edit.ts'
import type { Expression } from './typed-kernel.ts'

const longest = 12
const loose = /^(?:binary|conditional|assignment)_expression$/

export const remainder: EditKind = {
  id: 'remainder',
  propose(kernel, rng) {
    const division = drawValue(kernel, rng, (value) => signOf(value) !== undefined)
    if (division !== undefined && rng.next() < 0.7) {
      const place = drawValue(
        kernel,
        rng,
        (value) => isShort(value) && isApart(value, division) && isReachable(kernel, division, value.start),
      )
      if (place === undefined) return undefined
      const sign = kernel.spanOf(childOf(division.node, 'operator') ?? division.node).start
      const tokens = copy(kernel, division)
      const { text, class: name } = tokens[sign - division.start]
      const other = text === '/' ? '%' : '/'
      tokens[sign - division.start] = { text: other, class: other + name.slice(text.length) }
      return { start: place.start, end: place.end, tokens: enclosed(place, tokens) }
    }
    const whole = drawValue(kernel, rng, isShort)
    if (whole === undefined) return undefined
    const divisor = drawLeaf(kernel, whole.start, true, rng)
    const tokens = copy(kernel, whole)
    const operand: EditToken[] = loose.test(whole.node.type) ? [...plain('('), ...tokens, ...plain(')')] : tokens
    const parted = ['/', '%'].map((sign) => [...operand, operator(sign, whole.type, divisor.type), ...divisor.tokens])
    const joined = [...parted[0], operator(rng.pick(['+', '-']), whole.type, whole.type), ...parted[1]]
    return { start: whole.start, end: whole.end, tokens: enclosed(whole, joined) }
  },
}

function isShort({ type, start, end }: Expression): boolean {
  return isInteger(type) && end - start <= longest
}

function isApart(a: Expression, b: Expression): boolean {
  return a.end <= b.start || b.end <= a.start
}

/** Of a division of whole numbers. */
function signOf({ node, type }: Expression): string | undefined {
  const sign = node.type === 'binary_expression' ? childOf(node, 'operator')?.type : undefined
  return isInteger(type) && (sign === '/' || sign === '%') ? sign : undefined
}
