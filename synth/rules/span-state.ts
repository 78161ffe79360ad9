// Follows the tokens of a kernel: open brackets, scopes, what is declared, and what the last token leaves to be said.

import { special } from '../tokenizer.ts'
import { isLiteral } from './literals.ts'
import { type ScopeKind, Scopes } from './scopes.ts'
import { characterOf, factorOperator, type TokenRoles } from './token-roles.ts'

/**
 * What the tokens so far end with. `start`: a statement may begin; `value`: an operand is complete; `operator`: one
 * must follow; `open`: a list was opened; `star`: as `operator`, or a pointer type; `type`: a name may follow;
 * `function`, `head`: `(` must follow; `label`: `:`; `done`: `;`; `access`: a member; `other`: anything may.
 */
export type Ending =
  | 'start'
  | 'value'
  | 'operator'
  | 'open'
  | 'star'
  | 'type'
  | 'function'
  | 'head'
  | 'label'
  | 'done'
  | 'access'
  | 'other'

/** What a bracket encloses. */
type Enclosed = 'body' | 'list' | 'head' | 'for' | 'call' | 'value' | 'subscript' | 'other'

/** An open bracket. */
interface Bracket {
  readonly closer: string
  readonly encloses: Enclosed
  /** What stands before it, where that is subscripted. */
  readonly operand: Operand | undefined
  /** The name before it, where that is declared here. */
  readonly declared: number | undefined
  /** `?` whose `:` has not come. */
  choices: number
}

/** What a name was declared as, as far as the rules care. */
export interface SlotType {
  readonly base: 'integer' | 'float' | 'other'
  /** Stars and dimensions. */
  readonly depth: number
  /** May it, or what it points to, not be written? */
  readonly isConstant: boolean
}

