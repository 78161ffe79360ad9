// A normal form taken apart for editing: its expressions and statements as token spans, with types, roles and the
// variables in scope at each token. Types are best-known; what an edit gets wrong, the compiler turns down.

import { type CType, type Declared, readDeclarator, Scopes, typeOf } from '../../features/index.ts'
import { childOf, lex, type ParsedUnit, parseUnit, type SyntaxNode, textOf } from '../../kernels/index.ts'
import { operandLetter, tokenClasses } from './token-classes.ts'

/** Tokens `[start, end)`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * What an expression is there for. A `value` may become any other value of its type; a `place` is written to, indexed
 * or has its address or member taken, so that only a variable of the same type can stand in for it; an `effect` is a
 * statement of its own.
 */
export type Role = 'value' | 'place' | 'effect'

export interface Expression extends Span {
  readonly node: SyntaxNode
  readonly type: CType
  readonly role: Role
  /** Innermost statement that holds it: index into `statements`, or -1. */
  readonly statement: number
}

export interface Statement extends Span {
  readonly node: SyntaxNode
  /** Does it stand among others in a block, so that it can go, move or be copied? */
  readonly isInBlock: boolean
}

export interface Variable {
  readonly name: string
  readonly type: Declared
  readonly isParameter: boolean
  /** May it, or what it points to, be assigned to? Loop counters may not: the loop could become endless. */
  readonly isWritable: boolean
  /** Token of the name in its declaration. */
  readonly declaredAt: number
  /** Tokens where it is in scope, and before which it can be mentioned. */
  readonly from: number
  readonly to: number
}

/** See the head of this file. All indices are into `tokens`. */
export interface TypedKernel {
  readonly tokens: readonly string[]
  /** Class of each token, for the surrogate (`token-classes.ts`). */
  readonly classes: readonly string[]
  readonly expressions: readonly Expression[]
  readonly statements: readonly Statement[]
  readonly variables: readonly Variable[]
  spanOf(node: SyntaxNode): Span
  /** Variables in scope at a token. */
  inScope(at: number): readonly Variable[]
}

/** @param text - a normal form */
export function readKernel(text: string): TypedKernel {
  return new Reader(text).read()
}

const ends = Number.POSITIVE_INFINITY

class Reader {
  readonly #unit: ParsedUnit
  readonly #scopes: Scopes
  readonly #tokens: readonly string[]
  readonly #starts: Map<number, number>
  readonly #ends: Map<number, number>
  readonly #masked: ReadonlySet<number>
  readonly #tokenStarts: readonly number[]
  readonly #expressions: Expression[] = []
  readonly #statements: Statement[] = []
  readonly #variables: Variable[] = []
  /** Letter of the type of each identifier and literal, letters of the operands of each operator; by token. */
  readonly #letters: string[] = []
  #open: { readonly variable: Variable; readonly depth: number }[] = []
  #depth = 0
  #statement = -1
  readonly #counters = new Set<string>()
  /** Inside the header of a loop, where an edit may well make it endless. */
  #isHeader = false

  constructor(text: string) {
    this.#unit = parseUnit(text)
    this.#scopes = new Scopes(this.#unit)
    const tokens = lex(text)
    this.#tokens = tokens.map((token) => token.text)
    this.#tokenStarts = tokens.map((token) => token.start)
    this.#starts = new Map(tokens.map((token, i) => [token.start, i]))
    this.#ends = new Map(tokens.map((token, i) => [token.end, i + 1]))
    this.#masked = new Set(this.#unit.masks.map((mask) => mask.start))
  }

