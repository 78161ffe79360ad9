// What a condition tells: bounds of the variables in it, and of expressions by their text.

import { childOf, type SyntaxNode } from '../../parse.ts'
import { squeeze } from './expressions.ts'
import { exactly, type Interval, isExact, meet } from './interval.ts'
import { findVariable, type Machine, textIn } from './machine.ts'
import { fork, joinStates } from './state.ts'
import { anyItem, isFloating, narrow, type Sources, type Value } from './values.ts'

/** Go on in the states where `condition` holds, or does not. Its value has been asked for before. */
export function assume(machine: Machine, condition: SyntaxNode | undefined, holds: boolean): void {
  if (condition === undefined || machine.state === undefined) return
  switch (condition.type) {
    case 'parenthesized_expression':
      assume(
        machine,
        condition.children.find((child) => child.named),
        holds,
      )
      return
    case 'unary_expression':
      if (childOf(condition, 'operator')?.type === '!') assume(machine, childOf(condition, 'argument'), !holds)
      return
    case 'binary_expression':
      assumeBinary(machine, condition, holds)
      return
    default: {
      if (hasEffect(condition)) return
      const value = machine.evaluate(condition)
      if (holds && value.lo === 0 && value.hi > 0) limit(machine, condition, { lo: 1, hi: value.hi }, value.sources)
      if (!holds) limit(machine, condition, exactly(0), value.sources)
    }
  }
}

function assumeBinary(machine: Machine, node: SyntaxNode, holds: boolean): void {
  const operator = childOf(node, 'operator')?.type ?? ''
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
  if (left === undefined || right === undefined) return
  if (operator === '&&' || operator === '||') {
    if ((operator === '&&') === holds) {
      assume(machine, left, holds)
      assume(machine, right, holds)
      return
    }
    const before = fork(machine.state)
    assume(machine, left, holds)
    const after = machine.state
    machine.state = before
    assume(machine, left, !holds)
    assume(machine, right, holds)
    machine.state = joinStates(after, machine.state)
    return
  }
  const relation = holds ? operator : opposite[operator]
  if (relation === undefined) return
  const [a, b] = [sideOf(machine, left), sideOf(machine, right)]
  if (isImpossible(relation, a, b)) {
    machine.state = undefined
    return
  }
  limit(machine, left, boundsBy(machine, relation, b, a), b.sources)
  limit(machine, right, boundsBy(machine, mirrored[relation] ?? relation, a, b), a.sources)
}

const opposite: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
}
const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The value of one side, without running its effects again. */
function sideOf(machine: Machine, node: SyntaxNode): Value {
  const before = fork(machine.state)
  const recording = machine.isRecording
  machine.isRecording = false
  const value = machine.evaluate(node)
  machine.isRecording = recording
  if (hasEffect(node)) machine.state = before
  return value
}

function hasEffect(node: SyntaxNode): boolean {
  if (/^(?:update|assignment|call)_expression$/.test(node.type)) return true
  return node.children.some(hasEffect)
}

function isImpossible(relation: string, a: Value, b: Value): boolean {
  switch (relation) {
    case '<':
      return a.lo >= b.hi
    case '<=':
      return a.lo > b.hi
    case '>':
      return a.hi <= b.lo
    case '>=':
      return a.hi < b.lo
    case '==':
      return a.hi < b.lo || b.hi < a.lo
    default:
      return isExact(a) && isExact(b) && a.lo === b.lo
  }
}

/**
 * Bounds of `a` where `a relation b`. An id that may equal a number of elements is taken to stay below it, so that
 * buffers have no room for a bound that is off by one.
 */
function boundsBy(machine: Machine, relation: string, b: Value, a: Value): Interval {
  const isCount = b.link !== undefined && b.link.offset === 0 && (a.sources & anyItem) !== 0
  const top = isCount && machine.setting.sizeScalars.has(b.link?.parameter ?? -1) ? b.hi - 1 : b.hi
  const step = isFloating(a.type) || isFloating(b.type) ? 0 : 1
  switch (relation) {
    case '<':
      return { lo: Number.NEGATIVE_INFINITY, hi: b.hi - step }
    case '<=':
      return { lo: Number.NEGATIVE_INFINITY, hi: top }
    case '>':
      return { lo: b.lo + step, hi: Number.POSITIVE_INFINITY }
    case '>=':
      return { lo: b.lo, hi: Number.POSITIVE_INFINITY }
    case '==':
      return { lo: b.lo, hi: b.hi }
    default:
      return without(a, b)
  }
}

/** `a != b` cuts an end off. */
function without(a: Interval, b: Interval): Interval {
  if (!isExact(b)) return a
  return { lo: a.lo === b.lo ? a.lo + 1 : a.lo, hi: a.hi === b.hi ? a.hi - 1 : a.hi }
}

/** Bound an expression: the variable in it where it is simple enough, and whatever has the same text. */
function limit(machine: Machine, node: SyntaxNode, bounds: Interval, sources: Sources): void {
  const { state } = machine
  if (state === undefined) return
  switch (node.type) {
    case 'identifier': {
      const variable = findVariable(machine, textIn(machine, node))
      const value = variable && state.values.get(variable)
      if (variable !== undefined && value !== undefined) state.values.set(variable, narrow(value, bounds, sources))
      return
    }
    case 'parenthesized_expression':
    case 'cast_expression': {
      const inner = childOf(node, 'value') ?? node.children.find((child) => child.named)
      if (inner !== undefined) limit(machine, inner, bounds, sources)
      return
    }
    case 'assignment_expression': {
      const left = childOf(node, 'left')
      if (left !== undefined) limit(machine, left, bounds, sources)
      return
    }
    case 'binary_expression':
      limitOperands(machine, node, bounds, sources)
      break
  }
  if (!hasEffect(node) || /^get_\w+\(\d\)$/.test(squeeze(textIn(machine, node))))
    keepFact(machine, node, bounds, sources)
}

function limitOperands(machine: Machine, node: SyntaxNode, bounds: Interval, sources: Sources): void {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')]
  if (left === undefined || right === undefined) return
  const [a, b] = [sideOf(machine, left), sideOf(machine, right)]
  switch (childOf(node, 'operator')?.type) {
    case '+':
      limit(machine, left, { lo: bounds.lo - b.hi, hi: bounds.hi - b.lo }, sources)
      limit(machine, right, { lo: bounds.lo - a.hi, hi: bounds.hi - a.lo }, sources)
      return
    case '-':
      limit(machine, left, { lo: bounds.lo + b.lo, hi: bounds.hi + b.hi }, sources)
      limit(machine, right, { lo: a.lo - bounds.hi, hi: a.hi - bounds.lo }, sources)
      return
    case '*':
      if (b.lo > 0 && a.lo >= 0)
        limit(machine, left, { lo: Number.NEGATIVE_INFINITY, hi: Math.floor(bounds.hi / b.lo) }, sources)
      if (a.lo > 0 && b.lo >= 0)
        limit(machine, right, { lo: Number.NEGATIVE_INFINITY, hi: Math.floor(bounds.hi / a.lo) }, sources)
      return
  }
}

function keepFact(machine: Machine, node: SyntaxNode, bounds: Interval, sources: Sources): void {
  const text = squeeze(textIn(machine, node))
  const known = machine.state?.facts.get(text)
  const { lo, hi } = known === undefined ? bounds : meet(known, bounds)
  const names = new Set(text.match(/[A-Za-z_]\w*/g))
  const readsMemory = /[[*]|->/.test(text)
  machine.state?.facts.set(text, { lo, hi, names, readsMemory, sources: (known?.sources ?? 0) | sources })
}