/** A variable, or an element of it, that the tokens end with. */
export interface Operand {
  readonly slot: number
  readonly subscripts: number
  /** Is it multiplied, shifted or the like? */
  readonly isFactor: boolean
  /** Does neither cast nor prefix change it? */
  readonly isPlain: boolean
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const headScopes: Readonly<Record<string, ScopeKind>> = { for: 'loop', while: 'loop', switch: 'switch', if: 'if' }
const integerType = /^(?:bool|size_t|ptrdiff_t|u?(?:char|short|int|long)|unsigned|signed)$/
const floatType = /^(?:half|float|double)$/
const plainBefore = /^(?:[=([,;{}?:+\-*/%|^<>]|[<>=!]=|[-+*/%&|^]=|<<|>>|&&|\|\||return)$/
/** Where a text stands after some tokens. */
export class SpanState {
  readonly roles: TokenRoles
  readonly brackets: Bracket[] = []
  readonly scopes: Scopes = new Scopes()
  readonly types: Map<number, SlotType> = new Map()
  ending: Ending = 'other'
  last: number = special.START
  /** The name that the last token declared. */
  declared: number | undefined
  /** Characters of the literal that is being spelled; undefined outside of one. */
  spelled: string | undefined
  operand: Operand | undefined
  /** The name that the statement begins with, and the brackets open there. */
  subject: { readonly slot: number; readonly depth: number } | undefined
  /** A type was named and its declarator has not come yet. */
  isDeclaring: boolean = false
  /** `?` outside all brackets whose `:` has not come. */
  choices: number = 0
  /** Bracket depth of the declaration under way, or -1: a comma there goes on with it. */
  #declarationDepth = -1
  #isLabel = false
  /** Does the last operator stand between operands? */
  #isBinary = false
  #typeText = ''
  #stars = 0
  #isConstant = false

  constructor(roles: TokenRoles) {
    this.roles = roles
  }

  /** Innermost closer that is still to come. */
  get closer(): string | undefined {
    return this.brackets.at(-1)?.closer
  }

  /** Counts the choices at this depth: the innermost bracket, or outside of all the state itself. */
  get level(): { choices: number } {
    return this.brackets.at(-1) ?? this
  }

  /** May `:` come next? */
  get isChoosing(): boolean {
    return this.#isLabel || this.level.choices > 0
  }

  advance(id: number): void {
    const { last, ending } = this
    if (this.spelled === undefined && id !== special.SPELL) this.scopes.goOn(this.roles.texts[id])
    if (ending === 'start') {
      const isName = this.roles.roles[id] === 'slot'
      this.subject = isName ? { slot: id, depth: this.brackets.length } : undefined
    }
    this.#follow(id, last, ending)
    this.last = id
  }

  #follow(id: number, last: number, before: Ending): void {
    const { roles, texts, classes } = this.roles
    const text = texts[id]
    const { declared, operand } = this
    this.declared = undefined
    this.operand = undefined
    switch (roles[id]) {
      case 'special':
        this.ending = id === special.ENDSPELL && isLiteral(this.spelled ?? '') ? 'value' : 'other'
        this.spelled = id === special.SPELL ? '' : undefined
        break
      case 'character':
        this.spelled = (this.spelled ?? '') + characterOf(text)
        return
      case 'type':
        this.#nameType(text)
        return
      case 'qualifier':
        if (text === 'const' || text === 'constant') this.#isConstant ||= this.#stars === 0
        this.ending = 'other'
        return
      case 'star':
        if (this.isDeclaring) {
          this.#stars++
          this.ending = 'star'
          return
        }
        this.#isBinary = before === 'value'
        this.ending = this.#isBinary ? 'operator' : 'star'
        break
      case 'slot':
        this.#name(id, last, before)
        // A type is followed by what it types; any other name ends the declarator.
        if (classes[id] === 't') {
          this.scopes.known.add(id)
          this.#nameType(text)
          return
        }
        break
      case 'open':
        if (text === '[' && declared !== undefined) this.#addDimension(declared)
        this.#open(text, last, before, operand, declared)
        if (text === '{') this.#isConstant = false
        break
      case 'close':
        this.#close(text)
        if (text === '}' && this.ending === 'other') {
          this.#nameType('struct')
          return
        }
        break
      case 'end':
        this.#endDeclaration()
        if (this.brackets.length === 0) this.#leaveFunction() // a prototype
        this.level.choices = 0
        this.ending = this.brackets.at(-1)?.encloses === 'for' ? 'other' : 'start'
        this.scopes.endStatements(this.brackets.length)
        break
      case 'comma':
        this.isDeclaring = this.#declarationDepth === this.brackets.length
        this.#stars = 0
        if (!this.isDeclaring) this.#isConstant = false
        this.ending = 'operator'
        return
      case 'access':
        this.ending = 'access'
        break
      case 'operator':
        this.#operate(text)
        break
      case 'sign':
      case 'prefix':
        this.#isBinary = before === 'value'
        this.ending = 'operator'
        break
      case 'step':
        this.ending = before === 'value' ? 'value' : 'operator'
        break
      case 'statement':
        this.#beginStatement(text)
        break
      case 'literal':
        this.ending = 'value'
        break
      case 'word':
        this.ending = before === 'access' ? 'value' : endingOfWord(text)
    }
    this.isDeclaring = false
  }

  #nameType(text: string): void {
    this.isDeclaring = true
    this.#typeText = text
    this.#stars = 0
    this.ending = 'type'
  }

  #name(id: number, last: number, before: Ending): void {
    const { texts, classes } = this.roles
    if (classes[id] === 't') return
    this.ending = classes[id] === 'f' ? 'function' : 'value'
    if (before === 'access') return
    if (classes[id] === 'f' && this.brackets.length === 0) this.scopes.known.add(id)
    if (this.isDeclaring) {
      this.#declare(id)
      return
    }
    const isFactor = this.#isBinary && factorOperator.test(texts[last])
    const isPlain = plainBefore.test(texts[last]) && before !== 'star'
    this.operand = { slot: id, subscripts: 0, isFactor, isPlain }
  }

