// Which token may come next in a hole, by rules that need no compiler: the grammar of statements and expressions,
// brackets that match, literals that are spelled right, names that are declared once, before use and in scope,
// constants that keep their value. Types are looked at as far as pointers, integers and floating point go. What the
// rules let through is still compiled.

import type { HoleKind } from '../holes.ts'
import { special } from '../tokenizer.ts'
import { isLiteral, mayBecomeLiteral } from './literals.ts'
import { SpanState } from './span-state.ts'
import { characterOf, factorOperator, type TokenRole, type TokenRoles } from './token-roles.ts'

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
    const state = stateAfter(this.#left, roles)
    const declaredRight = new Set<number>()
    for (const id of context.slice(hole + 1)) {
      state.advance(id)
      if (state.declared !== undefined) declaredRight.add(state.declared)
      if (state.brackets.length === 0 && roles.texts[id] === '}') break
    }
    this.#declaredRight = declaredRight
  }

  /** Rules for one more sample of the hole. */
  start(): SpanRules {
    const state = stateAfter(this.#left, this.#roles)
    if (this.#kind === 'expression') state.level.choices = 0
    return new SpanRules(state, this.#declaredRight, this.#kind)
  }
}

function stateAfter(ids: readonly number[], roles: TokenRoles): SpanState {
  const state = new SpanState(roles)
  for (const id of ids) state.advance(id)
  return state
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
    this.#baseDepth = state.brackets.length
    this.#declaredRight = declaredRight
  }

  /** May this token come next? */
  allows(id: number): boolean {
    const { roles, spelled, ending } = this.#state
    // Only literals are spelled: most names that a model spells out are of functions that nobody declared. Built-ins and
    // swizzles outside the vocabulary are lost with them.
    if (spelled !== undefined) {
      if (id === special.ENDSPELL) return isLiteral(spelled)
      return roles.roles[id] === 'character' && mayBecomeLiteral(spelled + characterOf(roles.texts[id]))
    }
    if (id === special.ENDHOLE) return this.#mayEnd()
    if (id === special.SPELL) return this.#mayFollow('literal', '') && ending !== 'start'
    const role = roles.roles[id]
    if (role === 'special' || role === 'character') return false
    const text = roles.texts[id]
    return this.#mayFollow(role, text) && this.#mayOperate(role, text) && this.#isInPlace(id, role, text)
  }

  /** Take the token that was chosen. */
  advance(id: number): void {
    this.#state.advance(id)
    this.#last = id
  }

  /** Does the grammar let a token of this role follow the last one? */
  #mayFollow(role: TokenRole, text: string): boolean {
    const { ending, last, roles, brackets } = this.#state
    switch (ending) {
      case 'start':
        return (
          ['slot', 'type', 'qualifier', 'star', 'end', 'step', 'statement', 'word'].includes(role) ||
          (role === 'open' && text !== '[') ||
          text === '}'
        )
      case 'value':
        return (
          ['operator', 'star', 'sign', 'step', 'access', 'end', 'comma', 'close'].includes(role) ||
          text === '[' ||
          text.startsWith('_')
        )
      case 'operator':
      case 'open':
      case 'star': {
        if (['slot', 'literal', 'word', 'sign', 'prefix', 'step', 'star'].includes(role)) return true
        const before = roles.texts[last]
        const isList = ending === 'open' || before === ','
        switch (role) {
          case 'open':
            return text === '(' || (text === '{' && /^[=,{)]$/.test(before))
          case 'type':
          case 'qualifier':
            return isList || ending === 'star'
          case 'comma':
            return ending === 'star'
          case 'end':
            return brackets.at(-1)?.encloses === 'for'
          case 'close':
            if (ending === 'star') return text === ')'
            if (text === '}') return isList
            if (text === ']') return brackets.at(-1)?.declared !== undefined && before === '['
            return ending === 'open' && ['call', 'for', 'other'].includes(brackets.at(-1)?.encloses ?? 'other')
          default:
            return false
        }
      }
      case 'type':
        return (
          ['slot', 'star', 'qualifier', 'type', 'comma', 'end'].includes(role) ||
          text === ')' ||
          text === '{' ||
          text.startsWith('_')
        )
      case 'function':
      case 'head':
        return text === '('
      case 'label':
        return text === ':'
      case 'done':
        return role === 'end'
      case 'access':
        return role === 'word' || text.startsWith('m')
      default:
        return true
    }
  }

  /** Do the types allow this operator, as far as they are known? */
  #mayOperate(role: TokenRole, text: string): boolean {
    const { operand, types, ending, roles, last } = this.#state
    if (role === 'operator' || role === 'step') {
      if (changing.test(text) && ending === 'value') {
        if (roles.roles[last] === 'literal' || last === special.ENDSPELL || this.#isConstantSubject()) return false
      }
      if (text === ':' && !this.#state.isChoosing) return false
    }
    const type = operand && types.get(operand.slot)
    if (operand === undefined || type === undefined) return true
    const rest = type.depth - operand.subscripts
    if (rest > 0) {
      if (text === '[' || text === '->') return true
      if (operand.isFactor) return false
      return !(operand.isPlain && factorOperator.test(text)) && text !== '.'
    }
    if (type.base === 'other') return true
    if (text === '[' || role === 'access') return false
    return !(type.base === 'float' && (operand.isPlain || operand.isFactor) && integerOperator.test(text))
  }

  /** Is it a statement, bracket or name that this place can have? */
  #isInPlace(id: number, role: TokenRole, text: string): boolean {
    const { brackets, closer, roles, scopes, isDeclaring, ending, last } = this.#state
    const isInBlock = closer === undefined || closer === '}'
    switch (role) {
      case 'end':
        return (
          !isInsideStatement(this.#kind) && (isInBlock || brackets.at(-1)?.encloses === 'for') && !this.#isOpenChoice
        )
      case 'open':
        return text !== '{' || !isInsideStatement(this.#kind)
      case 'close':
        return brackets.length > this.#baseDepth && closer === text && !this.#isOpenChoice
      case 'statement':
        return isInBlock && !isInsideStatement(this.#kind) && this.#mayState(text)
      case 'slot': {
        const slotClass = roles.classes[id]
        if (slotClass === 't' || slotClass === 'm' || slotClass === 'g') return true
        if (slotClass === 'f' && brackets.length === 0) return true
        if (isDeclaring) return slotClass === 'f' || !(scopes.declaredEver.has(id) || this.#declaredRight.has(id))
        return scopes.known.has(id) && !(closer === ']' && ending === 'operator' && this.#isFloat(id))
      }
      case 'literal':
        return !(closer === ']' && roles.texts[last] === '[' && /^\d*\.|^\d+[eE]/.test(text))
      default:
        return !(isParameterList(this.#state) && ['operator', 'sign', 'prefix', 'step', 'access'].includes(role))
    }
  }

  #mayState(text: string): boolean {
    const { ending, scopes } = this.#state
    const { isInLoop, isInSwitch, isAfterIf } = scopes
    switch (text) {
      case 'goto':
        return false
      case 'else':
        return isAfterIf
      case 'break':
        return isInLoop || isInSwitch
      case 'continue':
        return isInLoop
      case 'case':
      case 'default':
        return isInSwitch
      default:
        return ending === 'start' || ending === 'other'
    }
  }

  get #isOpenChoice(): boolean {
    return this.#state.level.choices > 0
  }

  #isFloat(slot: number): boolean {
    return this.#state.types.get(slot)?.base === 'float'
  }

  /** Would a constant be written? */
  #isConstantSubject(): boolean {
    const { subject, brackets, last, types } = this.#state
    if (subject === undefined || subject.depth !== brackets.length) return false
    const type = types.get(subject.slot)
    return type?.isConstant === true && (type.depth === 0 || last !== subject.slot)
  }

  /** Is what was written so far a whole of its kind, as far as its last tokens tell? */
  #mayEnd(): boolean {
    const { brackets, ending, roles } = this.#state
    if (brackets.length !== this.#baseDepth) return false
    const last = this.#last === undefined ? '' : roles.texts[this.#last]
    switch (this.#kind) {
      case 'expression':
        return (ending === 'value' || (ending === 'other' && last !== '')) && !this.#isOpenChoice
      case 'parameters':
        return last === '' || ending === 'value' || (last !== ',' && ending !== 'star')
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

function isParameterList({ brackets }: SpanState): boolean {
  return brackets.length === 1 && brackets[0].encloses === 'call'
}

/** Operators that take integers only. */
const integerOperator = /^(?:[%&|^]|<<|>>|[%&|^]=|<<=|>>=)$/

/** Operators that write their operand. */
const changing = /^(?:=|[-+*/%&|^]=|<<=|>>=|\+\+|--)$/
