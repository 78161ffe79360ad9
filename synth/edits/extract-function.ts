// A number is computed, or an element of a buffer is set, by a function of its own: `a[i] = g(b, i);` with
// `int g(global const int *b, int i) { return b[i] * 2; }` before the kernel.

import { childOf } from '../../kernels/index.ts'
import { copy, draw, type EditKind, type EditToken, freshName, isNumeric, nameOf, plain } from './edit.ts'
import type { Expression, TypedKernel, Variable } from './typed-kernel.ts'

const [shortest, longest] = [3, 60]
const mostParameters = 6
const extracted = /^(?:binary|call|cast|subscript|conditional|unary|assignment)_expression$/

export const extractFunction: EditKind = {
  id: 'extract-function',
  propose(kernel, rng) {
    const head = startOf(kernel)
    const whole = draw(
      kernel.expressions,
      rng,
      ({ node, start, end }) =>
        start > head && end - start >= shortest && end - start <= longest && extracted.test(node.type),
      40,
    )
    if (whole === undefined || head < 0 || !isFunctionOf(whole)) return undefined
    const used = usedBy(kernel, whole)
    const parameters = used?.map(declare)
    if (used === undefined || parameters === undefined || parameters.includes(undefined)) return undefined
    const name = { text: `f${freshName(head).slice(1)}`, class: 'call:' }
    const isEffect = whole.role === 'effect'
    const result = isEffect ? 'void' : whole.type.base
    const list = parameters.flatMap((tokens, i) => [...(i > 0 ? plain(',') : []), ...(tokens ?? [])])
    const call = [
      ...[name, ...plain('(')],
      ...used.flatMap((variable, i) => [...(i > 0 ? plain(',') : []), nameOf(variable)]),
      ...plain(')'),
    ]
    const tokens = [
      ...[...plain(result), name, ...plain('('), ...list, ...plain(')', '{')],
      ...[...plain(...(isEffect ? [] : ['return'])), ...copy(kernel, whole), ...plain(';', '}')],
      ...copy(kernel, { start: head, end: whole.start }),
      ...call,
    ]
    return { start: head, end: whole.end, tokens }
  },
}

/** Where the kernel function starts, with what stands before `kernel`. */
function startOf({ tokens }: TypedKernel): number {
  let start = tokens.indexOf('kernel')
  while (start > 0 && !/^[;}]$/.test(tokens[start - 1])) start--
  return start
}

/** A value, or a whole statement that sets an element of a buffer. */
function isFunctionOf({ node, role, type }: Expression): boolean {
  if (node.type !== 'assignment_expression') return role === 'value' && isNumeric(type) && type.base !== ''
  return role === 'effect' && childOf(node, 'left')?.type === 'subscript_expression'
}

/** Variables that are read, each once; undefined where there are too many, none, or private arrays. */
function usedBy(kernel: TypedKernel, { start, end }: Expression): readonly Variable[] | undefined {
  const names = new Set(kernel.tokens.slice(start, end).filter((token) => /^[pv]\d+$/.test(token)))
  const used = kernel.inScope(start).filter(({ name }) => names.has(name))
  const isAll = used.length === names.size && used.length > 0 && used.length <= mostParameters
  return isAll ? used : undefined
}

function declare({ name, type, isWritable }: Variable): EditToken[] | undefined {
  const named = { text: name, class: 'name:' }
  if (type.depth === 0 && isNumeric(type)) return [...plain(type.base), named]
  if (type.depth !== 1 || !isNumeric({ base: type.base, depth: 0 }) || !/^(?:global|local)$/.test(type.space))
    return undefined
  return [...plain(type.space, ...(isWritable ? [] : ['const']), type.base, '*'), named]
}
