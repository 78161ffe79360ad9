// Syntax trees of OpenCL C: tree-sitter-c over masked text, copied once into plain objects (a walk over the
// native tree costs more than the parse). Offsets are UTF-16 indices into the source.

import Parser from 'tree-sitter'
import cLanguage from 'tree-sitter-c'
import { type Mask, maskOpenCl } from './mask.ts'

/** A node of the syntax tree; tokens are leaves. */
export interface SyntaxNode {
  /** Node type of tree-sitter-c: named (`call_expression`) or the literal token (`+`). */
  readonly type: string
  /** Field of the parent that this node fills (`left`, `body`, …), else undefined. */
  readonly field: string | undefined
  readonly start: number
  readonly end: number
  readonly named: boolean
  readonly parent: SyntaxNode | undefined
  readonly children: readonly SyntaxNode[]
}

/** A translation unit with its syntax tree. */
export interface ParsedUnit {
  readonly source: string
  /** `source` with OpenCL qualifiers and attributes blanked; same length. */
  readonly masked: string
  readonly root: SyntaxNode
  /** What was blanked, in source order. */
  readonly masks: readonly Mask[]
  /** Where the grammar failed: starts of ERROR and MISSING nodes. Empty for well-formed input. */
  readonly errors: readonly number[]
  /** Depth of the deepest node. */
  readonly depth: number
}

const parser = new Parser()
parser.setLanguage(cLanguage as Parser.Language)

/** Parse preprocessed OpenCL C. Never throws on malformed input: see `errors`. About 2,000 kernels/s. */
export function parseUnit(source: string): ParsedUnit {
  const { masked, masks } = maskOpenCl(source)
  const tree = parser.parse(masked, null, { bufferSize: 2 * masked.length + 1024 })
  const { root, errors, depth } = copyTree(tree.walk())
  return { source, masked, masks, root, errors, depth }
}

/** Source text of a node. */
export function textOf(unit: ParsedUnit, node: SyntaxNode): string {
  return unit.source.slice(node.start, node.end)
}

/** The child that fills `field`, if any. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field)
}

/** The function declarator of a definition or prototype, below any pointer declarators. */
export function functionDeclarator(node: SyntaxNode): SyntaxNode | undefined {
  let current = childOf(node, 'declarator')
  while (current !== undefined && current.type !== 'function_declarator') {
    current = childOf(current, 'declarator')
  }
  return current
}

/** The masks that lie in `[start, end)`, found by binary search. */
export function masksWithin(unit: ParsedUnit, start: number, end: number): readonly Mask[] {
  let low = 0
  let high = unit.masks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (unit.masks[middle].start < start) low = middle + 1
    else high = middle
  }
  let stop = low
  while (stop < unit.masks.length && unit.masks[stop].end <= end) stop++
  return unit.masks.slice(low, stop)
}

interface OpenNode {
  type: string
  field: string | undefined
  start: number
  end: number
  named: boolean
  parent: OpenNode | undefined
  children: OpenNode[]
}

/** Shared by all leaves: most nodes are. */
const noChildren: OpenNode[] = []

function copyTree(cursor: Parser.TreeCursor): { root: SyntaxNode; errors: number[]; depth: number } {
  const errors: number[] = []
  const root = copyNode(cursor, undefined, errors)
  let current = root
  let level = 0
  let depth = 0
  for (;;) {
    if (cursor.gotoFirstChild()) {
      level++
      if (level > depth) depth = level
      current = copyNode(cursor, current, errors)
      continue
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent() || current.parent === undefined) return { root, errors, depth }
      current = current.parent
      level--
    }
    current = copyNode(cursor, current.parent, errors)
  }
}

/** What all nodes of one type id have in common; reading it from the native tree costs more than the rest. */
const symbols = new Map<number, { readonly type: string; readonly named: boolean }>()
/** Names of fields by id; 0 is none. */
const fields = new Map<number, string | undefined>([[0, undefined]])

function copyNode(cursor: Parser.TreeCursor, parent: OpenNode | undefined, errors: number[]): OpenNode {
  const id = cursor.nodeTypeId
  let symbol = symbols.get(id)
  if (symbol === undefined) {
    symbol = { type: cursor.nodeType, named: cursor.nodeIsNamed }
    symbols.set(id, symbol)
  }
  const { type, named } = symbol
  const start = cursor.startIndex
  const end = cursor.endIndex
  const fieldId = cursor.currentFieldId
  if (!fields.has(fieldId)) fields.set(fieldId, cursor.currentFieldName)
  const node: OpenNode = { type, field: fields.get(fieldId), start, end, named, parent, children: noChildren }
  if (parent !== undefined) {
    if (parent.children === noChildren) parent.children = [node]
    else parent.children.push(node)
  }
  if (type === 'ERROR' || (start === end && cursor.nodeIsMissing)) errors.push(start)
  return node
}
