// A loop that tests before each turn tests after it now: `for (i = 0; i < n; i++) …` is `i = 0; do { …; i++; } while
// (i < n);`, which saves the first test. Or a `do` loop becomes a `while` loop.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import { copy, draw, type EditKind, type EditToken, plain } from './edit.ts'
import type { TypedKernel } from './typed-kernel.ts'

export const turnLoop: EditKind = {
  id: 'turn-loop',
  propose(kernel, rng) {
    const loop = draw(
      kernel.statements,
      rng,
      ({ node, isInBlock }) => isInBlock && /^(?:for|while|do)_statement$/.test(node.type),
      40,
    )
    if (loop === undefined) return undefined
    const [condition, body, initializer, update] = ['condition', 'body', 'initializer', 'update'].map((field) =>
      childOf(loop.node, field),
    )
    if (condition === undefined || body === undefined) return undefined
    const { start, end } = loop
    const inside = contents(kernel, body)
    const test = [...plain('while', '('), ...bare(kernel, condition), ...plain(')')]
    if (loop.node.type === 'do_statement')
      return { start, end, tokens: [...test, ...plain('{'), ...inside, ...plain('}')] }
    if (update !== undefined && inside.some(({ text }) => text === 'continue')) return undefined
    const before = initializer === undefined ? [] : copy(kernel, kernel.spanOf(initializer))
    if (before.length > 0 && before[before.length - 1].text !== ';') before.push(...plain(';'))
    const step = update === undefined ? [] : [...copy(kernel, kernel.spanOf(update)), ...plain(';')]
    return {
      start,
      end,
      tokens: [...before, ...plain('do', '{'), ...inside, ...step, ...plain('}'), ...test, ...plain(';')],
    }
  },
}

function contents(kernel: TypedKernel, body: SyntaxNode): EditToken[] {
  const { start, end } = kernel.spanOf(body)
  return copy(kernel, body.type === 'compound_statement' ? { start: start + 1, end: end - 1 } : { start, end })
}

function bare(kernel: TypedKernel, condition: SyntaxNode): EditToken[] {
  const { start, end } = kernel.spanOf(condition)
  return copy(
    kernel,
    condition.type === 'parenthesized_expression' ? { start: start + 1, end: end - 1 } : { start, end },
  )
}
