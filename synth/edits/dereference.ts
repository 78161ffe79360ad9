// Subscripts and pointer arithmetic, which compute addresses in other steps: `a[i + j]` is `*(a + i + j)` now, or back.

import { childOf } from '../../kernels/index.ts'
import { copy, draw, type EditKind, type EditToken, enclosed, plain } from './edit.ts'
import { operandLetter } from './token-classes.ts'
import type { Expression, TypedKernel } from './typed-kernel.ts'

export const dereference: EditKind = {
  id: 'dereference',
  propose(kernel, rng) {
    const access = draw(
      kernel.expressions,
      rng,
      ({ node }) => node.type === 'subscript_expression' || node.type === 'pointer_expression',
      40,
    )
    if (access === undefined || access.node.parent?.type === 'pointer_expression') return undefined
    const tokens =
      access.node.type === 'pointer_expression'
        ? asSubscript(kernel, access)
        : asPointer(kernel, access, rng.next() < 0.5)
    return tokens && { start: access.start, end: access.end, tokens }
  },
}

/** @param isOneStep - is the index added as a whole? */
function asPointer(kernel: TypedKernel, access: Expression, isOneStep: boolean): readonly EditToken[] | undefined {
  const [base, index] = [childOf(access.node, 'argument'), childOf(access.node, 'index')]
  if (base?.type !== 'identifier' || index === undefined) return undefined
  const [pointer, offset] = [base, index].map((node) => kernel.expressions.find((one) => one.node === node))
  if (pointer === undefined || offset === undefined || pointer.type.depth === 0) return undefined
  const sign = childOf(index, 'operator')?.type ?? ''
  const isSum = index.type === 'binary_expression' && /^[-+]$/.test(sign)
  const isLoose = /^(?:binary|conditional)_expression$/.test(index.type) && !/^[*/%]$/.test(sign)
  const inner = copy(kernel, offset)
  const letters = letterBefore(kernel, access) + operandLetter(offset.type)
  return enclosed(access, [
    { text: '*', class: `*:${letters[0]}` },
    ...plain('('),
    ...copy(kernel, pointer),
    { text: '+', class: `+:${letters}` },
    ...(isLoose && !(isSum && !isOneStep) ? [...plain('('), ...inner, ...plain(')')] : inner),
    ...plain(')'),
  ])
}

/** Letter of the pointer that a subscript starts from, as its bracket has it. */
function letterBefore(kernel: TypedKernel, { start }: Expression): string {
  return kernel.classes[start + 1].split(':')[1]?.[0] ?? 'g'
}

function asSubscript(kernel: TypedKernel, access: Expression): readonly EditToken[] | undefined {
  const { start, end } = access
  const [star, open, pointer, plus] = kernel.tokens.slice(start, start + 4)
  if (star !== '*' || open !== '(' || plus !== '+' || !/^[pv]\d+$/.test(pointer)) return undefined
  const inner = access.node.children.at(-1)?.children.find((child) => child.named)
  if (inner?.type !== 'binary_expression' || !/^[-+]$/.test(childOf(inner, 'operator')?.type ?? '')) return undefined
  const letters = kernel.classes[start + 3].split(':')[1] ?? ''
  return [
    ...copy(kernel, { start: start + 2, end: start + 3 }),
    { text: '[', class: `[:${letters}` },
    ...copy(kernel, { start: start + 4, end: end - 1 }),
    ...plain(']'),
  ]
}
