// A statement becomes what it holds: the body of a condition, loop or block, its expressions, or all of these in turn.

import { childOf, type ParsedUnit, type SyntaxNode, textOf } from '../../../kernels/index.ts'
import { type ReductionKind, startOf } from '../reduction.ts'

export const unwrap: ReductionKind = {
  id: 'unwrap',
  find(unit, kernel) {
    return kernel.statements.flatMap(({ node }) => {
      const start = startOf(unit, node)
      const texts = new Set(partsOf(unit, node).flatMap((part, i, parts) => [part, parts.slice(i).join(' ')]))
      return [...texts].map((text) => [{ start, end: node.end, text }])
    })
  },
}

/** What is carried out when the statement is, in that order, as statements. */
function partsOf(unit: ParsedUnit, node: SyntaxNode): string[] {
  switch (node.type) {
    case 'compound_statement':
      return [inside(unit, node)]
    case 'declaration':
      return node.children.flatMap((child) => asStatement(unit, childOf(child, 'value')))
    case 'return_statement':
      return asStatement(
        unit,
        node.children.find(({ named }) => named),
      )
    case 'labeled_statement':
      return [textOf(unit, node.children[node.children.length - 1])]
    case 'do_statement':
      return [inside(unit, childOf(node, 'body')), ...asStatement(unit, childOf(node, 'condition'))]
    case 'if_statement':
    case 'for_statement':
    case 'while_statement':
    case 'switch_statement':
      return [
        ...asStatement(unit, childOf(node, 'initializer')),
        ...asStatement(unit, childOf(node, 'condition')),
        ...['consequence', 'body'].flatMap((field) => childOf(node, field) ?? []).map((body) => inside(unit, body)),
        ...asStatement(unit, childOf(node, 'update')),
        ...(childOf(node, 'alternative')?.children ?? []).filter(({ named }) => named).map((one) => inside(unit, one)),
      ]
    default:
      return []
  }
}

function asStatement(unit: ParsedUnit, node: SyntaxNode | undefined): string[] {
  if (node === undefined || node.type === 'initializer_list') return []
  if (node.type === 'declaration') return [textOf(unit, node)]
  const isEnclosed = node.type === 'parenthesized_expression'
  return [`${unit.source.slice(node.start + Number(isEnclosed), node.end - Number(isEnclosed))};`]
}

/** Statements of a block without its brackets, of a `switch` without its cases. */
function inside(unit: ParsedUnit, node: SyntaxNode | undefined): string {
  if (node === undefined) return ''
  if (node.type !== 'compound_statement') return textOf(unit, node)
  if (node.parent?.type !== 'switch_statement') return unit.source.slice(node.start + 1, node.end - 1)
  return node.children
    .flatMap((child) => (child.type === 'case_statement' ? child.children : [child]))
    .filter(({ named, field, type }) => named && field !== 'value' && type !== 'break_statement')
    .map((child) => unit.source.slice(startOf(unit, child), child.end))
    .join(' ')
}
