// Where a kernel can be opened: syntax-aligned spans of its normal form, in tokens.

import { lex, type ParsedUnit, parseUnit, type SyntaxNode, type Token } from '../kernels/index.ts'

/** What a hole takes out: `statements` is a run of them, `body` that of a function, `scratch` all from the kernel's name on. */
export type HoleKind = 'expression' | 'statement' | 'statements' | 'loop-body' | 'parameters' | 'body' | 'scratch'

/** Tokens `[start, end)` of a normal form; empty spans are insertion points. */
export interface HoleSpan {
  readonly start: number
  readonly end: number
  readonly kind: HoleKind
}

/** Longest run of statements offered as one hole. */
const longestRun = 6

/** As normal forms name them. */
const functionName = /^f\d+$/

const loops = new Set(['for_statement', 'while_statement', 'do_statement'])

/**
 * All holes of a kernel, duplicates removed, in order of start, then end.
 * @param text - a normal form
 */
export function findHoles(text: string): HoleSpan[] {
  const tokens = lex(text)
  const unit = parseUnit(text)
  const holes = new HoleList(tokens, unit)
  for (const child of unit.root.children) addHolesOf(child, holes)
  const kernelAt = tokens.findIndex((token) => token.text === 'kernel')
  const nameAt = tokens.findIndex((token, i) => i > kernelAt && functionName.test(token.text))
  if (kernelAt >= 0 && nameAt >= 0) holes.add(nameAt, tokens.length, 'scratch')
  return holes.sorted()
}

/** Gathers holes by the syntax nodes they replace; of two with one span the first stays. */
class HoleList {
  readonly #tokens: readonly Token[]
  /** Token index by the offset of its first character, and one past it by the offset of its end. */
  readonly #starts: ReadonlyMap<number, number>
  readonly #ends: ReadonlyMap<number, number>
  /** Offsets of the qualifiers that the parser does not see. */
  readonly #masked: ReadonlySet<number>
  readonly #holes = new Map<string, HoleSpan>()

  constructor(tokens: readonly Token[], unit: ParsedUnit) {
    this.#tokens = tokens
    this.#starts = new Map(tokens.map((token, i) => [token.start, i]))
    this.#ends = new Map(tokens.map((token, i) => [token.end, i + 1]))
    this.#masked = new Set(unit.masks.map((mask) => mask.start))
  }

  /** A span without both ends is none: in broken syntax, nodes may start or end within a token. */
  add(start: number | undefined, end: number | undefined, kind: HoleKind): void {
    if (start === undefined || end === undefined || end < start) return
    const id = `${start},${end}`
    if (!this.#holes.has(id)) this.#holes.set(id, { start, end, kind })
  }

  /** The whole of one node or of a run of siblings. */
  addNodes(first: SyntaxNode, last: SyntaxNode, kind: HoleKind): void {
    this.add(this.#startOf(first), this.#ends.get(last.end), kind)
  }

  /** What is between the brackets of a node. */
  addBetweenBrackets(node: SyntaxNode, kind: HoleKind): void {
    this.add(shift(this.#starts.get(node.start), 1), shift(this.#ends.get(node.end), -1), kind)
  }

  /** The inside of a block, or the whole of a single statement. */
  addInside(node: SyntaxNode, kind: HoleKind): void {
    if (node.type === 'compound_statement') this.addBetweenBrackets(node, kind)
    else this.addNodes(node, node, kind)
  }

  /** An insertion point behind the opening bracket of a block. */
  addAfterBracket(block: SyntaxNode): void {
    const open = shift(this.#starts.get(block.start), 1)
    this.add(open, open, 'statements')
  }

  /** An insertion point behind a statement. */
  addAfter(statement: SyntaxNode): void {
    const end = this.#ends.get(statement.end)
    this.add(end, end, 'statements')
  }

  sorted(): HoleSpan[] {
    return [...this.#holes.values()].sort((a, b) => a.start - b.start || a.end - b.end)
  }

  /** First token of a node and of the qualifiers before it: `local float x;`. */
  #startOf(node: SyntaxNode): number | undefined {
    let start = this.#starts.get(node.start)
    while (start !== undefined && start > 0 && this.#masked.has(this.#tokens[start - 1].start)) start--
    return start
  }
}

/** All holes within a node. The order decides which kind a span has that several kinds share. */
function addHolesOf(node: SyntaxNode, holes: HoleList): void {
  if (node.type === 'function_definition') addFunction(node, holes) // first: its body is more than a run of statements
  const isLoop = loops.has(node.type)
  for (const child of node.children) {
    if (isLoop && child.field === 'body') holes.addInside(child, 'loop-body')
    addHolesOf(child, holes)
  }
  if (node.type === 'compound_statement') addRuns(node, holes)
  if (isStatement(node)) holes.addNodes(node, node, 'statement')
  else if (isExpression(node)) holes.addNodes(node, node, 'expression')
}

function addFunction(node: SyntaxNode, holes: HoleList): void {
  const body = node.children.find((child) => child.field === 'body')
  if (body !== undefined) holes.addInside(body, 'body')
  const parameters = findParameters(node)
  if (parameters !== undefined) holes.addBetweenBrackets(parameters, 'parameters')
}

/** Runs of two statements and more of a block, and the points between its statements. */
function addRuns(block: SyntaxNode, holes: HoleList): void {
  const statements = block.children.filter(isStatement)
  holes.addAfterBracket(block)
  statements.forEach((first, i) => {
    holes.addAfter(first)
    for (const last of statements.slice(i + 1, i + longestRun)) holes.addNodes(first, last, 'statements')
  })
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
