// Which token may come next in a hole, by rules that need no compiler: brackets that match, spellings that end, names
// that are declared before use and only once. Coarser than C's scopes (a name stays known after its block), so it
// forbids no valid kernel in normal form, and what it lets through is still compiled.

import { type SlotClass, special, type Tokenizer } from './tokenizer.ts'

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const typeName =
  /^(?:void|bool|half|size_t|ptrdiff_t|u?intptr_t|(?:u?(?:char|short|int|long)|float|double)(?:2|3|4|8|16)?|unsigned|signed|struct|union|enum|image\w+_t|sampler_t|event_t)$/
const qualifier =
  /^(?:const|volatile|restrict|global|local|constant|private|generic|read_only|write_only|read_write|\*)$/

type TokenRole = 'other' | 'type' | 'qualifier' | 'open' | 'close' | 'end' | 'comma' | 'slot' | 'character'

/** What each token id means to the rules; made once per vocabulary. */
export class TokenRoles {
  readonly roles: readonly TokenRole[]
  readonly texts: readonly string[]
  readonly classes: readonly (SlotClass | undefined)[]

  constructor(tokenizer: Tokenizer) {
    const { tokens, slots } = tokenizer.vocabulary
    const classes: (SlotClass | undefined)[] = tokens.map(() => undefined)
    for (const [slotClass, { start, count }] of Object.entries(slots) as [
      SlotClass,
      { start: number; count: number },
    ][]) {
      classes.fill(slotClass, start, start + count)
    }
    this.texts = tokens
    this.classes = classes
    this.roles = tokens.map((text, id) => roleOf(text, classes[id]))
  }
}

function roleOf(text: string, slotClass: SlotClass | undefined): TokenRole {
  if (slotClass !== undefined) return 'slot'
  if (text.startsWith('<char ')) return 'character'
  if (text in closerOf) return 'open'
  if (text === ')' || text === ']' || text === '}') return 'close'
  if (text === ';') return 'end'
  if (text === ',') return 'comma'
  if (qualifier.test(text)) return 'qualifier'
  return typeName.test(text) ? 'type' : 'other'
}

/** Where a text stands after some tokens. */
class SpanState {
  readonly roles: TokenRoles
  /** Closers still to come, innermost last. */
  readonly stack: string[] = []
  /** Slots declared so far in reach. */
  readonly known: Set<number> = new Set()
  isSpelling: boolean = false
  /** A type was named and its declarator has not come yet. */
  isDeclaring: boolean = false
  /** Bracket depth of the declaration under way, or -1: a comma there goes on with it. */
  declarationDepth: number = -1

  constructor(roles: TokenRoles) {
    this.roles = roles
  }

  advance(id: number): void {
    if (id === special.SPELL || id === special.ENDSPELL) {
      this.isSpelling = id === special.SPELL
      this.isDeclaring = false
      return
    }
    const { roles, texts, classes } = this.roles
    switch (roles[id]) {
      case 'type':
        this.isDeclaring = true
        return
      case 'qualifier':
      case 'character':
        return
      case 'open':
        this.stack.push(closerOf[texts[id]])
        break
      case 'close':
        this.stack.pop()
        if (this.stack.length === 0 && texts[id] === '}') this.#leaveFunction()
        break
      case 'end':
        this.declarationDepth = -1
        break
      case 'comma':
        this.isDeclaring = this.declarationDepth === this.stack.length
        return
      case 'slot':
        if (this.isDeclaring) {
          this.known.add(id)
          const isInParentheses = this.stack.at(-1) === ')'
          this.declarationDepth = isInParentheses && this.stack.length === 1 ? -1 : this.stack.length
        }
        // A type slot is followed by what it types; any other slot ends the declarator.
        this.isDeclaring = classes[id] === 't'
        if (classes[id] === 't') this.known.add(id)
        return
      default:
    }
    this.isDeclaring = false
  }

  /** Parameters and variables are numbered anew in every function. */
  #leaveFunction(): void {
    for (const id of this.known) {
      const slotClass = this.roles.classes[id]
      if (slotClass === 'v' || slotClass === 'p') this.known.delete(id)
    }
  }
}

/** The rules for one hole; `start()` gives the state of one sample. */
export class HoleRules {
  readonly #roles: TokenRoles
  readonly #left: readonly number[]
  readonly #declaredRight: ReadonlySet<number>

  /** @param context - token ids with one HOLE */
  constructor(roles: TokenRoles, context: readonly number[]) {
    const hole = context.indexOf(special.HOLE)
    this.#roles = roles
    this.#left = context.slice(0, hole)
    const right = new SpanState(roles)
    for (const id of context.slice(hole + 1)) right.advance(id)
    this.#declaredRight = right.known
  }

  start(): SpanRules {
    const state = new SpanState(this.#roles)
    for (const id of this.#left) state.advance(id)
    return new SpanRules(state, this.#declaredRight)
  }
}

/** Follows one sample through a hole. */
export class SpanRules {
  readonly #state: SpanState
  readonly #baseDepth: number
  readonly #declaredRight: ReadonlySet<number>

  constructor(state: SpanState, declaredRight: ReadonlySet<number>) {
    this.#state = state
    this.#baseDepth = state.stack.length
    this.#declaredRight = declaredRight
  }

  /** May this token come next? */
  allows(id: number): boolean {
    const { roles, stack, isSpelling, known, isDeclaring } = this.#state
    if (isSpelling) return id === special.ENDSPELL || roles.roles[id] === 'character'
    if (id === special.ENDHOLE) return stack.length === this.#baseDepth
    if (id < special.SPELL || id === special.ENDSPELL) return false
    switch (roles.roles[id]) {
      case 'character':
        return false
      case 'close':
        return stack.length > this.#baseDepth && stack[stack.length - 1] === roles.texts[id]
      case 'slot': {
        const slotClass = roles.classes[id]
        if (slotClass === 't' || slotClass === 'm' || slotClass === 'g') return true
        const isNew = !known.has(id) && !this.#declaredRight.has(id)
        if (isDeclaring) return slotClass === 'f' || isNew
        return known.has(id)
      }
      default:
        return true
    }
  }

  advance(id: number): void {
    this.#state.advance(id)
  }
}
