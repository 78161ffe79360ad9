// What a condition guards begins or ends elsewhere: statements beside it move in, or some move out. An early exit comes a
// few statements sooner or later.

import { childOf, type SyntaxNode } from '../../kernels/index.ts'
import type { Random } from '../random.ts'
import { copy, draw, type Edit, type EditKind, isReachable } from './edit.ts'
import { assignedIn, endsLoop, mentions } from './loops.ts'
import { isNeeded } from './runs.ts'
import type { Span, Statement, TypedKernel } from './typed-kernel.ts'

const longestRun = 6
/** What stays on its side: where work-items meet, and other ways out. A function may hold either. */
const fixed = /^(?:return|break|continue|barrier|f\d+)$/

export const shift: EditKind = {
  id: 'shift',
  propose(kernel, rng) {
    const statement = draw(
      kernel.statements,
      rng,
      ({ node, isInBlock }) => isInBlock && node.type === 'if_statement' && childOf(node, 'alternative') === undefined,
    )
    const consequence = statement && childOf(statement.node, 'consequence')
    if (statement === undefined || consequence === undefined) return undefined
    if (isExit(kernel, consequence)) return moveExit(kernel, statement, rng)
    if (consequence.type !== 'compound_statement') return undefined
    return rng.next() < 0.5 ? moveIn(kernel, statement, rng) : moveOut(kernel, statement, consequence, rng)
  },
}

function isExit(kernel: TypedKernel, consequence: SyntaxNode): boolean {
  const { start, end } = kernel.spanOf(consequence)
  return /^(?:\{ )?(?:return|break|continue) ;(?: \})?$/.test(kernel.tokens.slice(start, end).join(' '))
}

function moveExit(kernel: TypedKernel, exit: Statement, rng: Random): Edit | undefined {
  const { before, after } = siblingsOf(kernel, exit)
  if (rng.next() < 0.5) {
    const run = drawRun(kernel, before, 'last', rng)
    if (run === undefined || isAskedFor(kernel, exit, run)) return undefined
    return { start: run.start, end: exit.end, tokens: [...copy(kernel, exit), ...copy(kernel, run)] }
  }
  const run = drawRun(kernel, after.slice(0, -1), 'first', rng) // there is nothing to leave at the end
  if (run === undefined) return undefined
  return { start: exit.start, end: run.end, tokens: [...copy(kernel, run), ...copy(kernel, exit)] }
}

function moveIn(kernel: TypedKernel, statement: Statement, rng: Random): Edit | undefined {
  const { before, after } = siblingsOf(kernel, statement)
  if (rng.next() < 0.5) {
    const run = drawRun(kernel, before, 'last', rng)
    if (run === undefined || isAskedFor(kernel, statement, run)) return undefined
    if (isNeeded({ ...kernel, tokens: withoutSpan(kernel, statement) }, run)) return undefined
    const head = { start: statement.start, end: bodyOf(kernel, statement).start + 1 }
    return { start: run.start, end: head.end, tokens: [...copy(kernel, head), ...copy(kernel, run)] }
  }
  const run = drawRun(kernel, after, 'first', rng)
  if (run === undefined || isNeeded(kernel, run)) return undefined
  const brace = { start: statement.end - 1, end: statement.end }
  return { start: brace.start, end: run.end, tokens: [...copy(kernel, run), ...copy(kernel, brace)] }
}

/** Something stays. */
function moveOut(kernel: TypedKernel, statement: Statement, body: SyntaxNode, rng: Random): Edit | undefined {
  const inside = kernel.statements.filter(({ node }) => node.parent === body)
  if (rng.next() < 0.5) {
    const run = drawRun(kernel, inside.slice(0, -1), 'first', rng)
    if (run === undefined) return undefined
    const head = { start: statement.start, end: run.start }
    return { start: head.start, end: run.end, tokens: [...copy(kernel, run), ...copy(kernel, head)] }
  }
  const run = drawRun(kernel, inside.slice(1), 'last', rng)
  if (run === undefined || !isReachable(kernel, run, statement.start)) return undefined
  const brace = { start: statement.end - 1, end: statement.end }
  return { start: run.start, end: brace.end, tokens: [...copy(kernel, brace), ...copy(kernel, run)] }
}

function siblingsOf(
  kernel: TypedKernel,
  statement: Statement,
): { readonly before: readonly Statement[]; readonly after: readonly Statement[] } {
  const all = kernel.statements.filter(({ node }) => node.parent === statement.node.parent)
  return {
    before: all.filter(({ start }) => start < statement.start),
    after: all.filter(({ start }) => start > statement.start),
  }
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

/** Does the condition of a statement mention what the run declares or assigns? */
function isAskedFor(kernel: TypedKernel, { node }: Statement, run: Span): boolean {
  const condition = childOf(node, 'condition')
  const declared = kernel.variables.filter(({ declaredAt }) => declaredAt >= run.start && declaredAt < run.end)
  const names = new Set([...assignedIn(kernel, run), ...declared.map(({ name }) => name)])
  return condition !== undefined && mentions(kernel, kernel.spanOf(condition), names)
}

function bodyOf(kernel: TypedKernel, { node, start, end }: Statement): Span {
  const body = childOf(node, 'consequence')
  return body === undefined ? { start, end } : kernel.spanOf(body)
}

/** The tokens, but of the statement no text. */
function withoutSpan(kernel: TypedKernel, { start, end }: Span): readonly string[] {
  return kernel.tokens.map((text, i) => (i >= start && i < end ? '' : text))
}
