// The static features of Grewe, Wang and O'Boyle (CGO 2013) from the syntax tree, with the counting rules of the
// authors' Clang tool as carried by CLgen and BenchPress (features/Grewe.cpp), oddities included: published data
// has them baked in. One pass in source order; every rule was compared with the tool over mined kernels.

import { childOf, disambiguate, masksWithin, type ParsedUnit, type SyntaxNode, textOf } from '../kernels/index.ts'
import { operatorOf, withoutParentheses } from './c-expressions.ts'
import { type Declarator, readDeclarator, Scopes } from './c-scopes.ts'
import { isCoalescedIndex } from './coalescing.ts'
import type { FunctionFeatures, SyntaxFeatureSpace } from './space.ts'

const names: readonly string[] = [
  ...['comp', 'rational', 'mem', 'localmem', 'coalesced', 'atomic', 'F2:coalesced/mem', 'F4:comp/mem'],
]
const [comp, rational, mem, localmem, coalesced, atomic, coalescedPerMem, compPerMem] = names.keys()
const counters = 6

/** 8 numbers per function of a preprocessed unit. */
export const grewe: SyntaxFeatureSpace = {
  id: 'grewe',
  source: "Grewe, Wang, O'Boyle, CGO 2013",
  input: 'syntax',
  names,
  ratios: names.map((name) => name.includes('/')),
  quotients: [
    { ratio: 'F2:coalesced/mem', count: 'coalesced', per: 'mem' },
    { ratio: 'F4:comp/mem', count: 'comp', per: 'mem' },
  ],
  extractUnit(unit: ParsedUnit): readonly FunctionFeatures[] {
    const counter = new GreweCounter(unit)
    counter.visit(unit.root, 0)
    return counter.functions.map(({ name, isKernel, counts }) => ({
      kernel: name,
      isKernel,
      values: withRatios(counts),
    }))
  },
}

function withRatios(counts: Float64Array): Float64Array {
  const values = new Float64Array(names.length)
  values.set(counts)
  const accesses = Math.max(counts[mem], 1)
  values[coalescedPerMem] = counts[coalesced] / accesses
  values[compPerMem] = counts[comp] / accesses
  return values
}

interface CountedFunction {
  readonly name: string
  readonly isKernel: boolean
  readonly counts: Float64Array
  /** Names whose every mention is a memory access, whatever they mean at that point. */
  readonly memoryNames: Set<string>
}

const compOperators: ReadonlySet<string> = new Set(['*', '/', '%', '+', '-', '<<', '>>', '&', '^', '|'])
const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>='])
const shiftAssignments: ReadonlySet<string> = new Set(['<<=', '>>='])
/** Macros of the default header that expand to a subtraction; the parse still has their names. */
const subtractingMacros: ReadonlySet<string> = new Set(['INT_MIN', 'LONG_MIN', 'FP_ILOGB0'])
const costlyRoutines: ReadonlySet<string> = new Set(['exp', 'log', 'sqrt'])
const costlyRoutineComp = 15

const atomics: ReadonlySet<string> = new Set(
  [
    ...['add', 'and', 'cmpxchg', 'dec', 'flag_clear', 'flag_clear_explicit', 'flag_test_and_set', 'inc', 'init', 'max'],
    ...['flag_test_and_set_explicit', 'min', 'or', 'sub', 'work_item_fence', 'xchg', 'xor'],
    ...['compare_exchange_strong', 'compare_exchange_weak', 'exchange', 'load', 'store'].flatMap(withExplicit),
    ...['add', 'and', 'max', 'min', 'or', 'sub', 'xor'].flatMap((name) => withExplicit(`fetch_${name}`)),
  ].map((name) => `atomic_${name}`),
)

function withExplicit(name: string): string[] {
  return [name, `${name}_explicit`]
}

class GreweCounter {
  readonly functions: CountedFunction[] = []
  /** The first of each name: the tool knows no overloads. */
  readonly #byName = new Map<string, CountedFunction>()
  readonly #unit: ParsedUnit
  readonly #scopes: Scopes
  readonly #isType = (name: string): boolean => this.#scopes.isType(name)
  /** The function declared or defined last: what follows it at file scope counts for it too. */
  #current: CountedFunction = newFunction('', false)

