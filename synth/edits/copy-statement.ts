// A statement is written again below itself, with one variable or operator of the copy changed.

import { copy, draw, type EditKind, fits, nameOf } from './edit.ts'

const copied = /^(?:expression|if)_statement$/
const longest = 60

export const copyStatement: EditKind = {
  id: 'copy-statement',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ node, isInBlock, start, end }) => isInBlock && copied.test(node.type) && end - start <= longest,
    )
    if (statement === undefined) return undefined
    const tokens = copy(kernel, statement)
    const leaves = kernel.expressions.filter(
      ({ node, start, end }) => node.type === 'identifier' && start >= statement.start && end <= statement.end,
    )
    const changes = 1 + rng.below(2)
    let isChanged = false
    for (let i = 0; i < changes && leaves.length > 0; i++) {
      const leaf = rng.pick(leaves)
      const others = kernel
        .inScope(statement.start)
        .filter(({ name, type }) => name !== kernel.tokens[leaf.start] && fits(leaf.type, type))
        .filter(({ isWritable }) => leaf.role !== 'place' || isWritable)
      if (others.length === 0) continue
      tokens[leaf.start - statement.start] = nameOf(rng.pick(others))
      isChanged = true
    }
    return isChanged ? { start: statement.end, end: statement.end, tokens } : undefined
  },
}
