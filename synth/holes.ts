// Where a kernel can be opened: syntax-aligned spans of its normal form, in tokens.

import { lex, parseUnit, type SyntaxNode } from '../kernels/index.ts'

export type HoleKind = 'expression' | 'statement' | 'statements' | 'loop-body' | 'parameters' | 'body' | 'scratch'

/** Tokens `[start, end)` of a normal form; empty spans are insertion points. */
export interface HoleSpan {
  readonly start: number
  readonly end: number
  readonly kind: HoleKind
}

/** Longest run of statements offered as one hole. */
const longestRun = 6

const loops = new Set(['for_statement', 'while_statement', 'do_statement'])

/**
 * All holes of a kernel, duplicates removed, in order of start, then end.
 * @param text - a normal form
 */
export function findHoles(text: string): HoleSpan[] {
  const tokens = lex(text)
  const starts = new Map(tokens.map((token, i) => [token.start, i]))
  const ends = new Map(tokens.map((token, i) => [token.end, i + 1]))
  const holes = new Map<string, HoleSpan>()
  const add = (start: number | undefined, end: number | undefined, kind: HoleKind): void => {
    if (start === undefined || end === undefined || end < start) return
    const id = `${start},${end}`
    if (!holes.has(id)) holes.set(id, { start, end, kind })
  }
  const unit = parseUnit(text)
  const masked = new Set(unit.masks.map((mask) => mask.start))
  /** First token of a node and of the qualifiers before it, which the parser does not see: `local float x;`. */
  const startOf = (node: SyntaxNode): number | undefined => {
    let start = starts.get(node.start)
    while (start !== undefined && start > 0 && masked.has(tokens[start - 1].start)) start--
    return start
  }
  const addNode = (node: SyntaxNode, kind: HoleKind): void => add(startOf(node), ends.get(node.end), kind)

  const visit = (node: SyntaxNode): void => {
    const isLoop = loops.has(node.type)
    if (node.type === 'function_definition') addFunction(node) // first: its body is more than a run of statements
    for (const child of node.children) {
      if (isLoop && child.field === 'body') addInside(child, 'loop-body')
      visit(child)
    }
    if (node.type === 'compound_statement') addRuns(node)
    if (isStatement(node)) addNode(node, 'statement')
    else if (isExpression(node)) addNode(node, 'expression')
  }

  /** The inside of a block, or the whole of a single statement. */
  const addInside = (node: SyntaxNode, kind: HoleKind): void => {
    if (node.type !== 'compound_statement') addNode(node, kind)
    else add(shift(starts.get(node.start), 1), shift(ends.get(node.end), -1), kind)
  }

  const addRuns = (block: SyntaxNode): void => {
    const statements = block.children.filter(isStatement)
    const open = shift(starts.get(block.start), 1)
    add(open, open, 'statements')
    for (let i = 0; i < statements.length; i++) {
      const end = ends.get(statements[i].end)
      add(end, end, 'statements')
      for (let k = i + 1; k < Math.min(statements.length, i + longestRun); k++) {
        add(startOf(statements[i]), ends.get(statements[k].end), 'statements')
      }
    }
  }

  const addFunction = (node: SyntaxNode): void => {
    const body = node.children.find((child) => child.field === 'body')
    if (body !== undefined) addInside(body, 'body')
    const parameters = findParameters(node)
    if (parameters !== undefined) {
      add(shift(starts.get(parameters.start), 1), shift(ends.get(parameters.end), -1), 'parameters')
    }
  }

  for (const child of unit.root.children) visit(child)
  const kernelAt = tokens.findIndex((token, i) => token.text === 'kernel' && tokens[i + 1]?.text === 'void')
  if (kernelAt >= 0) add(kernelAt + 2, tokens.length, 'scratch')
  return [...holes.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}

function findParameters(node: SyntaxNode): SyntaxNode | undefined {
  for (const child of node.children) {
    if (child.field === 'parameters') return child
    const below = child.field === 'declarator' ? findParameters(child) : undefined
    if (below !== undefined) return below
  }
  return undefined
}

function isStatement(node: SyntaxNode): boolean {
  const parent = node.parent?.type
  if (node.type === 'declaration') return parent === 'compound_statement'
  const isFixedBlock = parent === 'function_definition' || parent === 'switch_statement'
  return node.type.endsWith('_statement') && !isFixedBlock
}

function isExpression(node: SyntaxNode): boolean {
  return node.type.endsWith('_expression') && node.type !== 'parenthesized_expression'
}

function shift(position: number | undefined, by: number): number | undefined {
  return position === undefined ? undefined : position + by
}
