// Statements on the abstract machine.

import { childOf, type SyntaxNode } from '../../parse.ts'
import { type CType, scalarsOf, sizeOf } from '../c-types.ts'
import type { Declaration } from '../declarations.ts'
import { noteComparison } from './demands.ts'
import { runLoop } from './loops.ts'
import { declareVariable, dropScope, type Machine, objectOf, pointerTo, store } from './machine.ts'
import { decay } from './operators.ts'
import { fork, joinStates, setValue, type Variable } from './state.ts'
import { convert, joinValues, unknownOf, type Value } from './values.ts'

export function execute(machine: Machine, node: SyntaxNode): void {
  if (machine.state === undefined && node.type !== 'case_statement') return
  switch (node.type) {
    case 'compound_statement':
      scoped(machine, () => executeAll(machine, node.children))
      return
    case 'declaration':
      declare(machine, node)
      return
    case 'type_definition':
    case 'struct_specifier':
    case 'union_specifier':
    case 'enum_specifier':
      machine.types.declareTypes(node, startOf(node))
      return
    case 'expression_statement':
      for (const child of node.children) if (child.named && child.type !== 'comment') machine.evaluate(child)
      return
    case 'if_statement':
      branch(machine, node)
      return
    case 'for_statement':
      scoped(machine, () => runFor(machine, node))
      return
    case 'while_statement':
    case 'do_statement':
      runLoop(machine, {
        condition: childOf(node, 'condition'),
        body: childOf(node, 'body'),
        update: undefined,
        isDo: node.type === 'do_statement',
      })
      return
    case 'switch_statement':
      choose(machine, node)
      return
    case 'return_statement':
      leave(machine, node)
      return
    case 'break_statement':
    case 'continue_statement':
      jump(machine, node.type === 'continue_statement')
      return
    case 'labeled_statement':
    case 'else_clause':
    case 'attributed_statement':
      executeAll(machine, node.children)
      return
  }
}

function executeAll(machine: Machine, nodes: readonly SyntaxNode[]): void {
  for (const node of nodes) if (node.named) machine.execute(node)
}

function scoped(machine: Machine, action: () => void): void {
  machine.scopes.push(new Map())
  action()
  dropScope(machine)
}

/** Where the qualifiers in front of a node begin: behind what stands before it. */
function startOf(node: SyntaxNode): number {
  const siblings = node.parent?.children ?? []
  const before = siblings[siblings.indexOf(node) - 1]
  return before?.end ?? node.start
}

/** Names of a declaration at any level; also used for those at file scope. */
export function declare(machine: Machine, node: SyntaxNode): void {
  for (const declaration of machine.types.readDeclaration(node, startOf(node))) {
    if (declaration.name === '') continue
    const constant = machine.types.evaluate(declaration.value)
    if (constant !== undefined && declaration.type.kind === 'scalar') {
      machine.types.declareConstant(declaration.name, constant)
    }
    declareOne(machine, node, declaration)
  }
}

function declareOne(machine: Machine, node: SyntaxNode, declaration: Declaration): void {
  const { name, type, space, value } = declaration
  const hasAddress = type.kind === 'array' || type.kind === 'struct' || space === 'local'
  if (!hasAddress) {
    const variable: Variable = { name, type, object: undefined }
    const initial = value === undefined ? undefined : initialise(machine, value, type)
    declareVariable(machine, variable)
    if (machine.state !== undefined) setValue(machine.state, variable, initial ?? unassigned(type))
    return
  }
  const key =
    node.children.find(
      (child) => child.field === 'declarator' && machine.unit.source.slice(child.start, child.end).includes(name),
    ) ?? node
  const fields = { name, space, element: elementOf(type), fixedBytes: sizeOf(type) || undefined }
  const object = objectOf(machine, key, fields)
  declareVariable(machine, { name, type, object })
  if (value !== undefined) fillObject(machine, pointerTo(object, type), type, value)
}

/** What no assignment has reached yet: nothing, so that the first one decides. Loops join over it. */
function unassigned(type: CType): Value {
  const isInteger = type.kind === 'scalar' || type.kind === 'vector'
  return isInteger ? { ...unknownOf(type), lo: 0, hi: 0 } : unknownOf(type)
}

function initialise(machine: Machine, value: SyntaxNode, type: CType): Value {
  const given = decay(machine.evaluate(value))
  return type.kind === 'pointer' ? { ...given, type } : convert(given, type)
}

function elementOf(type: CType): CType {
  return type.kind === 'array' ? elementOf(type.of) : type
}

