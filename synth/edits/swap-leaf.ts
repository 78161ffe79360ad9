// Another variable or literal in the place of one.

import { draw, drawLiteral, type EditKind, fits, isInteger, isNumeric, nameOf } from './edit.ts'

export const swapLeaf: EditKind = {
  id: 'swap-leaf',
  propose(kernel, rng) {
    const leaf = draw(kernel.expressions, rng, ({ node, role }) => {
      if (node.type === 'identifier') return role !== 'effect'
      return node.type === 'number_literal' && role === 'value'
    })
    if (leaf === undefined) return undefined
    const isValue = leaf.role === 'value'
    if (isValue && isNumeric(leaf.type) && rng.next() < 0.25) {
      const token = drawLiteral(isInteger(leaf.type), rng)
      return token.text === kernel.tokens[leaf.start] ? undefined : { ...leaf, tokens: [token] }
    }
    const others = kernel
      .inScope(leaf.start)
      .filter(({ name, type }) => name !== kernel.tokens[leaf.start] && fits(leaf.type, type))
      .filter(({ type, isWritable }) => isValue || (type.base === leaf.type.base && isWritable))
    return others.length === 0 ? undefined : { ...leaf, tokens: [nameOf(rng.pick(others))] }
  },
}
