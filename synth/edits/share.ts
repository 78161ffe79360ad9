// An element of a buffer is changed by an atomic function now, as if others changed it too, or back:
// `a[i] += x` and `atomic_add(&a[i], x)`.

import { childOf } from '../../kernels/index.ts'
import { copy, draw, type EditKind, type EditToken, plain } from './edit.ts'
import type { TypedKernel } from './typed-kernel.ts'

const atomics: Readonly<Record<string, string>> = {
  '+=': 'atomic_add',
  '-=': 'atomic_sub',
  '|=': 'atomic_or',
  '&=': 'atomic_and',
  '^=': 'atomic_xor',
}

export const share: EditKind = {
  id: 'share',
  propose(kernel, rng) {
    const effect = draw(
      kernel.expressions,
      rng,
      ({ node }) =>
        node.parent?.type === 'expression_statement' && /^(?:assignment|update|call)_expression$/.test(node.type),
      40,
    )
    if (effect === undefined) return undefined
    const { start, end, node } = effect
    if (node.type === 'call_expression') {
      const tokens = alone(kernel, effect)
      return tokens && { start, end, tokens }
    }
    const place = childOf(node, 'left') ?? childOf(node, 'argument')
    const element = kernel.expressions.find((one) => one.node === place)
    if (element?.node.type !== 'subscript_expression' || !/^u?int$/.test(element.type.base)) return undefined
    if (!/^[gs]$/.test(kernel.classes[element.start + 1].split(':')[1]?.[0] ?? '')) return undefined
    const sign = childOf(node, 'operator')?.type ?? ''
    const value = childOf(node, 'right')
    const name = value === undefined ? (sign === '++' ? 'atomic_inc' : 'atomic_dec') : atomics[sign]
    if (name === undefined) return undefined
    const operand = value === undefined ? [] : [...plain(','), ...copy(kernel, kernel.spanOf(value))]
    const tokens = [{ text: name, class: `call:${name}` }, ...plain('(', '&'), ...copy(kernel, element), ...operand]
    return { start, end, tokens: [...tokens, ...plain(')')] }
  },
}

function alone(
  kernel: TypedKernel,
  call: { readonly start: number; readonly node: TypedKernel['expressions'][number]['node'] },
): EditToken[] | undefined {
  const name = kernel.tokens[call.start]
  const [address, value] = childOf(call.node, 'arguments')?.children.filter((child) => child.named) ?? []
  if (address?.type !== 'pointer_expression') return undefined
  const span = kernel.spanOf(address)
  if (kernel.tokens[span.start] !== '&') return undefined
  const place = copy(kernel, { start: span.start + 1, end: span.end })
  if (/^atomic_(?:inc|dec)$/.test(name)) return [...place, ...plain(name === 'atomic_inc' ? '++' : '--')]
  const sign = Object.entries(atomics).find(([, other]) => other === name)?.[0]
  if (sign === undefined || value === undefined) return undefined
  return [...place, { text: sign, class: `${sign}:ii` }, ...copy(kernel, kernel.spanOf(value))]
}