/** Lists give an array's elements, or a struct's fields in order. */
function fillObject(machine: Machine, pointer: Value, type: CType, node: SyntaxNode): void {
  const targets = pointer.targets ?? []
  if (type.kind === 'struct' && node.type === 'initializer_list') {
    const items = node.children.filter((child) => child.named && child.type !== 'comment')
    for (const [i, item] of items.entries()) {
      const field = type.fields[i]
      if (field === undefined) continue
      const value = machine.evaluate(childOf(item, 'value') ?? item)
      const at = targets.map((target) => ({ ...target, field: target.field + field.offset }))
      store(machine, { kind: 'memory', targets: at, type: { kind: 'scalar', name: 'char' } }, value)
    }
    return
  }
  const value = machine.evaluate(node)
  if (type.kind === 'struct') {
    store(machine, { kind: 'memory', targets, type }, value)
    return
  }
  const element = elementOf(type)
  for (const { offset } of element.kind === 'struct' ? scalarsOf(element) : [{ offset: 0 }]) {
    const at = targets.map((target) => ({ ...target, field: target.field + offset }))
    store(machine, { kind: 'memory', targets: at, type: { kind: 'scalar', name: 'char' } }, value)
  }
}

function branch(machine: Machine, node: SyntaxNode): void {
  const condition = childOf(node, 'condition')
  const consequence = childOf(node, 'consequence')
  const alternative = childOf(node, 'alternative')
  machine.skipsWhereTrue = alternative === undefined && consequence !== undefined && alwaysLeaves(consequence)
  const asked = machine.evaluate(condition)
  machine.skipsWhereTrue = false
  const before = fork(machine.state)
  machine.assume(condition, true)
  if (asked.lo === 0 && asked.hi === 0) machine.state = undefined
  if (consequence !== undefined) machine.execute(consequence)
  const after = machine.state
  machine.state = before
  machine.assume(condition, false)
  if (asked.lo > 0) machine.state = undefined
  if (alternative !== undefined) machine.execute(alternative)
  machine.state = joinStates(after, machine.state)
}

/** `return;`, `{ continue; }`. */
function alwaysLeaves(node: SyntaxNode): boolean {
  if (/^(?:return|continue|break)_statement$/.test(node.type)) return true
  const statements = node.children.filter((child) => child.named && child.type !== 'comment')
  const last = statements[statements.length - 1]
  return node.type === 'compound_statement' && last !== undefined && alwaysLeaves(last)
}

function runFor(machine: Machine, node: SyntaxNode): void {
  const initialiser = childOf(node, 'initializer')
  if (initialiser?.type === 'declaration') machine.execute(initialiser)
  else if (initialiser !== undefined) machine.evaluate(initialiser)
  runLoop(machine, {
    condition: childOf(node, 'condition'),
    body: childOf(node, 'body'),
    update: childOf(node, 'update'),
    isDo: false,
  })
}

function choose(machine: Machine, node: SyntaxNode): void {
  const asked = machine.evaluate(childOf(node, 'condition'))
  const cases = childOf(node, 'body')?.children.filter((child) => child.type === 'case_statement') ?? []
  const before = machine.state
  machine.breakables.push({ broken: undefined, continued: undefined, isLoop: false })
  machine.state = undefined
  for (const one of cases) {
    const value = childOf(one, 'value')
    const fallen = machine.state
    machine.state = fork(before)
    if (value !== undefined) noteComparison(machine, '==', asked, machine.evaluate(value))
    machine.state = joinStates(fallen, machine.state)
    executeAll(
      machine,
      one.children.filter((child) => child !== value),
    )
  }
  const hasDefault = cases.some((one) => childOf(one, 'value') === undefined)
  const broken = machine.breakables.pop()?.broken
  machine.state = joinStates(joinStates(machine.state, broken), hasDefault ? undefined : fork(before))
}

function leave(machine: Machine, node: SyntaxNode): void {
  const { frame } = machine
  const expression = node.children.find((child) => child.named && child.type !== 'comment')
  if (expression !== undefined) {
    const value = decay(machine.evaluate(expression))
    frame.result = frame.result === undefined ? value : joinValues(frame.result, value)
  }
  frame.left = joinStates(frame.left, machine.state)
  machine.state = undefined
}

function jump(machine: Machine, isContinue: boolean): void {
  const { breakables } = machine
  for (let i = breakables.length - 1; i >= 0; i--) {
    if (isContinue && !breakables[i].isLoop) continue
    if (isContinue) breakables[i].continued = joinStates(breakables[i].continued, machine.state)
    else breakables[i].broken = joinStates(breakables[i].broken, machine.state)
    break
  }
  machine.state = undefined
}
