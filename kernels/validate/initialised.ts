// A proof from the text that a kernel reads nothing that was never written. Oclgrind 21.10 loses track of vectors whose
// parts are written or taken out one by one (`c.s0123 = …`, `v.lo`), and reports reads that are none.

import { childOf, functionDeclarator, type ParsedUnit, type SyntaxNode, textOf } from '../parse.ts'

/**
 * Does every variable get all of its value before anything else mentions it: from an initialiser, or from assignments
 * that follow in the same block? False where that cannot be told: with local memory, arrays and structs without
 * initialiser, addresses of what has no value yet, jumps over declarations, functions that may end without `return`,
 * and vectors of three, whose fourth component (`.hi`, `as_float4`) nobody has written.
 */
export function isInitialised(unit: ParsedUnit): boolean {
  const hasLocal = unit.masks.some(({ kind, text }) => kind === 'address-space' && /local/.test(text))
  return (
    !hasLocal && !/(?:char|short|int|long|half|float|double|vload)3\b/.test(unit.masked) && isSound(unit, unit.root)
  )
}

function isSound(unit: ParsedUnit, node: SyntaxNode): boolean {
  const { type, children } = node
  if (type === 'goto_statement') return false
  if (isSwitched(node) && children.some((child) => child.type === 'declaration')) return false
  if (type === 'declaration' && !givesValues(unit, node)) return false
  if (type === 'function_definition' && !isVoid(unit, node) && !endsInReturn(childOf(node, 'body'))) return false
  return children.every((child) => isSound(unit, child))
}

/** Is control let into the middle of it? */
function isSwitched({ type, parent }: SyntaxNode): boolean {
  return type === 'case_statement' || parent?.type === 'switch_statement'
}

function isVoid(unit: ParsedUnit, definition: SyntaxNode): boolean {
  const type = childOf(definition, 'type')
  const isPointer = childOf(definition, 'declarator')?.type === 'pointer_declarator'
  return type !== undefined && textOf(unit, type) === 'void' && !isPointer
}

function endsInReturn(node: SyntaxNode | undefined): boolean {
  if (node?.type === 'return_statement') return true
  if (node?.type === 'else_clause') return endsInReturn(lastOf(node))
  if (node?.type === 'compound_statement') return endsInReturn(lastOf(node))
  if (node?.type !== 'if_statement') return false
  return endsInReturn(childOf(node, 'consequence')) && endsInReturn(childOf(node, 'alternative'))
}

function lastOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.findLast((child) => child.named && child.type !== 'comment')
}

function givesValues(unit: ParsedUnit, declaration: SyntaxNode): boolean {
  const declarators = declaration.children.filter(({ field }) => field === 'declarator')
  return declarators.every((declarator) => {
    if (declarator.type === 'init_declarator') return true
    if (functionDeclarator(declaration) === declarator) return true
    const name = textOf(unit, declarator)
    const width = widthOf(unit, declaration)
    if (declarator.type !== 'identifier' || width === undefined) return false
    return !mentions(unit, declaration, name, declarator) && isAssignedAfter(unit, declaration, name, width)
  })
}

const vector = /^(?:u?(?:char|short|int|long)|half|float|double|bool|size_t)(2|4|8|16)?$/

/** Components of a declaration's type; undefined where it is neither a scalar nor a vector. */
function widthOf(unit: ParsedUnit, declaration: SyntaxNode): number | undefined {
  const type = childOf(declaration, 'type')
  const match = type && vector.exec(textOf(unit, type))
  return match ? Number(match[1] ?? 1) : undefined
}

/** Is all of a variable assigned by statements of its block, before anything else there mentions it? */
function isAssignedAfter(unit: ParsedUnit, declaration: SyntaxNode, name: string, width: number): boolean {
  const siblings = declaration.parent?.children ?? []
  const written = new Set<number>()
  for (const statement of siblings.slice(siblings.indexOf(declaration) + 1)) {
    if (!mentions(unit, statement, name)) continue
    for (const component of assignedBy(unit, statement, name, width)) written.add(component)
    if (written.size === width) return true
    if (assignedBy(unit, statement, name, width).length === 0) return false
  }
  return written.size === 0
}

/** Components that `name = …;`, `name.xy = …;` or `for (name = …; …)` gives a value; none where it is used, too. */
function assignedBy(unit: ParsedUnit, statement: SyntaxNode, name: string, width: number): readonly number[] {
  const isFor = statement.type === 'for_statement'
  const node = isFor ? childOf(statement, 'initializer') : statement.children[0]
  if (!isFor && statement.type !== 'expression_statement') return []
  if (node?.type !== 'assignment_expression' || childOf(node, 'operator')?.type !== '=') return []
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
  if (left === undefined || right === undefined || mentions(unit, right, name)) return []
  if (left.type === 'identifier') return textOf(unit, left) === name ? range(width) : []
  const [of, part] = [childOf(left, 'argument'), childOf(left, 'field')]
  if (left.type !== 'field_expression' || of?.type !== 'identifier' || part === undefined) return []
  return textOf(unit, of) === name ? componentsOf(textOf(unit, part), width) : []
}

/** OpenCL C 2.0, 6.1.7. */
function componentsOf(part: string, width: number): readonly number[] {
  const all = range(width)
  if (part === 'lo') return all.slice(0, width / 2)
  if (part === 'hi') return all.slice(width / 2)
  if (part === 'even' || part === 'odd') return all.filter((i) => i % 2 === Number(part === 'odd'))
  if (/^s[0-9a-f]+$/i.test(part)) return [...part.slice(1)].map((digit) => Number.parseInt(digit, 16))
  return /^[xyzw]+$/.test(part) ? [...part].map((letter) => 'xyzw'.indexOf(letter)) : []
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, i) => i)
}

/** Is a name used within a node, outside of one part of it? */
function mentions(unit: ParsedUnit, node: SyntaxNode, name: string, except?: SyntaxNode): boolean {
  if (node === except) return false
  if (node.type === 'identifier' && textOf(unit, node) === name) return true
  return node.children.some((child) => mentions(unit, child, name, except))
}
