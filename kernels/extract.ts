// Cuts a translation unit into its file-scope items and gathers, for one kernel, the helper functions, types and
// constants that it needs, in source order.

import { lex } from './lexer.ts'
import { sourceLimits } from './limits.ts'
import { functionDeclarator, masksWithin, type ParsedUnit, type SyntaxNode } from './parse.ts'
import { findRenaming } from './rename.ts'

/** A declaration or definition at file scope. */
export interface Item {
  readonly node: SyntaxNode
  /** From the end of the previous item: includes masked qualifiers in front of the node. */
  readonly start: number
  readonly end: number
  readonly declares: ReadonlySet<string>
  /** Names used that are not the item's own parameters, variables, labels or members. */
  readonly mentions: ReadonlySet<string>
  readonly kernelName: string | undefined
  readonly isPrototype: boolean
}

const knownItems = new WeakMap<ParsedUnit, readonly Item[]>()

/** File-scope items of a unit, in source order. */
export function findItems(unit: ParsedUnit): readonly Item[] {
  const items = knownItems.get(unit) ?? cutItems(unit)
  knownItems.set(unit, items)
  return items
}

function cutItems(unit: ParsedUnit): Item[] {
  const items: Item[] = []
  const locals = findLocals(unit)
  let start = 0
  const nodes = unit.root.children.filter((node) => node.type !== 'comment' && node.type !== ';')
  for (const node of nodes) {
    const end = endWithSemicolon(unit.source, node.end)
    items.push(itemOf(unit, node, start, end, locals))
    start = end
  }
  return items
}

/** Offsets of the identifiers that stand for parameters, variables, labels and members. */
function findLocals(unit: ParsedUnit): ReadonlySet<number> {
  if (unit.depth > sourceLimits.syntaxDepth) return new Set()
  return new Set([...findRenaming(unit)].flatMap(([offset, name]) => (/^[pvm]/.test(name) ? [offset] : [])))
}

/** A struct definition's semicolon is a node of its own; it belongs to the item. */
function endWithSemicolon(source: string, end: number): number {
  const semicolon = /\s*;/y
  semicolon.lastIndex = end
  return semicolon.test(source) ? semicolon.lastIndex : end
}

/** Names of the kernels defined in a unit, in source order. */
export function findKernels(unit: ParsedUnit): string[] {
  return findItems(unit).flatMap((item) => item.kernelName ?? [])
}

/**
 * The text of one kernel with everything it needs above it; other kernels that it does not call are left out.
 * @returns undefined where the unit defines no such kernel
 */
export function extractKernel(unit: ParsedUnit, kernelName: string): string | undefined {
  const items = findItems(unit)
  const kernel = items.find((item) => item.kernelName === kernelName)
  if (kernel === undefined) return undefined
  const needed = new Set([kernel])
  const queue = [kernel]
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    for (const other of items) {
      if (needed.has(other) || !overlaps(other.declares, item.mentions) || !isVisible(other, item)) continue
      needed.add(other)
      queue.push(other)
    }
  }
  return items
    .filter((item) => needed.has(item) && !isRedundantPrototype(item, items, needed))
    .map((item) => unit.source.slice(item.start, item.end))
    .join('')
}

/** A function below an item is out of its sight, unless the item is its prototype. A struct's body may come later. */
function isVisible(other: Item, item: Item): boolean {
  const isAbove = other.start < item.start
  return (
    isAbove ||
    other.node.type !== 'function_definition' ||
    (item.isPrototype && overlaps(other.declares, item.declares))
  )
}

/** A prototype is dropped where its function is defined before any other item mentions it. */
function isRedundantPrototype(item: Item, items: readonly Item[], needed: ReadonlySet<Item>): boolean {
  if (!item.isPrototype) return false
  const [name] = item.declares
  for (const other of items) {
    if (other === item || !needed.has(other)) continue
    if (other.declares.has(name) && !other.isPrototype) return true
    if (!other.isPrototype && other.mentions.has(name)) return false
  }
  return false
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const name of a) if (b.has(name)) return true
  return false
}

function itemOf(unit: ParsedUnit, node: SyntaxNode, start: number, end: number, locals: ReadonlySet<number>): Item {
  const declares = new Set<string>()
  const declarator = node.type === 'function_definition' ? functionDeclarator(node) : undefined
  if (declarator !== undefined) addName(unit, declarator, declares)
  else collectDeclared(unit, node, declares)
  const mentions = new Set<string>()
  for (const token of lex(unit.source.slice(start, end))) {
    if (token.kind === 'identifier' && !locals.has(start + token.start)) mentions.add(token.text)
  }
  const isKernel =
    declarator !== undefined && masksWithin(unit, start, declarator.start).some((mask) => mask.kind === 'kernel')
  const isPrototype = node.type === 'declaration' && functionDeclarator(node) !== undefined
  return { node, start, end, declares, mentions, isPrototype, kernelName: isKernel ? [...declares][0] : undefined }
}

function addName(unit: ParsedUnit, declarator: SyntaxNode, names: Set<string>): void {
  let current: SyntaxNode | undefined = declarator
  while (current !== undefined && !isName(current)) {
    const next: SyntaxNode | undefined =
      current.children.find((child) => child.field === 'declarator') ??
      (current.type === 'parenthesized_declarator' ? current.children.find((child) => child.named) : undefined)
    current = next
  }
  if (current !== undefined) names.add(unit.source.slice(current.start, current.end))
}

function isName(node: SyntaxNode): boolean {
  return node.type === 'identifier' || node.type === 'type_identifier'
}

/** Names that a file-scope declaration brings: its declarators, struct tags, enumerators. */
function collectDeclared(unit: ParsedUnit, node: SyntaxNode, names: Set<string>): void {
  for (const child of node.children) {
    if (child.field === 'declarator') addName(unit, child, names)
    if (/^(?:struct|union|enum)_specifier$/.test(child.type)) collectTags(unit, child, names)
  }
  if (/^(?:struct|union|enum)_specifier$/.test(node.type)) collectTags(unit, node, names)
}

function collectTags(unit: ParsedUnit, specifier: SyntaxNode, names: Set<string>): void {
  const hasBody = specifier.children.some((child) => child.field === 'body')
  for (const child of specifier.children) {
    if (child.field === 'name' && hasBody) names.add(unit.source.slice(child.start, child.end))
    for (const member of child.field === 'body' ? child.children : []) {
      if (member.type === 'enumerator') addName(unit, member.children[0], names)
      for (const part of member.children) {
        if (/^(?:struct|union|enum)_specifier$/.test(part.type)) collectTags(unit, part, names)
      }
    }
  }
}
