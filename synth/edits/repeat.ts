// One or a few statements are put into a loop of their own, and use its counter.

import { copy, draw, type EditKind, freshName, isInteger, literal, nameOf, plain } from './edit.ts'
import { drawRun, isNeeded } from './runs.ts'

export const repeat: EditKind = {
  id: 'repeat',
  propose(kernel, rng) {
    const run = drawRun(kernel, rng, ({ node }) => /^(?:expression|if)_statement$/.test(node.type))
    if (run === undefined || isNeeded(kernel, run.span)) return undefined
    const statement = run.span
    const texts = kernel.tokens.slice(statement.start, statement.end)
    if (texts.some((text) => /^(?:break|continue|barrier)$/.test(text))) return undefined
    const bounds = kernel.inScope(statement.start).filter(({ type }) => type.base === 'int' && type.depth === 0)
    const bound = bounds.length > 0 ? nameOf(rng.pick(bounds)) : literal(rng.pick(['4', '8', '16']))
    const counter = { text: freshName(statement.start), class: 'name:i' }
    const body = copy(kernel, statement)
    const used = draw(
      kernel.expressions,
      rng,
      ({ node, type, role, start, end }) =>
        start >= statement.start &&
        end <= statement.end &&
        end === start + 1 &&
        role === 'value' &&
        /^(?:identifier|number_literal)$/.test(node.type) &&
        isInteger(type),
      60,
    )
    if (used === undefined) return undefined
    body[used.start - statement.start] = counter
    const tokens = [
      ...plain('for', '(', 'int'),
      counter,
      { text: '=', class: '=:ii' },
      literal('0'),
      ...plain(';'),
      counter,
      { text: '<', class: '<:ii' },
      bound,
      ...plain(';'),
      counter,
      { text: '++', class: '++:i' },
      ...plain(')', '{'),
      ...body,
      ...plain('}'),
    ]
    return { start: statement.start, end: statement.end, tokens }
  },
}
