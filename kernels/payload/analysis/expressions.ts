// Expressions on the abstract machine.

import { disambiguate } from '../../ambiguity.ts'
import { childOf, type SyntaxNode } from '../../parse.ts'
import { type CType, elementName, floatType, intType, sizeOf, sizeType, unknownType } from '../c-types.ts'
import { readInteger } from '../declarations.ts'
import { evaluateCall } from './calls.ts'
import { anything, exactly, type Interval, negate } from './interval.ts'
import { findVariable, load, type Machine, store, textIn, typeOfPlace } from './machine.ts'
import { combine, decay } from './operators.ts'
import { findPlace, placeOfVariable } from './places.ts'
import { fork, joinStates } from './state.ts'
import { commonType, convert, integer, joinValues, narrow, noSources, unknownOf, type Value, wrapTo } from './values.ts'

/** Bounds of an expression, and its effects. */
export function evaluate(machine: Machine, raw: SyntaxNode | undefined): Value {
  machine.steps++
  if (raw === undefined) return unknownOf(intType)
  const node = disambiguate(machine.unit, (name) => isTypeName(machine, name), raw)
  const value = evaluateNode(machine, node)
  const { facts } = machine.state ?? {}
  const fact = node.children.length === 0 || !facts?.size ? undefined : facts.get(squeeze(textIn(machine, raw)))
  return fact === undefined ? value : narrow(value, fact, fact.sources)
}

/** A name that a variable hides is no type. */
function isTypeName(machine: Machine, name: string): boolean {
  return findVariable(machine, name) === undefined && machine.types.isType(name)
}

/** Text without blanks: the key of a fact. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, '')
}

function evaluateNode(machine: Machine, node: SyntaxNode): Value {
  switch (node.type) {
    case 'number_literal':
      return literal(textIn(machine, node))
    case 'char_literal':
      return integer(exactly(machine.types.evaluate(node) ?? 0))
    case 'true':
      return integer(exactly(1))
    case 'false':
      return integer(exactly(0))
    case 'identifier':
      return identifier(machine, node)
    case 'parenthesized_expression':
      return machine.evaluate(node.children.find((child) => child.named))
    case 'comma_expression':
      machine.evaluate(childOf(node, 'left'))
      return machine.evaluate(childOf(node, 'right'))
    case 'binary_expression':
      return binary(machine, node)
    case 'unary_expression':
      return unary(machine, node)
    case 'update_expression':
      return update(machine, node)
    case 'assignment_expression':
      return assignment(machine, node)
    case 'conditional_expression':
      return conditional(machine, node)
    case 'cast_expression':
    case 'compound_literal_expression':
      return cast(machine, node)
    case 'sizeof_expression':
      return sizeOfExpression(machine, node)
    case 'subscript_expression':
    case 'field_expression':
      return load(machine, findPlace(machine, node))
    case 'pointer_expression':
      return textIn(machine, node).startsWith('&') ? addressOf(machine, node) : load(machine, findPlace(machine, node))
    case 'call_expression':
      return evaluateCall(machine, node)
    case 'initializer_list':
    case 'argument_list':
      return joinAll(node.children.filter((child) => child.named).map((child) => machine.evaluate(child)))
    default:
      for (const child of node.children) if (child.named) machine.evaluate(child)
      return unknownOf(unknownType)
  }
}

export function joinAll(values: readonly Value[]): Value {
  const [first, ...rest] = values
  return first === undefined ? unknownOf(intType) : rest.reduce(joinValues, first)
}

function literal(text: string): Value {
  const value = readInteger(text)
  if (value === undefined) {
    const number = Number.parseFloat(text)
    return { type: floatType, sources: noSources, ...(Number.isNaN(number) ? anything : exactly(number)) }
  }
  const unsigned = /u/i.test(text) ? 'u' : ''
  const isLong = /l/i.test(text) || value >= 2 ** 32 || (unsigned === '' && value >= 2 ** 31 && !/^0/.test(text))
  const isWide = value >= 2 ** 31 && unsigned === '' && !isLong
  const name = isLong ? (`${unsigned}long` as const) : isWide ? 'uint' : (`${unsigned}int` as const)
  return { type: { kind: 'scalar', name }, sources: noSources, ...exactly(value) }
}

const namedNumbers: Readonly<Record<string, number>> = {
  CHAR_BIT: 8,
  SCHAR_MAX: 127,
  CHAR_MAX: 127,
  UCHAR_MAX: 255,
  SHRT_MAX: 32767,
  USHRT_MAX: 65535,
  INT_MAX: 2 ** 31 - 1,
  INT_MIN: -(2 ** 31),
  UINT_MAX: 2 ** 32 - 1,
  LONG_MAX: 2 ** 63,
  ULONG_MAX: 2 ** 64,
}

function identifier(machine: Machine, node: SyntaxNode): Value {
  const name = textIn(machine, node)
  const variable = findVariable(machine, name)
  if (variable !== undefined) return load(machine, placeOfVariable(variable))
  const constant = machine.types.constant(name)
  if (constant !== undefined) return integer(exactly(constant))
  const number = namedNumbers[name]
  if (number !== undefined) return { ...integer(exactly(number)), type: number > 2 ** 31 ? sizeType : intType }
  return unknownOf(/^(?:M_|FLT_|DBL_|HALF_|INFINITY|NAN|MAXFLOAT|HUGE_VAL)/.test(name) ? floatType : intType)
}

function binary(machine: Machine, node: SyntaxNode): Value {
  const operator = childOf(node, 'operator')?.type ?? ''
  if (operator === '&&' || operator === '||') return logical(machine, node, operator)
  const left = machine.evaluate(childOf(node, 'left'))
  const right = machine.evaluate(childOf(node, 'right'))
  if (operator === '==' || operator === '!=') noteSelfNaming(machine, node)
  return combine(machine, operator, left, right)
}

/** `parent[p] != p`: items that name themselves are roots. */
function noteSelfNaming(machine: Machine, node: SyntaxNode): void {
  const sides = [childOf(node, 'left'), childOf(node, 'right')]
  for (const [side, other] of [sides, sides.toReversed()]) {
    if (side?.type !== 'subscript_expression' || other === undefined) continue
    const index = squeeze(textIn(machine, childOf(side, 'index')))
    if (index !== squeeze(textIn(machine, other))) continue
    for (const { object } of machine.evaluate(childOf(side, 'argument')).targets ?? [])
      if (object.parameter !== undefined) machine.findings.selfNaming.add(object.parameter)
  }
}