  constructor(unit: ParsedUnit) {
    this.#unit = unit
    this.#scopes = new Scopes(unit)
  }

  /** @param start - end of the previous sibling: masked qualifiers in front of `node` lie between */
  visit(raw: SyntaxNode, start: number): void {
    const node = disambiguate(this.#unit, this.#isType, raw)
    switch (node.type) {
      case 'function_definition':
        this.#visitFunction(node, start)
        return
      case 'declaration':
        this.#visitDeclaration(node, start)
        return
      case 'type_definition':
        this.#scopes.declareTypes(node, start)
        this.#visitChildren(node, start, true)
        return
      case 'compound_statement':
      case 'for_statement':
        this.#scopes.enter()
        this.#visitChildren(node, start)
        this.#scopes.leave()
        return
      case 'struct_specifier':
      case 'union_specifier':
      case 'enum_specifier':
        if (node.field !== 'type') this.#scopes.readSpecifier(node)
        this.#visitChildren(node, start, true)
        return
      case 'identifier':
        this.#visitMention(textOf(this.#unit, node))
        return
      case 'binary_expression':
        this.#visitBinary(node)
        this.#visitChildren(node, start)
        return
      case 'assignment_expression':
        if (shiftAssignments.has(operatorOf(node))) this.#count(comp)
        this.#visitChildren(node, start)
        return
      case 'subscript_expression':
        this.#visitSubscript(node)
        this.#visitChildren(node, start)
        return
      case 'argument_list':
        this.#visitArguments(node, start)
        return
      case 'call_expression':
        this.#visitCall(node)
        this.#visitChildren(node, start)
        return
      default:
        this.#visitChildren(node, start)
        return
    }
  }

  /** @param inDeclarator - whether a bare identifier child is a name being declared, not a mention */
  #visitChildren(node: SyntaxNode, from: number, inDeclarator = false): void {
    let start = from
    for (const child of node.children) {
      this.#visitChild(child, start, inDeclarator)
      start = child.end
    }
  }