  #declare(id: number): void {
    const isParameter = this.brackets.length === 1 && this.closer === ')'
    this.#declarationDepth = isParameter ? -1 : this.brackets.length
    this.scopes.declare(id)
    this.declared = id
    const base = integerType.test(this.#typeText) ? 'integer' : floatType.test(this.#typeText) ? 'float' : 'other'
    this.types.set(id, { base, depth: this.#stars, isConstant: this.#isConstant })
  }

  #addDimension(id: number): void {
    const type = this.types.get(id)
    if (type !== undefined) this.types.set(id, { ...type, depth: type.depth + 1 })
  }

  #endDeclaration(): void {
    this.#declarationDepth = -1
    this.#stars = 0
    this.#isConstant = false
    this.#isLabel = false
  }

  #operate(text: string): void {
    this.ending = 'operator'
    this.#isBinary = true
    const { level } = this
    if (text === '?') level.choices++
    if (text !== ':') return
    if (this.#isLabel) this.ending = 'start'
    else level.choices = Math.max(0, level.choices - 1)
    this.#isLabel = false
  }

  #beginStatement(text: string): void {
    this.#isLabel = text === 'case' || text === 'default'
    switch (text) {
      case 'else':
        this.ending = 'start'
        return
      case 'do':
        this.scopes.open('loop', this.brackets.length)
        this.ending = 'start'
        return
      case 'return':
      case 'goto':
        this.ending = 'other'
        return
      case 'case':
        this.ending = 'operator'
        return
      case 'default':
        this.ending = 'label'
        return
      case 'break':
      case 'continue':
        this.ending = 'done'
        return
      default:
        this.ending = 'head'
    }
  }

  #open(text: string, last: number, before: Ending, operand: Operand | undefined, declared: number | undefined): void {
    const word = this.roles.texts[last]
    const depth = this.brackets.length
    const encloses = this.#enclosedBy(text, word, before)
    if (before === 'head') this.scopes.open(headScopes[word], depth)
    if (encloses === 'body' && depth > 0) this.scopes.open('block', depth)
    this.brackets.push({ closer: closerOf[text], encloses, operand, declared, choices: 0 })
    this.ending = encloses === 'body' ? 'start' : encloses === 'subscript' ? 'operator' : 'open'
  }

  #enclosedBy(text: string, word: string, before: Ending): Enclosed {
    if (text === '[') return 'subscript'
    if (text === '{') {
      if (before === 'type') return 'other'
      return before === 'start' || this.brackets.length === 0 || (before === 'other' && word === ')') ? 'body' : 'list'
    }
    if (before === 'head') return word === 'for' ? 'for' : 'head'
    if (before === 'function') return 'call'
    return before === 'other' && word !== 'return' ? 'other' : 'value'
  }

  #close(text: string): void {
    const bracket = this.brackets.pop()
    const isType = this.ending === 'type' || this.ending === 'star'
    if (text === '}') {
      const isBody = bracket?.encloses === 'body' || bracket === undefined
      if (isBody && this.brackets.length === 0) this.#leaveFunction()
      else if (isBody) this.scopes.closeBlock(this.brackets.length)
      this.ending = isBody ? 'start' : bracket.encloses === 'list' ? 'value' : 'other'
      return
    }
    if (text === ']') {
      const operand = bracket?.operand
      this.declared = bracket?.declared
      if (operand !== undefined) this.operand = { ...operand, subscripts: operand.subscripts + 1 }
      this.ending = 'value'
      return
    }
    const isInFunction = this.brackets.length > 0
    switch (bracket?.encloses) {
      case 'head':
      case 'for':
        this.ending = 'start'
        return
      case 'call':
        this.ending = isInFunction ? 'value' : 'other'
        return
      case 'value':
        this.ending = isType ? 'operator' : isInFunction ? 'value' : 'other'
        return
      default:
        this.ending = 'other'
    }
  }

  /** Parameters and variables are numbered anew in every function. */
  #leaveFunction(): void {
    const { classes } = this.roles
    this.scopes.leaveFunction((id) => classes[id] === 'v' || classes[id] === 'p')
  }
}

function endingOfWord(text: string): Ending {
  if (/^(?:true|false|memory_.*|[A-Z].*)$/.test(text)) return 'value'
  return /^(?:_.*|packed|aligned|sizeof|.{1,2})$/.test(text) ? 'other' : 'function'
}
