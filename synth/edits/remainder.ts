// Quotient and remainder of one division, as positions are taken apart: beside `i / w` stands `i % w` now, or `i` is
// `i / w + i % w` or `i / w - i % w`.

import { childOf } from '../../kernels/index.ts'
import {
  copy,
  drawLeaf,
  drawValue,
  type EditKind,
  enclosed,
  isInteger,
  isReachable,
  operandOf,
  operator,
} from './edit.ts'
import type { Expression, TypedKernel } from './typed-kernel.ts'

const longest = 12
const writes = /^(?:\+\+|--|(?:[-+*/%&|^]|<<|>>)?=|atom.*)$/
const decides = /^(?:[<>]=?|[=!]=|&&|\|\||\?)$/

export const remainder: EditKind = {
  id: 'remainder',
  propose(kernel, rng) {
    const division = drawValue(kernel, rng, (value) => isDivision(value) && isDividend(kernel, value))
    if (division !== undefined && rng.next() < 0.7) {
      const place = drawValue(
        kernel,
        rng,
        (value) => isShort(value) && isApart(value, division) && isReachable(kernel, division, value.start),
      )
      if (place === undefined) return undefined
      const tokens = copy(kernel, division)
      const sign = childOf(division.node, 'operator')
      const at = sign === undefined ? -1 : kernel.spanOf(sign).start - division.start
      const { text, class: name } = tokens[at]
      const other = text === '/' ? '%' : '/'
      tokens[at] = { text: other, class: other + name.slice(text.length) }
      return { start: place.start, end: place.end, tokens: enclosed(place, tokens) }
    }
    const whole = drawValue(kernel, rng, (value) => isShort(value) && isDividend(kernel, value))
    if (whole === undefined) return undefined
    const divisor = drawLeaf(kernel, whole.start, true, rng)
    const text = divisor.tokens.map((token) => token.text).join(' ')
    if (/_id \(/.test(text) || text === kernel.tokens.slice(whole.start, whole.end).join(' ')) return undefined
    const [quotient, rest] = ['/', '%'].map((sign) => [
      ...operandOf(kernel, whole),
      operator(sign, whole.type, divisor.type),
      ...divisor.tokens,
    ])
    const sign = operator(rng.pick(['+', '-']), whole.type, whole.type)
    return { start: whole.start, end: whole.end, tokens: enclosed(whole, [...quotient, sign, ...rest]) }
  },
}

function isShort({ type, start, end }: Expression): boolean {
  return isInteger(type) && end - start <= longest
}

/** No constant, no decision, and nothing that writes: it is computed twice. */
function isDividend(kernel: TypedKernel, { node, start, end }: Expression): boolean {
  const tokens = kernel.tokens.slice(start, end)
  return node.type !== 'number_literal' && !tokens.some((text) => writes.test(text) || decides.test(text))
}

function isApart(a: Expression, b: Expression): boolean {
  return a.end <= b.start || b.end <= a.start
}

/** Of whole numbers. */
function isDivision({ node, type, start, end }: Expression): boolean {
  const sign = node.type === 'binary_expression' ? childOf(node, 'operator')?.type : undefined
  return isInteger(type) && end - start <= longest && (sign === '/' || sign === '%')
}
