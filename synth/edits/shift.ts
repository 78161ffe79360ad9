// What a condition guards begins or ends elsewhere: statements beside it move in, or some move out. An early exit comes a
// few statements sooner or later.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import type { Random } from '../random.ts'
import { copy, draw, type Edit, type EditKind } from './edit.ts'
import { assignedIn, endsLoop, mentions } from './loops.ts'
import { isNeeded } from './runs.ts'
import type { Span, Statement, TypedKernel } from './typed-kernel.ts'

const longestRun = 6
/**
 * What stays on its side: where work-items meet, other ways out, and what only a whole kernel can have. A function may
 * hold any of them.
 */
const fixed = /^(?:return|break|continue|barrier|local|f\d+)$/
const wayOut = /^(?:return|break|continue)_statement$/

/** An `if` without `else`, and what it guards. */
interface Guard extends Statement {
  readonly body: SyntaxNode
}

export const shift: EditKind = {
  id: 'shift',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ node, isInBlock }) => isInBlock && node.type === 'if_statement' && childOf(node, 'alternative') === undefined,
    )
    const body = statement && childOf(statement.node, 'consequence')
    if (statement === undefined || body === undefined) return undefined
    const guard = { ...statement, body }
    if (isExit(kernel, body)) return moveExit(kernel, guard, rng)
    if (body.type !== 'compound_statement') return undefined
    return rng.next() < 0.5 ? moveIn(kernel, guard, rng) : moveOut(kernel, guard, rng)
  },
}

function isExit(kernel: TypedKernel, body: SyntaxNode): boolean {
  const { start, end } = kernel.spanOf(body)
  return /^(?:\{ )?(?:return|break|continue) ;(?: \})?$/.test(kernel.tokens.slice(start, end).join(' '))
}

function moveExit(kernel: TypedKernel, exit: Guard, rng: Random): Edit | undefined {
  const { before, after } = siblingsOf(kernel, exit)
  if (rng.next() < 0.5) {
    const run = drawRun(kernel, before, 'last', rng)
    if (run === undefined || isAskedFor(kernel, exit, run)) return undefined
    return { start: run.start, end: exit.end, tokens: [...copy(kernel, exit), ...copy(kernel, run)] }
  }
  const run = drawRun(kernel, after.slice(0, -1), 'first', rng) // there is nothing to leave at the end
  if (run === undefined || isAskedFor(kernel, exit, run)) return undefined
  return { start: exit.start, end: run.end, tokens: [...copy(kernel, run), ...copy(kernel, exit)] }
}

function moveIn(kernel: TypedKernel, guard: Guard, rng: Random): Edit | undefined {
  const { before, after } = siblingsOf(kernel, guard)
  if (rng.next() < 0.5) {
    const run = drawRun(kernel, before, 'last', rng)
    if (run === undefined || isAskedFor(kernel, guard, run)) return undefined
    if (isNeeded({ ...kernel, tokens: withoutSpan(kernel, guard) }, run)) return undefined
    if (mentions(kernel, afterSpan(kernel, guard), assignedIn(kernel, run))) return undefined
    const head = { start: guard.start, end: kernel.spanOf(guard.body).start + 1 }
    return { start: run.start, end: head.end, tokens: [...copy(kernel, head), ...copy(kernel, run)] }
  }
  const last = statementsOf(kernel, guard.body).at(-1)
  const run = drawRun(kernel, after, 'first', rng)
  if (last === undefined || wayOut.test(last.node.type) || run === undefined) return undefined
  if (isNeeded(kernel, run) || mentions(kernel, afterSpan(kernel, run), assignedIn(kernel, run))) return undefined
  const brace = { start: guard.end - 1, end: guard.end }
  return { start: brace.start, end: run.end, tokens: [...copy(kernel, run), ...copy(kernel, brace)] }
}

/** At least one statement stays inside. */
function moveOut(kernel: TypedKernel, guard: Guard, rng: Random): Edit | undefined {
  const inside = statementsOf(kernel, guard.body)
  if (rng.next() < 0.5) {
    const run = drawRun(kernel, inside.slice(0, -1), 'first', rng)
    if (run === undefined || isAskedFor(kernel, guard, run)) return undefined
    const head = { start: guard.start, end: run.start }
    return { start: head.start, end: run.end, tokens: [...copy(kernel, run), ...copy(kernel, head)] }
  }
  const run = drawRun(kernel, inside.slice(1), 'last', rng)
  if (run === undefined || mentions(kernel, run, declaredIn(kernel, { start: guard.start, end: run.start }))) {
    return undefined
  }
  const brace = { start: guard.end - 1, end: guard.end }
  return { start: run.start, end: brace.end, tokens: [...copy(kernel, brace), ...copy(kernel, run)] }
}

function statementsOf(kernel: TypedKernel, block: SyntaxNode | undefined): Statement[] {
  return kernel.statements.filter(({ node }) => node.parent === block)
}

function siblingsOf(
  kernel: TypedKernel,
  { node, start }: Statement,
): { readonly before: readonly Statement[]; readonly after: readonly Statement[] } {
  const all = statementsOf(kernel, node.parent)
  return { before: all.filter((one) => one.start < start), after: all.filter((one) => one.start > start) }
}

/** One to a few of the statements, from one end of them on; undefined where one of them must stay. */
function drawRun(
  kernel: TypedKernel,
  statements: readonly Statement[],
  from: 'first' | 'last',
  rng: Random,
): Span | undefined {
  if (statements.length === 0) return undefined
  const count = 1 + rng.below(Math.min(longestRun, statements.length))
  const run = from === 'first' ? statements.slice(0, count) : statements.slice(-count)
  const span = { start: run[0].start, end: run[run.length - 1].end }
  if (kernel.tokens.slice(span.start, span.end).some((text) => fixed.test(text))) return undefined
  return endsLoop(kernel, run[0].node, span) ? undefined : span
}

/** Does the condition mention what the run declares or assigns? */
function isAskedFor(kernel: TypedKernel, { node }: Guard, run: Span): boolean {
  const condition = childOf(node, 'condition')
  const names = new Set([...assignedIn(kernel, run), ...declaredIn(kernel, run)])
  return condition !== undefined && mentions(kernel, kernel.spanOf(condition), names)
}

/** Names of the variables that a span declares. */
function declaredIn(kernel: TypedKernel, { start, end }: Span): ReadonlySet<string> {
  const declared = kernel.variables.filter(({ declaredAt }) => declaredAt >= start && declaredAt < end)
  return new Set(declared.map(({ name }) => name))
}

/** All tokens, those of the span blank. */
function withoutSpan(kernel: TypedKernel, { start, end }: Span): readonly string[] {
  return kernel.tokens.map((text, i) => (i >= start && i < end ? '' : text))
}

function afterSpan(kernel: TypedKernel, { end }: Span): Span {
  return { start: end, end: kernel.tokens.length }
}
