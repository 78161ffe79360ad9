// A user's text with `[HOLE]`s as something that parses: each hole gets a placeholder of a shape that its place in the
// syntax asks for, built around a marker, an identifier that nobody declares.

import {
  checkSource,
  findRenaming,
  lex,
  type ParsedUnit,
  parseUnit,
  position,
  preprocess,
  type Rejection,
  type SyntaxNode,
  sourceLimits,
} from '../kernels/index.ts'
import type { HoleKind } from './holes.ts'

/** A text cut at its holes: n holes, n + 1 pieces. */
export interface HoleText {
  readonly ok: true
  /** Of the text as the user wrote it. */
  readonly pieces: readonly string[]
  /** Of the text after the preprocessor; the same where it has no directives. */
  readonly expanded: readonly string[]
  /** Begins the names of all placeholders, and no other name of the text. */
  readonly prefix: string
}

/** A text with a placeholder in its first hole, the other holes standing empty. */
export interface PlacedHole {
  readonly ok: true
  readonly unit: ParsedUnit
  readonly marker: string
  /** Offset of the marker. */
  readonly at: number
  /** Tokens of the placeholder before and after the marker. */
  readonly before: number
  readonly after: number
  readonly kind: HoleKind | undefined
}

/** A piece of code that can stand in a hole; `$` is the marker, `@` a name of its own. */
interface Shape {
  readonly code: string
  readonly before: number
  readonly after: number
  /** Is the marker's node, before the rest of the text, what the shape is meant to be? Default: anything that parses. */
  fits?(node: SyntaxNode, rest: string): boolean
  /** What infills of it must be a whole of; default unknown. */
  kind?(node: SyntaxNode): HoleKind | undefined
}

/** Earlier ones are preferred. */
const shapes: readonly Shape[] = [
  { code: '$;', before: 0, after: 1, fits: isStatement, kind: statementKind },
  { code: '$', before: 0, after: 0, kind: expressionKind },
  { code: '@() { $; }', before: 4, after: 2, kind: () => 'scratch' },
  { code: '{ $; }', before: 1, after: 2, kind: () => 'scratch' }, // a body with its braces: it must end alike
  { code: '+ $', before: 1, after: 0 },
  { code: ', $', before: 1, after: 0 },
  { code: '$ +', before: 0, after: 1 },
  { code: '$,', before: 0, after: 1 },
  { code: '+ $ +', before: 1, after: 1 },
  { code: '@[$]', before: 2, after: 1 }, // a declarator
  { code: 'int @[$];', before: 3, after: 2 }, // a member
]

const loops = new Set(['for_statement', 'while_statement', 'do_statement'])

/**
 * Cut a text at its `[HOLE]`s, those in comments, strings and directives aside.
 * @param path - file it came from: its folder resolves quoted includes
 */
export async function cutAtHoles(text: string, path?: string): Promise<HoleText | Rejection> {
  const unfit = checkSource(text)
  if (unfit !== undefined) return unfit
  const pieces = cut(text)
  if (pieces.length === 1) {
    return { ok: false, stage: 'parse', log: 'expected [HOLE] where code is to be written, found none; put one in' }
  }
  let prefix = 'benchsteer_hole'
  while (text.includes(prefix)) prefix += '_'
  if (!hasDirectives(text)) return { ok: true, pieces, expanded: pieces, prefix }
  const outcome = await preprocess(
    join(pieces, (i) => ` ${prefix}${i} `),
    { path },
  )
  if (!outcome.ok) return outcome
  const markers = [...outcome.source.matchAll(new RegExp(`${prefix}(\\d+)`, 'g'))]
  if (markers.length !== pieces.length - 1 || markers.some((match, i) => match[1] !== String(i))) {
    const log =
      'expected each [HOLE] once after preprocessing; take it out of macro arguments and unused branches of #if'
    return { ok: false, stage: 'preprocess', log }
  }
  return { ok: true, pieces, expanded: outcome.source.split(new RegExp(`${prefix}\\d+`)), prefix }
}

/** Does the text need the preprocessor? */
export function hasDirectives(text: string): boolean {
  return /^\s*#/m.test(text)
}

function cut(text: string): string[] {
  const tokens = lex(text)
  const pieces: string[] = []
  let from = 0
  tokens.forEach(({ start }, i) => {
    if (tokens[i].text !== '[' || tokens[i + 1]?.text !== 'HOLE' || tokens[i + 2]?.text !== ']') return
    pieces.push(text.slice(from, start))
    from = tokens[i + 2].end
  })
  return [...pieces, text.slice(from)]
}

function join(pieces: readonly string[], stand: (hole: number) => string): string {
  return pieces.map((piece, i) => (i === 0 ? piece : stand(i - 1) + piece)).join('')
}

/**
 * Find a placeholder for the first hole.
 * @param pieces - around the holes, preprocessed
 */
