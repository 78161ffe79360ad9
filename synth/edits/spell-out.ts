// A built-in function is written out as what it computes, or back: `max(a, b)` and `a > b ? a : b`, `mad(a, b, c)` and
// `a * b + c`, `get_global_id(0)` and `get_group_id(0) * get_local_size(0) + get_local_id(0)`.

import { childOf } from '../../kernels/index.ts'
import type { Random } from '../random.ts'
import {
  copy,
  drawValue,
  type EditKind,
  type EditToken,
  enclosed,
  isInteger,
  isNumeric,
  operator,
  plain,
} from './edit.ts'
import type { Expression, TypedKernel } from './typed-kernel.ts'

type Operand = Expression & { readonly tokens: readonly EditToken[] }

const longestOperand = 16
const loose = /^(?:binary|conditional|cast|unary)_expression$/

export const spellOut: EditKind = {
  id: 'spell-out',
  propose(kernel, rng) {
    const whole = drawValue(
      kernel,
      rng,
      ({ node, type }) => isNumeric(type) && /^(?:call|conditional|binary)_expression$/.test(node.type),
    )
    if (whole === undefined) return undefined
    const { start, end } = whole
    const tokens = whole.node.type === 'call_expression' ? written(kernel, whole) : called(kernel, whole, rng)
    return tokens && { start, end, tokens }
  },
}

function written(kernel: TypedKernel, call: Expression): readonly EditToken[] | undefined {
  const name = kernel.tokens[call.start]
  const nodes = childOf(call.node, 'arguments')?.children.filter((child) => child.named) ?? []
  const operands = nodes.map((node) => operandOf(kernel, node))
  const [a, b, c] = operands
  if (a === undefined || operands.includes(undefined)) return undefined
  if (name === 'get_global_id') return expandGlobalId(kernel, call, a)
  const inner = (): readonly EditToken[] | undefined => {
    if (/^(?:f?abs)$/.test(name)) {
      const zero: EditToken = isInteger(a.type)
        ? { text: '0', class: 'literal:i' }
        : { text: '0.0f', class: 'literal:f' }
      return [
        ...a.tokens,
        operator('<', a.type, a.type),
        zero,
        ...plain('?'),
        operator('-', a.type),
        ...a.tokens,
        ...plain(':'),
        ...a.tokens,
      ]
    }
    if (b === undefined) return undefined
    if (/^f?(?:min|max)$/.test(name)) {
      const sign = operator(name.endsWith('min') ? '<' : '>', a.type, b.type)
      return [...a.tokens, sign, ...b.tokens, ...plain('?'), ...a.tokens, ...plain(':'), ...b.tokens]
    }
    const product = [...a.tokens, operator('*', a.type, b.type), ...b.tokens]
    if (name === 'mul24') return product
    if (c === undefined || !/^(?:mad|fma|mad24)$/.test(name)) return undefined
    return [...product, operator('+', a.type, c.type), ...c.tokens]
  }
  const tokens = inner()
  return tokens && enclosed(call, tokens)
}

function expandGlobalId(kernel: TypedKernel, call: Expression, dimension: Operand): readonly EditToken[] {
  const ulong = { base: 'ulong', depth: 0 }
  const query = (name: string): readonly EditToken[] => [
    { text: name, class: `call:${name}` },
    ...plain('('),
    ...copy(kernel, dimension),
    ...plain(')'),
  ]
  return enclosed(call, [
    ...query('get_group_id'),
    operator('*', ulong, ulong),
    ...query('get_local_size'),
    operator('+', ulong, ulong),
    ...query('get_local_id'),
  ])
}

/** `a * b + c` in one call, or a comparison that picks the smaller or larger of what it compares. */
function called(kernel: TypedKernel, whole: Expression, rng: Random): readonly EditToken[] | undefined {
  const call = (name: string, operands: readonly Operand[]): readonly EditToken[] => [
    { text: name, class: `call:${name}` },
    ...plain('('),
    ...operands.flatMap(({ start, end }, i) => [...(i > 0 ? plain(',') : []), ...copy(kernel, { start, end })]),
    ...plain(')'),
  ]
  if (whole.node.type === 'conditional_expression') {
    const condition = childOf(whole.node, 'condition')
    const comparison = condition?.type === 'parenthesized_expression' ? condition.children[1] : condition
    const sign = comparison && childOf(comparison, 'operator')?.type
    const [a, b] = ['left', 'right'].map((field) => operandOf(kernel, comparison && childOf(comparison, field)))
    if (a === undefined || b === undefined || !/^[<>]=?$/.test(sign ?? '')) return undefined
    const isWhole = isInteger(a.type) && isInteger(b.type)
    if (isWhole && a.type.base !== b.type.base) return undefined
    if (!isWhole && (isInteger(a.type) || isInteger(b.type))) return undefined
    const name = sign?.startsWith('<') ? 'min' : 'max'
    return call(isWhole ? name : `f${name}`, [a, b])
  }
  const sign = childOf(whole.node, 'operator')?.type
  const [left, c] = ['left', 'right'].map((field) => operandOf(kernel, childOf(whole.node, field)))
  if (left === undefined || c === undefined) return undefined
  const isWhole = isInteger(left.type) && isInteger(c.type)
  if (sign === '*' && isWhole && left.type.base === 'int' && c.type.base === 'int') return call('mul24', [left, c])
  if (sign !== '+' || left.node.type !== 'binary_expression' || childOf(left.node, 'operator')?.type !== '*') {
    return undefined
  }
  const [a, b] = ['left', 'right'].map((field) => operandOf(kernel, childOf(left.node, field)))
  if (a === undefined || b === undefined) return undefined
  const types = [a, b, c].map(({ type }) => type.base)
  if (types.every((base) => base === 'int')) return call('mad24', [a, b, c])
  return types.every((base) => base === 'float') ? call(rng.pick(['mad', 'fma']), [a, b, c]) : undefined
}

/** A short number, in parentheses where an operator next to it would tear it apart. */
function operandOf(kernel: TypedKernel, node: Expression['node'] | undefined): Operand | undefined {
  const found = kernel.expressions.find((one) => one.node === node)
  if (found === undefined || !isNumeric(found.type) || found.end - found.start > longestOperand) return undefined
  const tokens = copy(kernel, found)
  return { ...found, tokens: loose.test(found.node.type) ? [...plain('('), ...tokens, ...plain(')')] : tokens }
}
