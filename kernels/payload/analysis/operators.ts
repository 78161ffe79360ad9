// What operators make of bounds, pointers included, and what a sum or product still tells of a parameter.

import { type CType, intType, sizeOf } from '../c-types.ts'
import { noteComparison, noteOperands, noteStride } from './demands.ts'
import { applyOperator } from './interval.ts'
import type { Machine } from './machine.ts'
import { commonType, integer, isFloating, movePointer, unknownOf, type Value, wrapTo } from './values.ts'

/** `left operator right`, pointers included. */
export function combine(machine: Machine, operator: string, left: Value, right: Value): Value {
  noteOperands(machine, operator, left, right)
  const moved = pointerArithmetic(operator, left, right)
  if (moved !== undefined) return moved
  const sources = left.sources | right.sources
  if (/^(?:[<>]=?|[=!]=)$/.test(operator)) {
    noteComparison(machine, operator, left, right)
    return integer(applyOperator(operator, left, right, true), sources)
  }
  const shifts = operator === '<<' || operator === '>>'
  const type = shifts ? commonType(left.type, intType) : commonType(left.type, right.type)
  const result = applyOperator(operator, left, right, !isFloating(type))
  return {
    type,
    sources,
    ...wrapTo(type, result),
    link: linkOf(operator, left, right),
    stride: noteStride(machine, operator, left, right),
  }
}

function pointerArithmetic(operator: string, left: Value, right: Value): Value | undefined {
  if (operator !== '+' && operator !== '-') return undefined
  const stride = elementBytes(left.type)
  if (stride !== undefined && left.targets !== undefined && right.targets === undefined) {
    return movePointer(decay(left), right, stride, operator === '+' ? 1 : -1)
  }
  const other = elementBytes(right.type)
  if (operator === '+' && other !== undefined && right.targets !== undefined)
    return movePointer(decay(right), left, other, 1)
  if (operator === '-' && left.targets !== undefined && right.targets !== undefined) {
    return unknownOf({ kind: 'scalar', name: 'long' }, left.sources | right.sources)
  }
  return undefined
}

/** An array where a pointer is wanted. */
export function decay(value: Value): Value {
  if (value.type.kind !== 'array') return value
  return { ...value, type: { kind: 'pointer', to: value.type.of, space: 'private' } }
}

/** Bytes between neighbours behind a pointer or array. */
export function elementBytes(type: CType): number | undefined {
  if (type.kind === 'pointer') return Math.max(sizeOf(type.to), 1)
  return type.kind === 'array' ? Math.max(sizeOf(type.of), 1) : undefined
}

/** A parameter that a sum, product or quotient with a constant still tells. */
function linkOf(operator: string, left: Value, right: Value): Value['link'] {
  const [value, by] = left.link === undefined ? [right, left] : [left, right]
  if (value.link === undefined || by.lo !== by.hi || by.link !== undefined) return undefined
  const { parameter, scale, offset } = value.link
  switch (operator) {
    case '+':
      return { parameter, scale, offset: offset + by.lo }
    case '-':
      return value === left ? { parameter, scale, offset: offset - by.lo } : undefined
    case '*':
      return { parameter, scale: scale * by.lo, offset: offset * by.lo }
    case '/':
      return value === left && by.lo !== 0 ? { parameter, scale: scale / by.lo, offset: offset / by.lo } : undefined
    case '<<':
      return value === left ? { parameter, scale: scale * 2 ** by.lo, offset: offset * 2 ** by.lo } : undefined
    case '>>':
      return value === left ? { parameter, scale: scale / 2 ** by.lo, offset: offset / 2 ** by.lo } : undefined
    default:
      return undefined
  }
}