  read(): TypedKernel {
    this.#visitChildren(this.#unit.root, 0)
    this.#close(-1, this.#tokens.length)
    const variables = this.#variables
      .map((one) => ({ ...one, isWritable: one.isWritable && !this.#counters.has(one.name) }))
      .sort((a, b) => a.from - b.from)
    return {
      tokens: this.#tokens,
      classes: tokenClasses(this.#tokens, this.#letters),
      expressions: this.#expressions,
      statements: this.#statements,
      variables,
      spanOf: (node) => this.#spanOf(node),
      inScope: (at) => variables.filter(({ from, to }) => from <= at && at < to),
    }
  }

  #visit(node: SyntaxNode, from: number): void {
    switch (node.type) {
      case 'function_definition':
        this.#visitFunction(node, from)
        return
      case 'type_definition':
        this.#scopes.declareTypes(node, from)
        return
      case 'struct_specifier':
      case 'union_specifier':
      case 'enum_specifier':
        if (node.field !== 'type') this.#scopes.readSpecifier(node)
        return
      case 'declaration':
        this.#asStatement(node, () => this.#visitDeclaration(node, from))
        return
      case 'compound_statement':
        this.#asStatement(node, () => this.#scoped(node, () => this.#visitChildren(node, node.start)))
        return
      case 'for_statement':
        this.#asStatement(node, () => this.#scoped(node, () => this.#visitLoop(node)))
        return
      case 'case_statement':
        // Its label stays as it is.
        this.#visitChildren(node, node.start, childOf(node, 'value'))
        return
      default:
        if (node.type.endsWith('_statement')) this.#asStatement(node, () => this.#visitChildren(node, node.start))
        else if (isExpression(node)) this.#visitExpression(node)
        else this.#visitChildren(node, node.start)
    }
  }

  #visitChildren(node: SyntaxNode, from: number, except?: SyntaxNode): void {
    let start = from
    for (const child of node.children) {
      if (child !== except) this.#visit(child, start)
      start = child.end
    }
  }

  /** Of a loop's header only the bound may change. */
  #visitLoop(node: SyntaxNode): void {
    let start = node.start
    for (const child of node.children) {
      this.#isHeader = child.field === 'condition' || child.field === 'update'
      this.#visit(child, start)
      this.#isHeader = false
      start = child.end
    }
  }

  #visitFunction(node: SyntaxNode, from: number): void {
    const declarator = childOf(node, 'declarator')
    const body = childOf(node, 'body')
    if (declarator === undefined || body === undefined) return
    const { name, depth, function: functionNode } = readDeclarator(declarator)
    const specifier = this.#scopes.readSpecifier(childOf(node, 'type'))
    if (name !== undefined) {
      const result = { base: specifier.base, depth: specifier.depth + depth }
      this.#scopes.declare(textOf(this.#unit, name), { ...result, kind: 'function', space: 'other', hasSpace: false })
    }
    this.#scoped(node, () => {
      let start = from
      for (const parameter of (functionNode && childOf(functionNode, 'parameters')?.children) ?? []) {
        if (parameter.type === 'parameter_declaration') this.#declareAll(parameter, start, true)
        start = parameter.end
      }
      this.#visit(body, body.start)
    })
  }

  #visitDeclaration(node: SyntaxNode, from: number): void {
    this.#declareAll(node, from, false)
    for (const child of node.children) {
      const value = child.type === 'init_declarator' ? childOf(child, 'value') : undefined
      if (value !== undefined) this.#visit(value, value.start)
      const name = readDeclarator(child).name
      const declared = name && this.#scopes.find(textOf(this.#unit, name))
      const equals = child.children.find((token) => token.type === '=')
      if (value !== undefined && equals !== undefined && declared !== undefined) {
        this.#letter(equals, operandLetter(declared) + operandLetter(this.#typeOf(value)))
      }
    }
  }

  #declareAll(node: SyntaxNode, from: number, isParameter: boolean): void {
    const specifier = this.#scopes.readSpecifier(childOf(node, 'type'))
    for (const child of node.children) {
      if (child.field !== 'declarator') continue
      const type = this.#scopes.declareVariable(node, specifier, child, from)
      const { name } = readDeclarator(child)
      const at = name && this.#starts.get(name.start)
      if (type?.kind !== 'variable' || name === undefined || at === undefined) continue
      const end = this.#ends.get(child.end) ?? at + 1
      const variable = {
        ...{ name: textOf(this.#unit, name), type, isParameter, declaredAt: at, from: end, to: ends },
        isWritable: !this.#isConstant(at) && !(isParameter && type.depth === 0),
      }
      this.#open.push({ variable, depth: this.#depth })
    }
  }

  /** Is there a `const` before the name of a declaration? */
  #isConstant(declaredAt: number): boolean {
    for (let i = declaredAt - 1; i >= 0 && !/^[;{}(),]$/.test(this.#tokens[i]); i--) {
      if (/^const(?:ant)?$/.test(this.#tokens[i])) return true
    }
    return false
  }

  #scoped(node: SyntaxNode, visit: () => void): void {
    this.#scopes.enter()
    this.#depth++
    visit()
    this.#scopes.leave()
    this.#depth--
    this.#close(this.#depth, this.#spanOf(node).end)
  }

  /** End the scope of variables declared deeper than `depth`. */
  #close(depth: number, to: number): void {
    for (const entry of this.#open) if (entry.depth > depth) this.#variables.push({ ...entry.variable, to })
    this.#open = this.#open.filter((entry) => entry.depth <= depth)
  }

  #asStatement(node: SyntaxNode, visit: () => void): void {
    const parent = node.parent?.type
    const isWhole = parent !== 'translation_unit' && parent !== 'function_definition' && node.field !== 'initializer'
    const outer = this.#statement
    if (isWhole) {
      const isInBlock = parent === 'compound_statement'
      this.#statement = this.#statements.push({ ...this.#spanOf(node), node, isInBlock }) - 1
    }
    visit()
    this.#statement = outer
  }

  #visitExpression(node: SyntaxNode): void {
    const type = this.#typeOf(node)
    const isBound = node.field === 'right' && node.parent?.field === 'condition'
    const role = this.#isHeader && !isBound ? 'effect' : roleOf(node)
    this.#expressions.push({ ...this.#spanOf(node), node, type, role, statement: this.#statement })
    if (node.children.length === 0) this.#letter(node, operandLetter(type))
    if (this.#isHeader && role === 'effect' && node.type === 'identifier') this.#counters.add(textOf(this.#unit, node))
    const operator = childOf(node, 'operator')
    const operands = node.children.filter((child) => child.named && child.type !== 'comment')
    if (operator !== undefined && operands.length > 0) {
      this.#letter(operator, operands.map((operand) => operandLetter(this.#typeOf(operand))).join(''))
    }
    if (node.type === 'subscript_expression') this.#visitSubscript(node)
    if (node.type === 'cast_expression') {
      const [from, to] = [childOf(node, 'value'), childOf(node, 'type')]
      if (from && to) this.#letter(node.children[0], operandLetter(type) + operandLetter(this.#typeOf(from)))
    }
    const callee = node.type === 'call_expression' ? childOf(node, 'function') : undefined
    for (const child of node.children) {
      if (child === callee || child.type === 'type_descriptor' || child.type === 'field_identifier') continue
      this.#visit(child, child.start)
    }
  }

  #visitSubscript(node: SyntaxNode): void {
    const [base, index] = [childOf(node, 'argument'), childOf(node, 'index')]
    const bracket = node.children.find((child) => child.type === '[')
    if (base === undefined || index === undefined || bracket === undefined) return
    this.#letter(bracket, operandLetter(this.#typeOf(base)) + operandLetter(this.#typeOf(index)))
  }

  #letter(node: SyntaxNode, letters: string): void {
    const at = this.#starts.get(node.start)
    if (at !== undefined) this.#letters[at] = letters
  }

  #typeOf(node: SyntaxNode): CType {
    return typeOf(this.#unit, this.#scopes, node)
  }

  /** Tokens of a node, with the qualifiers before it that the parser does not see: `local float x;`. */
  #spanOf(node: SyntaxNode): Span {
    let start = this.#starts.get(node.start) ?? 0
    const isDeclaration = node.type === 'declaration'
    while (isDeclaration && start > 0 && this.#masked.has(this.#tokenStarts[start - 1])) start--
    return { start, end: this.#ends.get(node.end) ?? start }
  }
}

const leaves: ReadonlySet<string> = new Set(['identifier', 'number_literal', 'char_literal'])

function isExpression(node: SyntaxNode): boolean {
  return node.type.endsWith('_expression') || leaves.has(node.type)
}

function roleOf(node: SyntaxNode): Role {
  const parent = node.parent
  switch (parent?.type) {
    case 'assignment_expression':
      return node.field === 'left' ? 'place' : 'value'
    case 'subscript_expression':
    case 'field_expression':
      return node.field === 'argument' ? 'place' : 'value'
    case 'update_expression':
      return 'place'
    case 'pointer_expression':
      return 'place'
    case 'expression_statement':
      return 'effect'
    case 'for_statement':
      return node.field === 'condition' ? 'value' : 'effect'
    case 'parenthesized_expression':
      return /^(?:if|while|switch|do)_statement$/.test(parent.parent?.type ?? '') ? 'value' : roleOf(parent)
    default:
      return 'value'
  }
}
