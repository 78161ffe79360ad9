// Another variable or literal in the place of one.

import { draw, drawLiteral, type EditKind, fits, isInteger, isNumeric, isWholeThere, literal, nameOf } from './edit.ts'

export const swapLeaf: EditKind = {
  id: 'swap-leaf',
  propose(kernel, rng) {
    const leaf = draw(kernel.expressions, rng, ({ node, role }) => {
      if (node.type === 'identifier') return role !== 'effect'
      return node.type === 'number_literal' && role === 'value'
    })
    if (leaf === undefined) return undefined
    const isValue = leaf.role === 'value'
    const isWhole = isValue && isWholeThere(leaf.node)
    if (isValue && isNumeric(leaf.type) && rng.next() < 0.25) {
      const other = rng.next() < 0.5 ? inOtherPrecision(kernel.tokens[leaf.start]) : undefined
      if (other !== undefined) return { ...leaf, tokens: [literal(other)] }
      const token = drawLiteral(isInteger(leaf.type), rng)
      return token.text === kernel.tokens[leaf.start] ? undefined : { ...leaf, tokens: [token] }
    }
    const others = kernel
      .inScope(leaf.start)
      .filter(({ name, type }) => name !== kernel.tokens[leaf.start] && fits(leaf.type, type))
      .filter(({ type }) => !isWhole || isInteger(type))
      .filter(({ type, isWritable }) => isValue || (type.base === leaf.type.base && isWritable))
    return others.length === 0 ? undefined : { ...leaf, tokens: [nameOf(rng.pick(others))] }
  },
}

/** `0.5` for `0.5f`, and back. */
function inOtherPrecision(text: string): string | undefined {
  if (!/^[\d.]+f?$/.test(text) || !text.includes('.')) return undefined
  return text.endsWith('f') ? text.slice(0, -1) : `${text}f`
}
