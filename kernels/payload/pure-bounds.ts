// Scalars that do nothing but bound others: `if (i <= n)` with an `n` that is used for nothing else is a number of
// elements that is off by one, while an `n` that also takes part in arithmetic may well be the last index.

import { childOf, type ParsedUnit, type SyntaxNode, textOf } from '../parse.ts'
import type { Signature } from './signature.ts'

/** Indices of the parameters of which all uses are sides of comparisons outside of the heads of loops. */
export function findPureBounds(unit: ParsedUnit, { parameters, definition }: Signature): ReadonlySet<number> {
  const body = childOf(definition, 'body')
  const uses = new Map<string, boolean>()
  if (body !== undefined) collectUses(unit, body, uses)
  return new Set(parameters.flatMap(({ name }, i) => (uses.get(name) === true ? [i] : [])))
}

/** By name: are all its uses sides of comparisons? */
function collectUses(unit: ParsedUnit, node: SyntaxNode, uses: Map<string, boolean>): void {
  if (node.type === 'identifier') {
    const name = textOf(unit, node)
    uses.set(name, (uses.get(name) ?? true) && isCompared(node))
  }
  for (const child of node.children) collectUses(unit, child, uses)
}

function isCompared(node: SyntaxNode): boolean {
  const { parent } = node
  if (parent?.type === 'parenthesized_expression' || parent?.type === 'cast_expression') return isCompared(parent)
  if (parent?.type !== 'binary_expression' || !/^[<>]=?$/.test(childOf(parent, 'operator')?.type ?? '')) return false
  return !isInLoopHead(parent)
}

function isInLoopHead(node: SyntaxNode): boolean {
  for (let current: SyntaxNode | undefined = node; current?.parent !== undefined; current = current.parent) {
    if (/^(?:for|while|do)_statement$/.test(current.parent.type)) return current.field !== 'body'
    if (current.type.endsWith('_statement')) return false
  }
  return false
}