export function placeFirstHole(pieces: readonly string[], prefix: string): PlacedHole | Rejection {
  const chosen = chooseShapes(pieces, prefix)
  const placed = new Placement(pieces, prefix, chosen)
  if (placed.faults > 0) return rejection(placed)
  const standing = chosen.map((shape): Stand => shape)
  for (let hole = 1; hole < chosen.length; hole++) {
    const isBare = chosen[hole].kind?.(placed.nodes[hole] ?? placed.unit.root) === 'statement'
    const empty = (isBare ? [';'] : ['', ';', '0']).find(
      (text) => new Placement(pieces, prefix, standing.with(hole, text)).faults === 0,
    )
    if (empty !== undefined) standing[hole] = empty
  }
  const { unit, nodes } = new Placement(pieces, prefix, standing)
  const [{ before, after, kind }] = chosen
  const [node] = nodes
  if (node === undefined) return rejection(placed)
  return { ok: true, unit, marker: `${prefix}0`, at: node.start, before, after, kind: kind?.(node) }
}

function rejection({ unit, markers }: Placement): Rejection {
  const at = unit.errors[0] ?? markers[0]
  const line = position(unit.source, at).split(':')[0]
  const expected = 'expected OpenCL C with [HOLE] in place of whole expressions, statements, parameters or a kernel'
  return {
    ok: false,
    stage: 'parse',
    log: `line ${line}: syntax error; ${expected}; correct it, or widen the hole to the whole of what it cuts`,
  }
}

/** One shape per hole, chosen in turn so that the fewest faults are left. */
function chooseShapes(pieces: readonly string[], prefix: string): Shape[] {
  let chosen = pieces.slice(1).map(() => shapes[0])
  let fewest = new Placement(pieces, prefix, chosen).faults
  for (let before = Number.POSITIVE_INFINITY; fewest > 0 && fewest < before; ) {
    before = fewest
    for (let hole = 0; hole < chosen.length && fewest > 0; hole++) {
      for (const shape of shapes) {
        const candidate = chosen.with(hole, shape)
        const { faults } = new Placement(pieces, prefix, candidate)
        if (faults >= fewest) continue
        fewest = faults
        chosen = candidate
      }
    }
  }
  return chosen
}

/** A shape around a marker, or plain text. */
type Stand = Shape | string

/** A text with something in each of its holes, parsed. */
class Placement {
  readonly unit: ParsedUnit
  /** Offset of each marker, and its node; none where plain text stands or the marker is no node. */
  readonly markers: readonly number[]
  readonly nodes: readonly (SyntaxNode | undefined)[]
  /** Syntax errors, and markers that are declared or not what their shape is meant to be. */
  readonly faults: number

  constructor(pieces: readonly string[], prefix: string, stands: readonly Stand[]) {
    let source = pieces[0]
    this.markers = stands.map((stand, i) => {
      const marker = `${prefix}${i}`
      const code = typeof stand === 'string' ? stand : stand.code.replace('@', `${marker}_`).replace('$', marker)
      const at = source.length + 1 + code.search(new RegExp(`${marker}\\b`))
      source += ` ${code} ${pieces[i + 1]}`
      return at
    })
    this.unit = parseUnit(source)
    this.nodes = stands.map((stand, i) =>
      typeof stand === 'string' ? undefined : findLeaf(this.unit.root, this.markers[i]),
    )
    this.faults = this.#count(pieces, stands)
  }

  #count(pieces: readonly string[], stands: readonly Stand[]): number {
    const { unit, nodes } = this
    if (unit.depth > sourceLimits.syntaxDepth) return Number.POSITIVE_INFINITY
    const renaming = findRenaming(unit)
    const misfits = stands.filter((stand, i) => {
      if (typeof stand === 'string') return false
      const node = nodes[i]
      return node === undefined || renaming.has(node.start) || stand.fits?.(node, pieces[i + 1]) === false
    })
    return unit.errors.length + misfits.length
  }
}

/** The leaf that starts at an offset. */
function findLeaf(root: SyntaxNode, at: number): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = root
  while (node !== undefined && node.children.length > 0) {
    node = node.children.find(({ start, end }) => start <= at && at < end)
  }
  return node?.start === at ? node : undefined
}

/** A statement of its own, without a semicolon of the user's behind it. */
function isStatement({ parent, start }: SyntaxNode, rest: string): boolean {
  return parent?.type === 'expression_statement' && parent.start === start && !/^\s*;/.test(rest)
}

function statementKind({ parent: statement }: SyntaxNode): HoleKind | undefined {
  const block = statement?.parent
  if (block === undefined || block.type === 'translation_unit') return undefined
  if (loops.has(block.type)) return 'loop-body'
  if (block.type === 'case_statement') return 'statements'
  if (block.type !== 'compound_statement') return 'statement'
  const isAlone = block.children.filter(({ named, type }) => named && type !== 'comment').length === 1
  const owner = block.parent?.type ?? ''
  if (isAlone && owner === 'function_definition') return 'body'
  return isAlone && loops.has(owner) ? 'loop-body' : 'statements'
}

function expressionKind({ type, parent }: SyntaxNode): HoleKind | undefined {
  if (type === 'identifier') return 'expression'
  const isParameter = parent?.type === 'parameter_declaration' && parent.children.length === 1
  return isParameter ? 'parameters' : undefined
}
