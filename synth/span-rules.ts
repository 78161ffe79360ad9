// Which token may come next in a hole, by rules that need no compiler: brackets that match, spellings that end, names
// that are declared before use and only once. Coarser than C's scopes (a name stays known after its block), so it
// forbids no valid kernel in normal form, and what it lets through is still compiled.

import type { HoleKind } from './holes.ts'
import { type SlotClass, special, type Tokenizer } from './tokenizer.ts'

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const typeName =
  /^(?:void|bool|half|size_t|ptrdiff_t|u?intptr_t|(?:u?(?:char|short|int|long)|float|double)(?:2|3|4|8|16)?|unsigned|signed|struct|union|enum|image\w+_t|atomic_\w+|sampler_t|event_t)$/
const scalarType = /^(?:bool|size_t|ptrdiff_t|u?(?:char|short|int|long)|half|float|double)$/
const qualifier =
  /^(?:const|volatile|restrict|global|local|constant|private|generic|read_only|write_only|read_write|\*)$/

type TokenRole = 'other' | 'type' | 'qualifier' | 'open' | 'close' | 'end' | 'comma' | 'slot' | 'character'

/** What each token id means to the rules; made once per vocabulary. */
export class TokenRoles {
  /** `[token]` each, as the next two. */
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
  /** Closers still to come, innermost last; `for` stands for the one of a loop's header. */
  readonly stack: string[] = []
  /** Slots known to be numbers: neither pointer, array, vector nor struct. */
  readonly scalars: Set<number> = new Set()
  /** The token before, and the one declared by it. */
  last: number = special.START
  declared: number | undefined
  /** Slots declared so far in reach. */
  readonly known: Set<number> = new Set()
  isSpelling: boolean = false
  /** A type was named and its declarator has not come yet. */
  isDeclaring: boolean = false
  /** Bracket depth of the declaration under way, or -1: a comma there goes on with it. */
  declarationDepth: number = -1
  #typeText = ''
  #isPointer = false

  constructor(roles: TokenRoles) {
    this.roles = roles
  }

  advance(id: number): void {
    const { last } = this
    this.#follow(id, last)
    this.last = id
  }

