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
  operandOf,
  operator,
  plain,
} from './edit.ts'
import { assignedIn, endsLoop, mentions } from './loops.ts'
import type { Expression, Statement, TypedKernel } from './typed-kernel.ts'

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
    const gone = draw(all, rng, (one) => isInMemory(one) && canChange(kernel, one) && isOneOfMany(kernel, one))
    const kept = draw(all, rng, (one) => one !== gone && canChange(kernel, one))
    if (gone === undefined || kept === undefined || !goTogether(kernel, gone, kept)) return undefined
    const isWhole = [gone.value, gone.place, kept.value].every(({ type }) => isInteger(type))
    const sign = drawSign(isWhole, textOf(kernel, gone.value) === textOf(kernel, kept.value), rng)
    const value = [
      ...operandOf(kernel, kept.value),
      operator(sign, kept.value.type, gone.value.type),
      ...drawOperand(kernel, gone, rng),
    ]
    if (gone.statement.end <= kept.value.start) {
      const [start, end] = [gone.statement.start, kept.value.end]
      return { start, end, tokens: [...copy(kernel, { start: gone.statement.end, end: kept.value.start }), ...value] }
    }
    const [start, end] = [kept.value.start, gone.statement.end]
    return { start, end, tokens: [...value, ...copy(kernel, { start: kept.value.end, end: gone.statement.start })] }
  },
}

function readAssignment(kernel: TypedKernel, statement: Statement): Assignment | undefined {
  const [assignment] = statement.node.children
  if (statement.node.type !== 'expression_statement' || assignment?.type !== 'assignment_expression') return undefined
  const find = (node: SyntaxNode | undefined): Expression | undefined =>
    kernel.expressions.find((one) => one.node === node)
  const [place, value] = [find(childOf(assignment, 'left')), find(childOf(assignment, 'right'))]
  const sign = childOf(assignment, 'operator')?.type
  return place && value && sign !== undefined ? { statement, place, sign, value } : undefined
}

function isInMemory({ place }: Assignment): boolean {
  return /^(?:subscript|pointer)_expression$/.test(place.node.type)
}

function canChange(kernel: TypedKernel, { statement, value }: Assignment): boolean {
  return isNumeric(value.type) && !endsLoop(kernel, statement.node, statement)
}

function isOneOfMany(kernel: TypedKernel, { statement }: Assignment): boolean {
  return statement.isInBlock && kernel.statements.filter(({ node }) => node.parent === statement.node.parent).length > 1
}

/** Work-items do not meet in between, what `gone` computes with is known, and what `kept` computes is used. */
function goTogether(kernel: TypedKernel, gone: Assignment, kept: Assignment): boolean {
  const [first, last] = gone.statement.start < kept.statement.start ? [gone, kept] : [kept, gone]
  if (kernel.tokens.slice(first.statement.end, last.statement.start).includes('barrier')) return false
  if (!isReachable(kernel, gone.statement, kept.statement.start)) return false
  const between = { start: kept.statement.start, end: gone.statement.start }
  if (last === gone && mentions(kernel, gone.statement, assignedIn(kernel, between))) return false
  return isInMemory(kept) || kernel.tokens.slice(last.statement.end).includes(kernel.tokens[kept.place.start])
}

/** @param isSame - of two operands alike: nobody subtracts those */
function drawSign(isWhole: boolean, isSame: boolean, rng: Random): string {
  if (isSame) return rng.pick(['+', '*'])
  return rng.pick(isWhole ? ['+', '+', '-', '*', '&', '|', '^'] : ['+', '+', '-', '*'])
}

/** What was to be stored, or that and what is in its place. */
function drawOperand(kernel: TypedKernel, { place, sign, value }: Assignment, rng: Random): EditToken[] {
  if (rng.next() < 0.5) return operandOf(kernel, value)
  const isWhole = isInteger(place.type) && isInteger(value.type)
  const drawn = drawSign(isWhole, textOf(kernel, place) === textOf(kernel, value), rng)
  const inner = operator(sign === '=' ? drawn : sign.slice(0, -1), place.type, value.type)
  return [...plain('('), ...copy(kernel, place), inner, ...operandOf(kernel, value), ...plain(')')]
}

function textOf(kernel: TypedKernel, { start, end }: Expression): string {
  return kernel.tokens.slice(start, end).join(' ')
}
