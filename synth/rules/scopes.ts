// Blocks and statements that are open, and the names in their scope.

/** What a block or a statement declares, and what it allows. */
interface Scope {
  readonly kind: ScopeKind
  /** Brackets open around it. */
  readonly depth: number
  readonly declared: number[]
  /** Of a statement: it may be over. */
  isEnding: boolean
}

export type ScopeKind = 'block' | 'loop' | 'switch' | 'if'

/** Tokens that may go on with a statement after `;` or `}`. */
const statementRest = /^(?:while|[;,.)\]?:]|[-+*/%&|^<>=!]=?|&&|\|\||<<|>>)$/

/** The scopes open at one place; depths count the brackets open around. */
export class Scopes {
  /** Names in scope. */
  readonly known: Set<number> = new Set()
  /** Names declared in this function so far, in scope or not. */
  readonly declaredEver: Set<number> = new Set()
  readonly #open: Scope[] = []

  get isInLoop(): boolean {
    return this.#open.some(({ kind }) => kind === 'loop')
  }

  get isInSwitch(): boolean {
    return this.#open.some(({ kind }) => kind === 'switch')
  }

  /** May `else` come next? */
  get isAfterIf(): boolean {
    for (let i = this.#open.length - 1; i >= 0 && this.#open[i].isEnding; i--) {
      if (this.#open[i].kind === 'if') return true
    }
    return false
  }

  open(kind: ScopeKind, depth: number): void {
    this.#open.push({ kind, depth, declared: [], isEnding: false })
  }

  declare(name: number): void {
    this.known.add(name)
    this.declaredEver.add(name)
    this.#open.at(-1)?.declared.push(name)
  }

  /** At `;` or `}` the statements around it may be over. */
  endStatements(depth: number): void {
    for (const scope of this.#open) if (scope.depth === depth) scope.isEnding = scope.kind !== 'block'
  }

  /** What is open in a block goes with it. */
  closeBlock(depth: number): void {
    for (let scope = this.#open.at(-1); scope !== undefined && scope.depth >= depth; scope = this.#open.at(-1)) {
      if (scope.depth === depth && scope.kind !== 'block') break
      this.#close(scope)
      if (scope.depth === depth) break
    }
    this.endStatements(depth)
  }

  /** Statements that are over end, unless this token goes on with them. */
  goOn(text: string): void {
    if (this.#open.at(-1)?.isEnding !== true) return
    const isElse = text === 'else'
    if (isElse || !statementRest.test(text)) {
      for (let scope = this.#open.at(-1); scope?.isEnding === true; scope = this.#open.at(-1)) {
        this.#close(scope)
        if (isElse && scope.kind === 'if') break
      }
    }
    for (const scope of this.#open) scope.isEnding = false
  }

  /** @param isLocal - is the name forgotten with the function? */
  leaveFunction(isLocal: (name: number) => boolean): void {
    this.#open.length = 0
    for (const names of [this.known, this.declaredEver]) {
      for (const name of names) if (isLocal(name)) names.delete(name)
    }
  }

  #close(scope: Scope): void {
    this.#open.splice(this.#open.lastIndexOf(scope), 1)
    for (const name of scope.declared) this.known.delete(name)
  }
}
