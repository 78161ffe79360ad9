// An expression gets a name: `a[i * w + j]` becomes `int v = i * w + j; a[v]`.

import { copy, drawValue, type EditKind, freshName, isNumeric, plain } from './edit.ts'
import { operandLetter } from './token-classes.ts'

const hoisted = /^(?:binary|call|cast|subscript|conditional)_expression$/
const longest = 40

export const hoist: EditKind = {
  id: 'hoist',
  propose(kernel, rng) {
    const whole = drawValue(
      kernel,
      rng,
      ({ node, type, statement, start, end }) =>
        hoisted.test(node.type) &&
        isNumeric(type) &&
        end - start <= longest &&
        (kernel.statements[statement]?.isInBlock ?? false),
    )
    if (whole === undefined) return undefined
    const statement = kernel.statements[whole.statement]
    if (/^(?:for|while|do|switch|case)_statement$/.test(statement.node.type)) return undefined
    const name = { text: freshName(statement.start), class: `name:${operandLetter(whole.type)}` }
    const type = whole.type.base === '' ? 'int' : whole.type.base
    const tokens = [
      ...plain(type),
      name,
      { text: '=', class: `=:${operandLetter(whole.type).repeat(2)}` },
      ...copy(kernel, whole),
      ...plain(';'),
      ...copy(kernel, { start: statement.start, end: whole.start }),
      name,
    ]
    return { start: statement.start, end: whole.end, tokens }
  },
}