  #follow(id: number, last: number): void {
    const declared = this.declared
    this.declared = undefined
    if (id === special.SPELL || id === special.ENDSPELL) {
      this.isSpelling = id === special.SPELL
      this.isDeclaring = false
      return
    }
    const { roles, texts, classes } = this.roles
    switch (roles[id]) {
      case 'type':
        this.isDeclaring = true
        this.#typeText = texts[id]
        this.#isPointer = false
        return
      case 'qualifier':
        if (texts[id] === '*') this.#isPointer = true
        return
      case 'character':
        return
      case 'open':
        if (texts[id] === '[' && declared !== undefined) this.scalars.delete(declared)
        this.stack.push(texts[last] === 'for' ? 'for' : closerOf[texts[id]])
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
        this.#isPointer = false
        return
      case 'slot':
        if (this.isDeclaring) {
          this.known.add(id)
          this.declared = id
          if (!this.#isPointer && scalarType.test(this.#typeText)) this.scalars.add(id)
          else this.scalars.delete(id)
          const isInParentheses = this.stack.at(-1) === ')'
          this.declarationDepth = isInParentheses && this.stack.length === 1 ? -1 : this.stack.length
        }
        // A type slot is followed by what it types; any other slot ends the declarator.
        this.isDeclaring = classes[id] === 't'
        if (classes[id] !== 't') return
        this.known.add(id)
        this.#typeText = texts[id]
        this.#isPointer = false
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
  readonly #kind: HoleKind | undefined

  /**
   * @param context - token ids with one HOLE
   * @param kind - what was taken out; undefined for an arbitrary span
   */
  constructor(roles: TokenRoles, context: readonly number[], kind?: HoleKind) {
    const hole = context.indexOf(special.HOLE)
    this.#kind = kind
    this.#roles = roles
    this.#left = context.slice(0, hole)
    const right = new SpanState(roles)
    for (const id of context.slice(hole + 1)) right.advance(id)
    this.#declaredRight = right.known
  }

  /** Rules for one more sample of the hole. */
  start(): SpanRules {
    const state = new SpanState(this.#roles)
    for (const id of this.#left) state.advance(id)
    return new SpanRules(state, this.#declaredRight, this.#kind)
  }
}

/** Follows one sample through a hole. */
export class SpanRules {
  readonly #state: SpanState
  readonly #baseDepth: number
  readonly #declaredRight: ReadonlySet<number>
  readonly #kind: HoleKind | undefined
  #last: number | undefined

  constructor(state: SpanState, declaredRight: ReadonlySet<number>, kind: HoleKind | undefined) {
    this.#state = state
    this.#kind = kind
    this.#baseDepth = state.stack.length
    this.#declaredRight = declaredRight
  }

  /** May this token come next? */
  allows(id: number): boolean {
    const { roles, stack, isSpelling, known, isDeclaring, last } = this.#state
    const text = roles.texts[id]
    if (isSpelling) {
      // Only literals are spelled: a name spelled out is a function that nobody declared.
      if (last === special.SPELL) return literalStart.test(text)
      return id === special.ENDSPELL || roles.roles[id] === 'character'
    }
    if (id === special.ENDHOLE) return stack.length === this.#baseDepth && this.#mayEnd()
    if (id < special.SPELL || id === special.ENDSPELL) return false
    const innermost = stack.at(-1)
    switch (roles.roles[id]) {
      case 'character':
        return false
      case 'end':
        return !isInsideStatement(this.#kind) && (innermost === undefined || innermost === '}' || innermost === 'for')
      case 'open':
        if (text === '{') return !isInsideStatement(this.#kind)
        return text !== '[' || !this.#isScalarUse()
      case 'close':
        return stack.length > this.#baseDepth && (innermost === 'for' ? ')' : innermost) === text
      case 'slot': {
        const slotClass = roles.classes[id]
        if (slotClass === 't' || slotClass === 'm' || slotClass === 'g') return true
        const isNew = !known.has(id) && !this.#declaredRight.has(id)
        if (slotClass === 'f' && stack.length === 0) return true
        if (isDeclaring) return slotClass === 'f' || isNew
        return known.has(id)
      }
      default:
        if (text === '.' || text === '->') return !this.#isScalarUse()
        if (text === 'goto') return false
        return !statementWord.test(text) || innermost === undefined || innermost === '}'
    }
  }

  /** Was a number named just now, other than to declare it? */
  #isScalarUse(): boolean {
    const { last, declared, scalars } = this.#state
    return scalars.has(last) && declared !== last
  }

  /** Take the token that was chosen. */
  advance(id: number): void {
    this.#state.advance(id)
    this.#last = id
  }

  /** Is what was written so far a whole of its kind, as far as its last token tells? */
  #mayEnd(): boolean {
    const last = this.#last === undefined ? '' : this.#state.roles.texts[this.#last]
    switch (this.#kind) {
      case 'expression':
        return last !== '' && !operator.test(last)
      case 'parameters':
        return last === '' || !operator.test(last)
      case 'scratch':
        return last === '}'
      case 'statement':
        return last === ';' || last === '}'
      case 'statements':
      case 'loop-body':
      case 'body':
        return last === '' || last === ';' || last === '}'
      default:
        return true
    }
  }
}

function isInsideStatement(kind: HoleKind | undefined): boolean {
  return kind === 'expression' || kind === 'parameters'
}

/** A spelled literal starts with a digit, a dot or a quote. */
const literalStart = /^<char [\d."']>$/

/** Words that begin or continue a statement: never inside parentheses. */
const statementWord = /^(?:if|else|for|while|do|switch|case|default|return|break|continue|goto)$/

/** Tokens that leave an expression or a parameter list open. */
const operator = /^(?:[-+*/%&|^~!<>=?:,.]|[-+*/%&|^!<>=]=|<<=?|>>=?|&&|\|\||->)$/
