// Types of C expressions over the project's syntax trees, enough to tell which integer literals Clang converts.

import { childOf, disambiguate, type ParsedUnit, type SyntaxNode, textOf } from '../kernels/index.ts'
import { readDeclarator, type Scopes } from './c-scopes.ts'
import {
  builtinResult,
  type CType,
  commonType,
  elementOf,
  intType,
  kindOf,
  otherType,
  readIntegerLiteral,
  sizeType,
} from './c-types.ts'

/** The expression in a pair of parentheses, or the node itself. */
export function withoutParentheses(node: SyntaxNode): SyntaxNode {
  let current = node
  while (current.type === 'parenthesized_expression') {
    const inner = current.children.find((child) => child.named)
    if (inner === undefined) return current
    current = inner
  }
  return current
}

/** The operator of a unary, binary or assignment expression. */
export function operatorOf(node: SyntaxNode): string {
  return childOf(node, 'operator')?.type ?? ''
}

function literalType(text: string): CType {
  const whole = readIntegerLiteral(text.replace(/^[-+]/, ''))
  const base = { f: 'float', h: 'half' }[text.slice(-1).toLowerCase()] ?? 'double'
  return whole?.type ?? { base, depth: 0 }
}

/** Best-known type of an expression; what cannot be told is `other`, and never converts a literal. */
export function typeOf(unit: ParsedUnit, scopes: Scopes, expression: SyntaxNode): CType {
  const of = (node: SyntaxNode | undefined): CType => (node === undefined ? otherType : typeOf(unit, scopes, node))
  const node = disambiguate(unit, (name) => scopes.isType(name), withoutParentheses(expression))
  switch (node.type) {
    case 'number_literal':
      return literalType(textOf(unit, node))
    case 'char_literal':
      return intType
    case 'sizeof_expression':
    case 'alignof_expression':
      return sizeType
    case 'identifier':
      return scopes.find(textOf(unit, node)) ?? otherType
    case 'unary_expression': {
      const operator = operatorOf(node)
      return operator === '!' ? intType : promote(of(childOf(node, 'argument')))
    }
    case 'update_expression':
      return of(childOf(node, 'argument'))
    case 'pointer_expression': {
      const type = of(childOf(node, 'argument'))
      return { base: type.base, depth: type.depth + (operatorOf(node) === '&' ? 1 : -1) }
    }
    case 'binary_expression':
      return binaryType(node, of)
    case 'assignment_expression':
      return of(childOf(node, 'left'))
    case 'comma_expression':
      return of(childOf(node, 'right'))
    case 'conditional_expression':
      return commonType(of(childOf(node, 'consequence')), of(childOf(node, 'alternative')))
    case 'cast_expression':
    case 'compound_literal_expression':
      return describedType(scopes, childOf(node, 'type'))
    case 'subscript_expression': {
      const type = of(childOf(node, 'argument'))
      return type.depth > 0 ? { base: type.base, depth: type.depth - 1 } : elementOf(type)
    }
    case 'field_expression':
      return fieldType(unit, scopes, node, of)
    case 'call_expression':
      return callType(unit, scopes, node, of)
    default:
      return otherType
  }
}

function binaryType(node: SyntaxNode, of: (node: SyntaxNode | undefined) => CType): CType {
  const operator = operatorOf(node)
  const left = of(childOf(node, 'left'))
  if (/^(?:<<|>>)$/.test(operator)) return promote(left)
  const isArithmetic = /^[-+*/%&|^]$/.test(operator)
  return isArithmetic ? commonType(left, of(childOf(node, 'right'))) : intType
}

function promote(type: CType): CType {
  return kindOf(type) === 'int' ? intType : type
}

function namedType(scopes: Scopes, name: string): CType {
  return scopes.find(name) ?? { base: name === 'size_t' ? 'ulong' : name, depth: 0 }
}

function describedType(scopes: Scopes, descriptor: SyntaxNode | undefined): CType {
  if (descriptor === undefined) return otherType
  const specifier = scopes.readSpecifier(childOf(descriptor, 'type'))
  const declarator = childOf(descriptor, 'declarator')
  return {
    base: specifier.base,
    depth: specifier.depth + (declarator === undefined ? 0 : readDeclarator(declarator).depth),
  }
}

function fieldType(
  unit: ParsedUnit,
  scopes: Scopes,
  node: SyntaxNode,
  of: (node: SyntaxNode | undefined) => CType,
): CType {
  const object = of(childOf(node, 'argument'))
  const field = childOf(node, 'field')
  const name = field === undefined ? '' : textOf(unit, field)
  const element = elementOf(object)
  if (element.base !== object.base)
    return name.length === 1 || /^s[0-9a-fA-F]$/.test(name) ? { base: element.base, depth: 0 } : otherType
  return scopes.field(object.base, name) ?? otherType
}

function callType(
  unit: ParsedUnit,
  scopes: Scopes,
  node: SyntaxNode,
  of: (node: SyntaxNode | undefined) => CType,
): CType {
  const callee = childOf(node, 'function')
  const name = callee === undefined ? '' : textOf(unit, withoutParentheses(callee))
  const args = childOf(node, 'arguments')?.children.filter((child) => child.named) ?? []
  if (name === '__builtin_astype' && args.length === 2) return namedType(scopes, textOf(unit, args[1]))
  return scopes.find(name) ?? builtinResult(name, () => of(args[0]))
}
