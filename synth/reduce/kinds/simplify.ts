// An expression becomes one of its operands or arguments; a value becomes a literal of its kind.

import { type ParsedUnit, type SyntaxNode, textOf } from '../../../kernels/index.ts'
import { type Expression, isInteger, isNumeric } from '../../edits/index.ts'
import type { Reduction, ReductionKind } from '../reduction.ts'

export const simplify: ReductionKind = {
  id: 'simplify',
  find(unit, kernel) {
    const values = kernel.expressions.filter(({ node }) => !isCondition(node))
    return [
      ...values.flatMap((value) => [...literalsFor(value), ...operandsOf(unit, value.node)].map(replacing(value.node))),
      ...sizesOf(unit.root).map((size): Reduction => replacing(size)('1')),
    ]
  },
}

/** The brackets after `if` and the like have to stay. */
function isCondition(node: SyntaxNode): boolean {
  return node.type === 'parenthesized_expression' && /^(?:if|while|do|switch)_statement$/.test(node.parent?.type ?? '')
}

function literalsFor({ role, type }: Expression): string[] {
  if (role !== 'value') return []
  return isNumeric(type) && isInteger(type) ? ['0', '1'] : ['0', '0.0f']
}

function operandsOf(unit: ParsedUnit, node: SyntaxNode): string[] {
  const operands = node.children
    .flatMap((child) => (child.type === 'argument_list' ? child.children : [child]))
    .filter(
      ({ named, type, field }) => named && !/^(?:type_descriptor|field_identifier)$/.test(type) && field !== 'function',
    )
  const isOuter = node.type === 'parenthesized_expression' || !isOperand(node)
  return operands.map((operand) => {
    const text = textOf(unit, operand)
    return isOuter || !isLoose.test(operand.type) ? text : `(${text})`
  })
}

const isLoose = /^(?:binary|conditional|assignment|comma|cast)_expression$/

/** Would a loose expression fall apart in its place? */
function isOperand({ parent, field }: SyntaxNode): boolean {
  if (parent?.type === 'subscript_expression') return field === 'argument'
  return /^(?:binary|unary|cast|conditional|field|update|pointer)_expression$/.test(parent?.type ?? '')
}

function replacing({ start, end }: SyntaxNode): (text: string) => Reduction {
  return (text) => [{ start, end, text }]
}

/** Sizes of arrays. */
function sizesOf(node: SyntaxNode): SyntaxNode[] {
  const own = node.type === 'array_declarator' ? node.children.filter(({ field }) => field === 'size') : []
  return [...own, ...node.children.flatMap(sizesOf)]
}
