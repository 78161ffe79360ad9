// What must not run even in a sandboxed process: a CPU driver links kernels into itself, so that a declared function of
// the C library (`int system(const char *)`) is called for real, and inline assembly can do anything.

import { lex } from '../lexer.ts'
import { type ParsedUnit, parseUnit, type SyntaxNode, textOf } from '../parse.ts'

const assembly = new Set(['asm', '__asm', '__asm__'])

/** @returns why a source is not run, undefined where it may */
export function findForeignCode(source: string, unit: ParsedUnit = parseUnit(source)): string | undefined {
  if (/\basm|__asm/.test(source) && lex(source).some(({ text }) => assembly.has(text))) return 'inline assembly'
  const defined = new Set<string>()
  const declared = new Set<string>()
  const queue: SyntaxNode[] = [unit.root]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.type === 'function_declarator') (isDefinition(node) ? defined : declared).add(nameOf(unit, node))
    queue.push(...node.children)
  }
  const foreign = [...declared].find((name) => !defined.has(name))
  return foreign === undefined ? undefined : `function '${foreign}' is declared and not defined`
}

function isDefinition(declarator: SyntaxNode): boolean {
  let { parent } = declarator
  while (parent !== undefined && /declarator$/.test(parent.type)) parent = parent.parent
  return parent?.type === 'function_definition'
}

/** `f`, also from `(*f)`. */
function nameOf(unit: ParsedUnit, declarator: SyntaxNode): string {
  const inner = declarator.children.find(({ field }) => field === 'declarator')
  return inner === undefined ? '' : textOf(unit, inner).replace(/[()*\s]/g, '')
}
