// A variable is used once more by its definition: `a[v]` becomes `a[i * w + j]` where `v` was set to that.

import { childOf } from '../../kernels/index.ts'
import { copy, draw, drawValue, type EditKind, enclosed, isReachable } from './edit.ts'

export const inline: EditKind = {
  id: 'inline',
  propose(kernel, rng) {
    const use = drawValue(kernel, rng, ({ node }) => node.type === 'identifier')
    if (use === undefined) return undefined
    const name = kernel.tokens[use.start]
    const definition = draw(
      kernel.expressions,
      rng,
      ({ node, start }) =>
        node.field === 'value' &&
        node.parent?.type === 'init_declarator' &&
        start > 1 &&
        kernel.tokens[start - 2] === name,
      60,
    )
    if (definition === undefined || childOf(definition.node, 'value')?.type === 'initializer_list') return undefined
    if (!isReachable(kernel, definition, use.start) || definition.start >= use.start) return undefined
    return { start: use.start, end: use.end, tokens: enclosed(use, copy(kernel, definition)) }
  },
}
