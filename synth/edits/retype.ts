// A variable or parameter gets another scalar type.

import type { SyntaxNode } from '../../kernels/index.ts'
import { draw, type EditKind, isNumeric, isWholeThere, plain } from './edit.ts'

const wholeTypes = ['int', 'uint', 'long', 'char', 'uchar', 'short', 'ushort', 'ulong']
const types = [...wholeTypes, 'float', 'double']
const qualifier = /^(?:\*|const|restrict|volatile)$/

export const retype: EditKind = {
  id: 'retype',
  propose(kernel, rng) {
    const variable = draw(kernel.variables, rng, ({ type }) => isNumeric({ base: type.base, depth: 0 }))
    if (variable === undefined) return undefined
    let at = variable.declaredAt - 1
    while (at > 0 && qualifier.test(kernel.tokens[at])) at--
    if (!types.includes(kernel.tokens[at])) return undefined
    const isWhole = kernel.expressions.some(
      ({ node, start }) =>
        node.type === 'identifier' && kernel.tokens[start] === variable.name && isWholeThere(elementOf(node)),
    )
    const text = rng.pick((isWhole ? wholeTypes : types).filter((type) => type !== kernel.tokens[at]))
    return { start: at, end: at + 1, tokens: plain(text) }
  },
}

/** The element, where the name is of an array: `a[i]` or `a[i][j]`. */
function elementOf(node: SyntaxNode): SyntaxNode {
  const { parent } = node
  return parent?.type === 'subscript_expression' && node.field === 'argument' ? elementOf(parent) : node
}
