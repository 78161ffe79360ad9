// What was stored by itself becomes part of what another statement computes: `a[i] = x; b[j] = y;` is `b[j] = y + x;` now,
// or `b[j] = y + (a[i] * x);`.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import type { Random } from '../random.ts'
import {
  copy,
  draw,
  type EditKind,
  type EditToken,
  isInteger,
  isNumeric,
  isReachable,
  operator,
  plain,
} from './edit.ts'
import { endsLoop } from './loops.ts'
import type { Expression, Span, Statement, TypedKernel } from './typed-kernel.ts'

/** `place = value;` or `place += value;`, and so on. */
interface Assignment {
  readonly statement: Statement
  readonly place: Expression
  readonly sign: string
  readonly value: Expression
}

export const merge: EditKind = {
  id: 'merge',
  propose(kernel, rng) {
    const all = kernel.statements.flatMap((statement) => readAssignment(kernel, statement) ?? [])
    const gone = draw(all, rng, (one) => canGo(kernel, one))
    const kept = draw(all, rng, (one) => one !== gone && isNumeric(one.value.type))
    if (gone === undefined || kept === undefined) return undefined
    if (!isReachable(kernel, gone.statement, kept.statement.start)) return undefined
    const isWhole = isInteger(gone.value.type) && isInteger(kept.value.type)
    const sign = operator(rng.pick(isWhole ? signs : signs.slice(0, 4)), kept.value.type, gone.value.type)
    const value = [...enclosed(kernel, kept.value), sign, ...drawOperand(kernel, gone, rng)]
    const [before, after] = [gone.statement, kept.value]
    if (before.end <= after.start) {
      return { start: before.start, end: after.end, tokens: [...copy(kernel, gap(before, after)), ...value] }
    }
    return { start: after.start, end: before.end, tokens: [...value, ...copy(kernel, gap(after, before))] }
  },
}

const signs = ['+', '+', '-', '*', '&', '|', '^']

function readAssignment(kernel: TypedKernel, statement: Statement): Assignment | undefined {
  const [assignment] = statement.node.children
  if (statement.node.type !== 'expression_statement' || assignment?.type !== 'assignment_expression') return undefined
  const find = (node: SyntaxNode | undefined): Expression | undefined =>
    kernel.expressions.find((one) => one.node === node)
  const [place, value] = [find(childOf(assignment, 'left')), find(childOf(assignment, 'right'))]
  const sign = childOf(assignment, 'operator')?.type
  return place && value && sign !== undefined ? { statement, place, sign, value } : undefined
}

/** A number in memory, one of several statements of its block. */
function canGo(kernel: TypedKernel, { statement, place, value }: Assignment): boolean {
  if (!/^(?:subscript|pointer)_expression$/.test(place.node.type) || !isNumeric(value.type)) return false
  const siblings = kernel.statements.filter(({ node }) => node.parent === statement.node.parent)
  return statement.isInBlock && siblings.length > 1 && !endsLoop(kernel, statement.node, statement)
}

/** What was to be stored, or that and what is in its place. */
function drawOperand(kernel: TypedKernel, { place, sign, value }: Assignment, rng: Random): EditToken[] {
  if (rng.next() < 0.5) return enclosed(kernel, value)
  const drawn = rng.pick(isInteger(value.type) ? signs : signs.slice(0, 4))
  const inner = operator(sign === '=' ? drawn : sign.slice(0, -1), place.type, value.type)
  return [...plain('('), ...copy(kernel, place), inner, ...enclosed(kernel, value), ...plain(')')]
}

const loose = /^(?:binary|conditional|assignment)_expression$/

function enclosed(kernel: TypedKernel, value: Expression): EditToken[] {
  const tokens = copy(kernel, value)
  return loose.test(value.node.type) ? [...plain('('), ...tokens, ...plain(')')] : tokens
}

function gap(before: Span, after: Span): Span {
  return { start: before.end, end: after.start }
}
