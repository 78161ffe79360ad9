// Two statements change places, one of which branches: what is computed before is computed after it.

import { copy, draw, type EditKind } from './edit.ts'
import { assignedIn, mentions } from './loops.ts'
import { isNeeded } from './runs.ts'

const branching = /^(?:if|for|while|do|switch)_statement$/
/** What guards what comes after it, or where work-items meet. A function may do either. */
const fixed = /^(?:return|break|continue|barrier|f\d+)$/

export const reorder: EditKind = {
  id: 'reorder',
  propose(kernel, rng) {
    const first = draw(kernel.statements, rng, ({ isInBlock }) => isInBlock)
    const siblings = kernel.statements.filter(({ node }) => node.parent === first?.node.parent)
    const second = first && siblings[siblings.indexOf(first) + 1]
    if (first === undefined || second === undefined) return undefined
    const span = { start: first.start, end: second.end }
    if (!branching.test(first.node.type) && !branching.test(second.node.type)) return undefined
    if (kernel.tokens.slice(span.start, span.end).some((text) => fixed.test(text))) return undefined
    const isDeclaring = isNeeded({ ...kernel, tokens: kernel.tokens.slice(0, second.end) }, first)
    if (isDeclaring || mentions(kernel, second, assignedIn(kernel, first))) return undefined
    return { ...span, tokens: [...copy(kernel, second), ...copy(kernel, first)] }
  },
}
