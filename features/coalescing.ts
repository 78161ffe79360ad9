// Decides whether an array subscript counts as coalesced, as the Grewe tool does on Clang's tree: a literal that
// Clang converts to the other operand's type is no literal any more.

import { childOf, disambiguate, type ParsedUnit, type SyntaxNode, textOf } from '../kernels/index.ts'
import { operatorOf, typeOf } from './c-expressions.ts'
import type { Scopes } from './c-scopes.ts'
import { commonType, type IntegerLiteral, kindOf, readIntegerLiteral } from './c-types.ts'

const arithmetic: ReadonlySet<string> = new Set(['*', '/', '%', '+', '-'])
/** What looks like a call and is an expression of its own kind: `as_int(x)` is a macro for `__builtin_astype`. */
const notCalls = /^(?:as_[a-z]+\d*|__builtin_astype|__builtin_convertvector|__builtin_offsetof)$/

/** Whether a subscript with this index is coalesced: calls and most arithmetic are not, all else is. */
export function isCoalescedIndex(unit: ParsedUnit, scopes: Scopes, expression: SyntaxNode): boolean {
  const index = disambiguate(unit, (name) => scopes.isType(name), expression)
  switch (index.type) {
    case 'call_expression': {
      const callee = childOf(index, 'function')
      return callee !== undefined && notCalls.test(textOf(unit, callee))
    }
    case 'binary_expression':
      return isCoalescedArithmetic(unit, scopes, index)
    case 'assignment_expression':
    case 'comma_expression':
      return false
    default:
      return true
  }
}

/** Two literals, or the literal 0 or 1 on one side; each only where it keeps its own type. */
function isCoalescedArithmetic(unit: ParsedUnit, scopes: Scopes, node: SyntaxNode): boolean {
  const left = childOf(node, 'left')
  const right = childOf(node, 'right')
  if (left === undefined || right === undefined || !arithmetic.has(operatorOf(node))) return false
  const leftLiteral = literalOf(unit, left)
  const rightLiteral = literalOf(unit, right)
  if (leftLiteral === undefined && rightLiteral === undefined) return false
  const kept = [keeps(unit, scopes, leftLiteral, right), keeps(unit, scopes, rightLiteral, left)]
  if (kept[0] && kept[1]) return true
  return [leftLiteral, rightLiteral].some((literal, i) => kept[i] && literal !== undefined && literal.value <= 1)
}

function keeps(unit: ParsedUnit, scopes: Scopes, literal: IntegerLiteral | undefined, other: SyntaxNode): boolean {
  if (literal === undefined) return false
  return (
    kindOf(commonType(typeOf(unit, scopes, other), literal.type)) === kindOf(literal.type) ||
    isUnknown(unit, scopes, other)
  )
}

function isUnknown(unit: ParsedUnit, scopes: Scopes, node: SyntaxNode): boolean {
  return kindOf(typeOf(unit, scopes, node)) === 'other'
}

function literalOf(unit: ParsedUnit, node: SyntaxNode): IntegerLiteral | undefined {
  return node.type === 'number_literal' ? readIntegerLiteral(textOf(unit, node)) : undefined
}
