// Mutations of a kernel, found on its syntax tree: one operator, constant or condition becomes another.

import { childOf, type ParsedUnit, type SyntaxNode, textOf } from '../../../kernels/index.ts'
import { alternativesOf, constantsFor, type OperatorKind } from './operators.ts'

export interface Mutation {
  readonly kind: OperatorKind | 'constant' | 'negation'
  /** What is replaced, as offsets into the source. */
  readonly start: number
  readonly end: number
  readonly text: string
}

/** All mutations of a unit, in source order. Each is one change: of several, a generation makes one after the other. */
export function findMutations(unit: ParsedUnit): Mutation[] {
  const mutations: Mutation[] = []
  const open: SyntaxNode[] = [unit.root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    mutations.push(...mutationsOf(unit, node))
    open.push(...node.children)
  }
  return mutations.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** The source with the mutation in it. */
export function applyMutation(source: string, { start, end, text }: Mutation): string {
  return source.slice(0, start) + text + source.slice(end)
}

function mutationsOf(unit: ParsedUnit, node: SyntaxNode): Mutation[] {
  switch (node.type) {
    case 'binary_expression':
    case 'assignment_expression':
      return operatorMutations(node)
    case 'number_literal':
      return constantsFor(textOf(unit, node)).map((text) => ({ kind: 'constant', ...spanOf(node), text }))
    case 'if_statement':
    case 'while_statement': {
      const condition = childOf(node, 'condition')
      if (condition === undefined) return []
      return [{ kind: 'negation', ...spanOf(condition), text: `(!${textOf(unit, condition)})` }]
    }
    default:
      return []
  }
}

function operatorMutations(node: SyntaxNode): Mutation[] {
  const operator = childOf(node, 'operator')
  const found = operator === undefined ? undefined : alternativesOf(operator.type)
  if (operator === undefined || found === undefined) return []
  return found.others.map((text) => ({ kind: found.kind, ...spanOf(operator), text }))
}

function spanOf({ start, end }: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start, end }
}
