// Loops that cannot end once they have begun: nothing in them changes what their condition reads. Edits write such loops
// easily, and no feature tells.

import { childOf, type ParsedUnit, type SyntaxNode } from '../../kernels/index.ts'

const loops = /^(?:for|while|do)_statement$/
/** What these are may change from turn to turn without an assignment that is seen here. */
const opaque = /^(?:subscript_expression|pointer_expression|field_expression|call_expression)$/
const ways = /^(?:break|return|goto)_statement$/

/** Is there a loop whose condition reads local variables and numbers alone, none of which the loop changes, and no way out? */
export function hasEndlessLoop({ root, source }: ParsedUnit): boolean {
  return some(root, (node) => loops.test(node.type) && isEndless(node, source))
}

function isEndless(loop: SyntaxNode, source: string): boolean {
  const condition = childOf(loop, 'condition')
  const parts = [condition, childOf(loop, 'body'), childOf(loop, 'update')].flatMap((part) => part ?? [])
  if (parts.some((part) => some(part, (node) => ways.test(node.type)))) return false
  if (condition === undefined) return true
  const names = new Set<string>()
  let isOpaque = false
  visit(condition, (node) => {
    if (opaque.test(node.type)) isOpaque = true
    if (node.type === 'identifier') names.add(source.slice(node.start, node.end))
  })
  if (isOpaque || (names.size === 0 && !/[1-9]/.test(source.slice(condition.start, condition.end)))) return false
  return !parts.some((part) => some(part, (node) => isChangeOf(node, names, source)))
}

/** Is one of the names assigned, counted, or its address taken? */
function isChangeOf(node: SyntaxNode, names: ReadonlySet<string>, source: string): boolean {
  const changed =
    node.type === 'assignment_expression'
      ? childOf(node, 'left')
      : node.type === 'update_expression' || node.type === 'pointer_expression'
        ? childOf(node, 'argument')
        : undefined
  return changed?.type === 'identifier' && names.has(source.slice(changed.start, changed.end))
}

function some(node: SyntaxNode, test: (node: SyntaxNode) => boolean): boolean {
  return test(node) || node.children.some((child) => some(child, test))
}

function visit(node: SyntaxNode, act: (node: SyntaxNode) => void): void {
  act(node)
  for (const child of node.children) visit(child, act)
}
