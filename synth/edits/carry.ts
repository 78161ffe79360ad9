// A number that a loop computes is used one round later: `for (…) s += a[i];` becomes
// `float v = 0.0f; for (…) { s += v; v = a[i]; }`.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import {
  copy,
  drawLeaf,
  drawLiteral,
  drawValue,
  type EditKind,
  freshName,
  isInteger,
  isNumeric,
  isReachable,
  plain,
} from './edit.ts'
import { assignedIn, endsLoop, loopAround, mentions } from './loops.ts'
import { operandLetter } from './token-classes.ts'
import type { Expression, Span, TypedKernel } from './typed-kernel.ts'

const carried = /^(?:subscript|binary|call)_expression$/
const decides = /^(?:[<>]=?|[=!]=|&&|\|\|)$/
const leaves = /^(?:break|continue|return)_statement$/

export const carry: EditKind = {
  id: 'carry',
  propose(kernel, rng) {
    const value = drawValue(
      kernel,
      rng,
      ({ node, type }) =>
        isNumeric(type) && carried.test(node.type) && !decides.test(childOf(node, 'operator')?.type ?? ''),
    )
    const statement = value && kernel.statements[value.statement]
    const node = statement && loopAround(statement.node)
    const body = node && childOf(node, 'body')
    const loop = kernel.statements.find((one) => one.node === node)
    if (value === undefined || statement === undefined || body === undefined || !loop?.isInBlock) return undefined
    const isEveryRound = statement.node === body || statement.node.parent === body
    if (!isEveryRound || isConditional(value, statement.node)) return undefined
    if (endsLoop(kernel, statement.node, statement)) return undefined
    const isBlock = body.type === 'compound_statement'
    const last = isBlock ? body.children.findLast(({ named }) => named) : body
    const { start, end } = kernel.spanOf(body)
    const inside = isBlock ? { start: start + 1, end: end - 1 } : { start, end }
    if (value.start < inside.start || value.end > inside.end || leaves.test(last?.type ?? '')) return undefined
    if (!isReachable(kernel, value, inside.end - 1) || !isChanging(kernel, value, loop)) return undefined
    const letter = operandLetter(value.type)
    const name = { text: freshName(loop.start), class: `name:${letter}` }
    const equals = { text: '=', class: `=:${letter}${letter}` }
    const isWhole = isInteger(value.type)
    const first = rng.next() < 0.5 ? [drawLiteral(isWhole, rng)] : drawLeaf(kernel, loop.start, isWhole, rng).tokens
    const tokens = [
      ...[...plain(value.type.base), name, equals, ...first, ...plain(';')],
      ...[...copy(kernel, { start: loop.start, end: inside.start }), ...(isBlock ? [] : plain('{'))],
      ...[...copy(kernel, { start: inside.start, end: value.start }), name],
      ...copy(kernel, { start: value.end, end: inside.end }),
      ...[name, equals, ...copy(kernel, value), ...plain(';'), ...(isBlock ? [] : plain('}'))],
      ...copy(kernel, { start: inside.end, end: loop.end }),
    ]
    return { start: loop.start, end: loop.end, tokens }
  },
}

/** Does a value mention a variable that the loop declares or writes to? */
function isChanging(kernel: TypedKernel, value: Expression, loop: Span): boolean {
  const declared = kernel.variables.filter(({ declaredAt }) => declaredAt >= loop.start && declaredAt < loop.end)
  return mentions(kernel, value, new Set([...declared.map(({ name }) => name), ...assignedIn(kernel, loop)]))
}

/** Is it computed only where something before it is so? */
function isConditional(value: Expression, within: SyntaxNode): boolean {
  for (let node: SyntaxNode | undefined = value.node; node !== undefined && node !== within; node = node.parent) {
    if (node.type === 'conditional_expression') return true
    if (/^(?:&&|\|\|)$/.test(childOf(node, 'operator')?.type ?? '')) return true
  }
  return false
}
