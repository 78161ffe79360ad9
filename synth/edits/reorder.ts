// Two statements change places, one of which branches: what is computed before is computed after it, and only where the
// kernel comes there.

import { copy, draw, type EditKind } from './edit.ts'
import { isNeeded } from './runs.ts'

const branching = /^(?:if|for|while|do|switch)_statement$/
/** Nothing comes after these, and work-items meet at barriers where they stand. */
const fixed = /^(?:return|break|continue)_statement$/

export const reorder: EditKind = {
  id: 'reorder',
  propose(kernel, rng) {
    const first = draw(kernel.statements, rng, ({ isInBlock }) => isInBlock)
    const siblings = kernel.statements.filter(({ node }) => node.parent === first?.node.parent)
    const second = first && siblings[siblings.indexOf(first) + 1]
    if (first === undefined || second === undefined) return undefined
    const both = [first, second]
    if (!both.some(({ node }) => branching.test(node.type)) || both.some(({ node }) => fixed.test(node.type))) {
      return undefined
    }
    const span = { start: first.start, end: second.end }
    if (kernel.tokens.slice(span.start, span.end).includes('barrier')) return undefined
    const isDeclaring = isNeeded({ ...kernel, tokens: kernel.tokens.slice(0, second.end) }, first)
    return isDeclaring ? undefined : { ...span, tokens: [...copy(kernel, second), ...copy(kernel, first)] }
  },
}