  #visitChild(child: SyntaxNode, start: number, inDeclarator: boolean): void {
    if (child.children.length > 0) {
      if (inDeclarator && isDeclaratorNode(child)) this.#visitChildren(child, start, true)
      else this.visit(child, start)
    } else if (child.type === 'identifier' && !(inDeclarator && isDeclaredName(child))) this.visit(child, start)
  }

  #count(feature: number): void {
    this.#current.counts[feature]++
  }

  #visitFunction(node: SyntaxNode, start: number): void {
    const declaratorNode = childOf(node, 'declarator')
    const body = childOf(node, 'body')
    if (declaratorNode === undefined || body === undefined) return
    const declarator = readDeclarator(declaratorNode)
    const name = declarator.name === undefined ? '' : textOf(this.#unit, declarator.name)
    const isKernel = masksWithin(this.#unit, start, body.start).some((mask) => mask.kind === 'kernel')
    const specifier = this.#scopes.readSpecifier(childOf(node, 'type'))
    this.#scopes.declare(name, {
      base: specifier.base,
      depth: specifier.depth + declarator.depth,
      kind: 'function',
      space: 'other',
      hasSpace: false,
    })
    this.#current = newFunction(name, isKernel)
    this.functions.push(this.#current)
    if (!this.#byName.has(name)) this.#byName.set(name, this.#current)
    this.#scopes.enter()
    this.#declareParameters(declarator)
    this.#visitChildren(node, start, true)
    this.#scopes.leave()
  }

  #declareParameters(declarator: Declarator): void {
    const list = declarator.function === undefined ? undefined : childOf(declarator.function, 'parameters')
    let start = list?.start ?? 0
    for (const child of list?.children ?? []) {
      if (child.type === 'parameter_declaration') {
        const specifier = this.#scopes.readSpecifier(childOf(child, 'type'))
        const node = childOf(child, 'declarator')
        const declared = node === undefined ? undefined : this.#scopes.declareVariable(child, specifier, node, start)
        const name = node === undefined ? undefined : readDeclarator(node).name
        if (declared !== undefined && declared.space !== 'other' && name !== undefined) {
          this.#current.memoryNames.add(textOf(this.#unit, name))
        }
      }
      start = child.end
    }
  }

  /** A prototype makes the tool count what follows for a function that it never reports. */
  #visitDeclaration(node: SyntaxNode, start: number): void {
    const type = childOf(node, 'type')
    if (type?.type === 'type_identifier' && this.#scopes.find(textOf(this.#unit, type))?.kind === 'variable') {
      this.#visitProduct(node, type)
      return
    }
    const specifier = this.#scopes.readSpecifier(childOf(node, 'type'))
    let previous = start
    for (const child of node.children) {
      if (child.field === 'declarator') {
        const declared = this.#scopes.declareVariable(node, specifier, child, start)
        const { name } = readDeclarator(child)
        if (declared?.kind === 'function') this.#current = newFunction('', false)
        else if (name !== undefined && declared?.saysLocal === true) {
          this.#current.memoryNames.add(textOf(this.#unit, name))
        }
        this.#visitChild(child, previous, true)
      } else this.visit(child, previous)
      previous = child.end
    }
  }

  #visitMention(name: string): void {
    if (this.#current.memoryNames.has(name)) this.#count(mem)
    if (subtractingMacros.has(name) && this.#scopes.find(name) === undefined) this.#count(comp)
  }

  /** The statement `a * b;`, which the grammar takes for a declaration of `b`. */
  #visitProduct(node: SyntaxNode, left: SyntaxNode): void {
    const right = childOf(node, 'declarator')
    if (right?.type === 'pointer_declarator') this.#count(comp)
    for (const operand of [left, right === undefined ? undefined : readDeclarator(right).name]) {
      if (operand !== undefined) this.visit({ ...operand, type: 'identifier' }, operand.start)
    }
  }

  #visitBinary(node: SyntaxNode): void {
    const operator = operatorOf(node)
    if (comparisons.has(operator)) this.#count(rational)
    else if (compOperators.has(operator)) this.#count(comp)
  }

  #visitSubscript(node: SyntaxNode): void {
    const base = childOf(node, 'argument')
    const index = childOf(node, 'index')
    if (base?.type !== 'identifier' || index === undefined) return
    const declared = this.#scopes.find(textOf(this.#unit, base))
    if (declared?.kind !== 'variable' || declared.depth === 0) return
    if (declared.space === 'local') this.#count(localmem)
    else if (declared.space === 'global' && isCoalescedIndex(this.#unit, this.#scopes, index)) this.#count(coalesced)
  }

  #visitCall(node: SyntaxNode): void {
    const callee = childOf(node, 'function')
    if (callee === undefined) return
    const function_ = withoutParentheses(callee)
    if (function_.type !== 'identifier') return
    const name = textOf(this.#unit, function_)
    if (this.#scopes.find(name)?.kind === 'variable') return
    if (atomics.has(name)) this.#count(atomic)
    else if (costlyRoutines.has(name)) this.#current.counts[comp] += costlyRoutineComp
    else {
      const called = this.#byName.get(name)
      if (called !== undefined) this.#addCounts(called.counts)
    }
  }

  /** Clang puts the initialiser of a static sampler in place of its name when it is passed to a function. */
  #visitArguments(list: SyntaxNode, start: number): void {
    for (const argument of list.children) {
      const declared = argument.type === 'identifier' ? this.#scopes.find(textOf(this.#unit, argument)) : undefined
      if (declared?.sampler !== undefined) this.visit(declared.sampler, declared.sampler.start)
      else this.#visitChild(argument, start, false)
    }
  }

  #addCounts(counts: Float64Array): void {
    for (let i = 0; i < counters; i++) this.#current.counts[i] += counts[i]
  }
}

function newFunction(name: string, isKernel: boolean): CountedFunction {
  return { name, isKernel, counts: new Float64Array(counters), memoryNames: new Set() }
}

const declaratorNodes: ReadonlySet<string> = new Set([
  ...['parameter_list', 'parameter_declaration', 'enumerator_list', 'enumerator'],
  ...['field_declaration_list', 'field_declaration'],
])

/** Nodes between a declaration and the names it declares. */
function isDeclaratorNode(node: SyntaxNode): boolean {
  return node.type.endsWith('_declarator') || declaratorNodes.has(node.type)
}

function isDeclaredName(node: SyntaxNode): boolean {
  return node.field === 'declarator' || node.field === 'name' || node.parent?.type === 'parenthesized_declarator'
}
