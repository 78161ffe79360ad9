// A placed hole as the model reads it: normal form left and right of it, and what the canonical names there mean to the
// user. Variables that the function uses after the hole and nobody declares are the hole's to declare: they get the next
// numbers, and the numbers of later variables move up.

import {
  extractKernel,
  findItems,
  findRenaming,
  lex,
  normaliseText,
  type ParsedUnit,
  parseUnit,
  type Rejection,
  type SyntaxNode,
} from '../kernels/index.ts'
import type { PlacedHole } from './hole-text.ts'
import type { HoleKind } from './holes.ts'

/** Values that the language declares, as far as their spelling tells. */
const builtInConstant = /^(?:[A-Z]+\w*_\w*|__\w+|MAXFLOAT|INFINITY|NAN|HUGE_VALF?|memory_(?:order|scope)_\w+)$/

/** A hole in its surroundings. */
export interface OpenHole {
  readonly ok: true
  readonly left: readonly string[]
  readonly right: readonly string[]
  readonly kind: HoleKind | undefined
  /** The user's names by canonical name: those of the hole's function and of the file. */
  readonly names: ReadonlyMap<string, string>
}

/** How a hole is opened. */
export interface OpenOptions {
  /** Begins the names of placeholders. */
  readonly prefix: string
  /** Numbers kept free for variables of the infill's own, where the function declares more after the hole. */
  readonly spare: number
}

/** What to show the model of the text around a hole. */
export interface Surroundings {
  /** Texts with the hole, the most telling first: the hole's kernel, with all or only the needed helpers and types. */
  readonly texts: readonly string[]
  /** Which kernel of the text has the hole, in source order; undefined where none has. */
  readonly kernelIndex: number | undefined
}

/** The kernel that a hole is in, or that calls the function it is in; else the whole text. */
export function findSurroundings({ unit, marker, at }: PlacedHole): Surroundings {
  const items = findItems(unit)
  const kernels = items.flatMap(({ kernelName }) => kernelName ?? [])
  const own =
    items.find(({ start, end }) => start <= at && at < end)?.kernelName ??
    kernels.find((name) => extractKernel(unit, name)?.includes(marker))
  const needed = own === undefined ? undefined : extractKernel(unit, own)
  if (own === undefined || needed === undefined) return { texts: [unit.source], kernelIndex: undefined }
  const others = items.filter(({ kernelName }) => kernelName === undefined || kernelName === own)
  const all = others.map(({ start, end }) => unit.source.slice(start, end)).join('')
  return { texts: [all, needed], kernelIndex: kernels.indexOf(own) }
}

/**
 * Bring a text with a hole into normal form.
 * @param text - one of the hole's surroundings
 */
export function openHole(text: string, hole: PlacedHole, options: OpenOptions): OpenHole | Rejection {
  const { marker, before, after, kind } = hole
  const { prefix } = options
  const unit = parseUnit(text)
  const at = lex(text).find((token) => token.text === marker)?.start ?? 0
  const scope = unit.root.children.find(
    ({ type, start, end }) => type === 'function_definition' && start <= at && at < end,
  )
  const slots = new Slots(unit, at, scope, options, kind)
  const form = normaliseText(slots.rewritten)
  if (!form.ok) return form
  const place = form.tokens.indexOf(marker)
  const left = form.tokens.slice(0, place - before)
  const right = form.tokens.slice(place + 1 + after)
  const end = scope === undefined ? 0 : functionEnd(left, right)
  const moved = right.map((token, i) => (i < end ? slots.move(token) : token))
  return { ok: true, left, right: moved, kind, names: slots.names(prefix) }
}

/** Names by offset and number in one function with a hole. */
class Slots {
  /** The text, with placeholders for the names that the hole is to declare. */
  readonly rewritten: string
  readonly #unit: ParsedUnit
  readonly #scope: SyntaxNode | undefined
  readonly #prefix: string
  readonly #renaming: ReadonlyMap<number, string>
  readonly #slotClass: 'p' | 'v'
  readonly #wanted: readonly string[]
  /** Number of the first variable that an infill may declare. */
  readonly #first: number
  readonly #shift: number

  constructor(
    unit: ParsedUnit,
    at: number,
    scope: SyntaxNode | undefined,
    { prefix, spare }: OpenOptions,
    kind: HoleKind | undefined,
  ) {
    this.#unit = unit
    this.#scope = scope
    this.#prefix = prefix
    this.#renaming = findRenaming(unit)
    this.#slotClass = kind === 'parameters' ? 'p' : 'v'
    const earlier = [...this.#renaming].filter(([offset]) => this.#isInside(offset) && offset < at)
    const declared = earlier.filter(
      ([offset, name]) => this.#isSlot(name) && !wordAt(unit.source, offset).startsWith(prefix),
    )
    this.#first = new Set(declared.map(([, name]) => name)).size
    const canDeclare = scope !== undefined && kind !== 'expression'
    const uses = (canDeclare ? findIdentifiers(scope) : []).filter(({ start }) => {
      const name = wordAt(unit.source, start)
      return start > at && !this.#renaming.has(start) && !name.startsWith(prefix) && !builtInConstant.test(name)
    })
    this.#wanted = [...new Set(uses.map(({ start }) => wordAt(unit.source, start)))]
    this.#shift = this.#wanted.length + (canDeclare ? spare : 0)
    this.rewritten = uses.reduceRight((text, { start, end }) => {
      const index = this.#wanted.indexOf(text.slice(start, end))
      return `${text.slice(0, start)}${this.#placeholder(index)}${text.slice(end)}`
    }, unit.source)
  }

  /** A name of the function after the hole. */
  move(token: string): string {
    const index = this.#wanted.findIndex((_, i) => token === this.#placeholder(i))
    if (index >= 0) return `${this.#slotClass}${this.#first + index}`
    const number = Number(token.slice(1))
    return this.#isSlot(token) && number >= this.#first ? `${this.#slotClass}${number + this.#shift}` : token
  }

  names(prefix: string): Map<string, string> {
    const names = new Map<string, string>()
    for (const [offset, name] of this.#renaming) {
      const own = wordAt(this.#unit.source, offset)
      if (own.startsWith(prefix) || (/^[pv]/.test(name) && !this.#isInside(offset))) continue
      names.set(this.move(name), own)
    }
    this.#wanted.forEach((own, i) => {
      names.set(`${this.#slotClass}${this.#first + i}`, own)
    })
    return names
  }

  #isSlot(name: string): boolean {
    return name[0] === this.#slotClass && /^.\d+$/.test(name)
  }

  #isInside(offset: number): boolean {
    return this.#scope !== undefined && this.#scope.start <= offset && offset < this.#scope.end
  }

  #placeholder(wanted: number): string {
    return `${this.#prefix}_wanted${wanted}`
  }
}

function wordAt(text: string, offset: number): string {
  return /^[\w$]*/.exec(text.slice(offset))?.[0] ?? ''
}

/** Identifiers that stand for values, in source order: neither called functions nor members nor types. */
function findIdentifiers(node: SyntaxNode): SyntaxNode[] {
  if (node.type === 'identifier') {
    return node.parent?.type === 'call_expression' && node.field === 'function' ? [] : [node]
  }
  return node.children.flatMap(findIdentifiers)
}

/** How many tokens after a hole belong to its function. */
function functionEnd(left: readonly string[], right: readonly string[]): number {
  let depth = 0
  for (const token of left) depth += token === '{' ? 1 : token === '}' ? -1 : 0
  for (const [i, token] of right.entries()) {
    if (token === '{') depth++
    else if (token === '}' && --depth === 0) return i + 1
  }
  return right.length
}