/** Of `&&` and `||` the right side runs only where the left one does not decide. */
function logical(machine: Machine, node: SyntaxNode, operator: '&&' | '||'): Value {
  const first = childOf(node, 'left')
  const left = machine.evaluate(first)
  const before = fork(machine.state)
  machine.assume(first, operator === '&&')
  const right = machine.evaluate(childOf(node, 'right'))
  machine.state = joinStates(before, machine.state)
  const [a, b] = [asTruth(left), asTruth(right)]
  const bounds =
    operator === '&&'
      ? { lo: Math.min(a.lo, b.lo), hi: Math.min(a.hi, b.hi) }
      : { lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
  return integer(bounds, left.sources | right.sources)
}

function asTruth(value: Interval): Interval {
  return negate(negate(value))
}

function unary(machine: Machine, node: SyntaxNode): Value {
  const value = machine.evaluate(childOf(node, 'argument'))
  const { type, sources } = value
  switch (childOf(node, 'operator')?.type) {
    case '-':
      return { type, sources, ...wrapTo(type, { lo: -value.hi, hi: -value.lo }) }
    case '~':
      return { type, sources, ...wrapTo(type, { lo: -value.hi - 1, hi: -value.lo - 1 }) }
    case '!':
      return integer(negate(value), sources)
    default:
      return value
  }
}

function update(machine: Machine, node: SyntaxNode): Value {
  const place = findPlace(machine, childOf(node, 'argument'))
  const before = load(machine, place)
  const sign = textIn(machine, node).includes('++') ? '+' : '-'
  const after = convert(combine(machine, sign, before, integer(exactly(1))), typeOfPlace(place))
  store(machine, place, after)
  return childOf(node, 'operator') === node.children[0] ? after : before
}

function assignment(machine: Machine, node: SyntaxNode): Value {
  const operator = (childOf(node, 'operator')?.type ?? '=').slice(0, -1)
  const right = machine.evaluate(childOf(node, 'right'))
  const place = findPlace(machine, childOf(node, 'left'))
  const type = typeOfPlace(place)
  const value = convert(decay(operator === '' ? right : combine(machine, operator, load(machine, place), right)), type)
  store(machine, place, value)
  return value
}

function conditional(machine: Machine, node: SyntaxNode): Value {
  const condition = childOf(node, 'condition')
  const asked = machine.evaluate(condition)
  const before = fork(machine.state)
  machine.assume(condition, true)
  const yes = decay(machine.evaluate(childOf(node, 'consequence')))
  const after = machine.state
  machine.state = before
  machine.assume(condition, false)
  const no = decay(machine.evaluate(childOf(node, 'alternative')))
  const [canYes, canNo] = [asked.hi !== 0 || asked.lo !== 0, asked.lo <= 0 && asked.hi >= 0]
  machine.state = joinStates(after, machine.state)
  if (!canNo) return yes
  if (!canYes) return no
  const joined = joinValues(yes, no)
  return joined.targets === undefined ? { ...joined, type: commonType(yes.type, no.type) } : joined
}

function cast(machine: Machine, node: SyntaxNode): Value {
  const descriptor = childOf(node, 'type')
  const type = descriptor === undefined ? unknownType : machine.types.readTypeName(descriptor)
  const value = decay(machine.evaluate(childOf(node, 'value')))
  return elementName(type) === undefined && type.kind !== 'pointer' ? { ...value, type } : convert(value, type)
}

function sizeOfExpression(machine: Machine, node: SyntaxNode): Value {
  const descriptor = childOf(node, 'type')
  const value = childOf(node, 'value')
  const inner = value?.type === 'parenthesized_expression' ? value.children.find((child) => child.named) : value
  const name = textIn(machine, inner)
  const type =
    descriptor !== undefined
      ? machine.types.readTypeName(descriptor)
      : (findVariable(machine, name)?.type ?? machine.types.named(name) ?? machine.evaluate(inner).type)
  return { type: sizeType, sources: noSources, ...exactly(sizeOf(type)) }
}

/** A pointer to a place. What is written through a pointer to a variable is not followed: the variable may be anything. */
function addressOf(machine: Machine, node: SyntaxNode): Value {
  const argument = childOf(node, 'argument')
  const place = findPlace(machine, argument)
  if (place.kind === 'memory') {
    const type: CType = { kind: 'pointer', to: place.type, space: 'private' }
    return { ...unknownOf(type), targets: place.targets }
  }
  const type = typeOfPlace(place)
  store(machine, place, unknownOf(type))
  return { ...unknownOf({ kind: 'pointer', to: type, space: 'private' }) }
}
