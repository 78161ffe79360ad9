// Settles what the C grammar cannot know without names: whether `(x) - y`, `(x)(y)` and `(x[i]) * y` are casts,
// calls or arithmetic. Returns corrected nodes; the tree itself is not touched.

import { childOf, type ParsedUnit, type SyntaxNode, textOf } from './parse.ts'

/** Tells type names from other names at the point of use. */
export type IsType = (name: string) => boolean

const unaryOperators: ReadonlySet<string> = new Set(['*', '&', '+', '-'])

/**
 * The node as C reads it: `(uint) -x`, `(int)(x)` and `(float4)(a, b)` become casts, and a cast to something that
 * is no type becomes the operator or the call that it is.
 */
export function disambiguate(unit: ParsedUnit, isType: IsType, node: SyntaxNode): SyntaxNode {
  switch (node.type) {
    case 'binary_expression':
      return asCastOfUnary(unit, isType, node)
    case 'call_expression':
      return asCastOfArguments(unit, isType, node)
    case 'cast_expression':
      return asOperation(unit, isType, node)
    default:
      return node
  }
}

/** `(T) - x`, also at the right edge of the left operand: `a + (T) - x` is `a + ((T)-x)`. */
function asCastOfUnary(unit: ParsedUnit, isType: IsType, node: SyntaxNode): SyntaxNode {
  const left = childOf(node, 'left')
  const operator = childOf(node, 'operator')
  const right = childOf(node, 'right')
  if (left === undefined || operator === undefined || right === undefined) return node
  if (!unaryOperators.has(operator.type)) return node
  if (left.type === 'binary_expression') {
    const inner = childOf(left, 'right')
    const first = childOf(left, 'left')
    const innerOperator = childOf(left, 'operator')
    if (inner?.type !== 'parenthesized_expression' || first === undefined || innerOperator === undefined) return node
    const type = typeInParentheses(unit, isType, inner)
    if (type === undefined) return node
    const cast = { ...castOfUnary(type, operator, right), field: 'right' }
    return disambiguate(unit, isType, create('binary_expression', node.field, [first, innerOperator, cast]))
  }
  const type = left.type === 'parenthesized_expression' ? typeInParentheses(unit, isType, left) : undefined
  return type === undefined ? node : { ...castOfUnary(type, operator, right), field: node.field }
}

function castOfUnary(type: SyntaxNode, operator: SyntaxNode, operand: SyntaxNode): SyntaxNode {
  const isPointer = operator.type === '*' || operator.type === '&'
  const value = create(isPointer ? 'pointer_expression' : 'unary_expression', 'value', [
    operator,
    { ...operand, field: 'argument' },
  ])
  return create('cast_expression', undefined, [type, value])
}

function asCastOfArguments(unit: ParsedUnit, isType: IsType, node: SyntaxNode): SyntaxNode {
  const callee = childOf(node, 'function')
  const list = childOf(node, 'arguments')
  if (callee?.type !== 'parenthesized_expression' || list === undefined) return node
  const type = typeInParentheses(unit, isType, callee)
  return type === undefined ? node : create('cast_expression', node.field, [type, { ...list, field: 'value' }])
}

/** `(x)` as a type descriptor, where `x` is a type. */
function typeInParentheses(unit: ParsedUnit, isType: IsType, node: SyntaxNode): SyntaxNode | undefined {
  const name = node.children[1]
  if (name?.type !== 'identifier' || !isType(textOf(unit, name))) return undefined
  return create('type_descriptor', 'type', [{ ...name, type: 'type_identifier', field: 'type' }])
}

function asOperation(unit: ParsedUnit, isType: IsType, node: SyntaxNode): SyntaxNode {
  const descriptor = childOf(node, 'type')
  const value = childOf(node, 'value')
  const name = descriptor === undefined ? undefined : childOf(descriptor, 'type')
  if (descriptor === undefined || value === undefined || name?.type !== 'type_identifier' || isType(textOf(unit, name)))
    return node
  const operand = operandOf(name, childOf(descriptor, 'declarator'))
  if (operand === undefined) return node
  const left = create('parenthesized_expression', 'left', [operand])
  if (value.type === 'parenthesized_expression') {
    const list = create('argument_list', 'arguments', [value])
    return create('call_expression', node.field, [{ ...left, field: 'function' }, list])
  }
  const operator = childOf(value, 'operator')
  const right = childOf(value, 'argument')
  if (operator === undefined || right === undefined || !unaryOperators.has(operator.type)) return node
  const second = operator.type === '&' && right.type === 'pointer_expression' ? childOf(right, 'operator') : undefined
  if (second?.type === '&' && second.start === operator.end) {
    const last = childOf(right, 'argument')
    return last === undefined
      ? node
      : create('binary_expression', node.field, [left, { ...operator, type: '&&' }, { ...last, field: 'right' }])
  }
  return create('binary_expression', node.field, [left, operator, { ...right, field: 'right' }])
}

/** `x`, `x[i][j]` or `x(a, b)` from what was read as a type and an abstract declarator. */
function operandOf(name: SyntaxNode, declarator: SyntaxNode | undefined): SyntaxNode | undefined {
  if (declarator === undefined) return { ...name, type: 'identifier', field: undefined }
  if (declarator.type === 'abstract_pointer_declarator') return productOf(name, declarator)
  const inner = operandOf(name, childOf(declarator, 'declarator'))
  if (inner === undefined) return undefined
  if (declarator.type === 'abstract_array_declarator') {
    const size = childOf(declarator, 'size')
    if (size === undefined) return undefined
    return create('subscript_expression', undefined, [
      { ...inner, field: 'argument' },
      { ...size, field: 'index' },
    ])
  }
  if (declarator.type !== 'abstract_function_declarator') return undefined
  const list = create('argument_list', 'arguments', argumentsOf(childOf(declarator, 'parameters')), inner)
  return create('call_expression', undefined, [{ ...inner, field: 'function' }, list])
}

/** `x * (y)`, read as the type `x *` with the parameters `(y)`. */
function productOf(name: SyntaxNode, pointer: SyntaxNode): SyntaxNode | undefined {
  const declarator = childOf(pointer, 'declarator')
  if (declarator?.type !== 'abstract_function_declarator' || childOf(declarator, 'declarator') !== undefined)
    return undefined
  const operands = argumentsOf(childOf(declarator, 'parameters'))
  const operator: SyntaxNode = { ...pointer.children[0], field: 'operator' }
  const left: SyntaxNode = { ...name, type: 'identifier', field: 'left' }
  return create('binary_expression', undefined, [
    left,
    operator,
    create('parenthesized_expression', 'right', operands, operator),
  ])
}

function argumentsOf(parameters: SyntaxNode | undefined): SyntaxNode[] {
  const declarations = parameters?.children.filter((child) => child.type === 'parameter_declaration') ?? []
  return declarations.flatMap((declaration) => {
    const name = childOf(declaration, 'type')
    const operand = name?.type === 'type_identifier' ? operandOf(name, childOf(declaration, 'declarator')) : undefined
    return operand === undefined ? [] : [operand]
  })
}

function create(
  type: string,
  field: string | undefined,
  children: readonly SyntaxNode[],
  near?: SyntaxNode,
): SyntaxNode {
  const start = children[0]?.start ?? near?.end ?? 0
  const end = children[children.length - 1]?.end ?? start
  return { type, field, start, end, named: true, parent: undefined, children }
}
