// A variable or parameter gets another scalar type, alone or with the other parameters of its type.

import type { SyntaxNode } from '../../kernels/index.ts'
import { copy, draw, type EditKind, isNumeric, isWholeThere, plain } from './edit.ts'
import type { TypedKernel, Variable } from './typed-kernel.ts'

const wholeTypes = ['int', 'uint', 'long', 'char', 'uchar', 'short', 'ushort', 'ulong']
const types = [...wholeTypes, 'float', 'double']
const qualifier = /^(?:\*|const|restrict|volatile)$/
/** Share of parameters that take those of their type along. */
const together = 0.4

export const retype: EditKind = {
  id: 'retype',
  propose(kernel, rng) {
    const drawn = draw(kernel.variables, rng, ({ type }) => isNumeric({ base: type.base, depth: 0 }))
    if (drawn === undefined) return undefined
    const base = kernel.tokens[typeTokenOf(kernel, drawn)]
    if (!types.includes(base)) return undefined
    const isAlike = (one: Variable): boolean => one.isParameter && kernel.tokens[typeTokenOf(kernel, one)] === base
    const areAll = drawn.isParameter && rng.next() < together
    const retyped = areAll ? kernel.inScope(drawn.to - 1).filter(isAlike) : [drawn]
    const isWhole = retyped.some((one) => isWholeSomewhere(kernel, one))
    const text = rng.pick((isWhole ? wholeTypes : types).filter((type) => type !== base))
    const places = retyped.map((one) => typeTokenOf(kernel, one)).sort((a, b) => a - b)
    const span = { start: places[0], end: places[places.length - 1] + 1 }
    const tokens = copy(kernel, span)
    for (const place of places) tokens.splice(place - span.start, 1, ...plain(text))
    return { ...span, tokens }
  },
}

/** The token before its qualifiers. */
function typeTokenOf(kernel: TypedKernel, { declaredAt }: Variable): number {
  let at = declaredAt - 1
  while (at > 0 && qualifier.test(kernel.tokens[at])) at--
  return at
}

/** Does a variable, or an element of it, stand where a value must be whole? */
function isWholeSomewhere(kernel: TypedKernel, { name }: Variable): boolean {
  return kernel.expressions.some(
    ({ node, start }) => node.type === 'identifier' && kernel.tokens[start] === name && isWholeThere(elementOf(node)),
  )
}

/** The element, where the name is of an array: `a[i]` or `a[i][j]`. */
function elementOf(node: SyntaxNode): SyntaxNode {
  const { parent } = node
  return parent?.type === 'subscript_expression' && node.field === 'argument' ? elementOf(parent) : node
}
