// Qualifiers, attributes, storage classes and pragmas go.

import type { SyntaxNode } from '../../../kernels/index.ts'
import { cut, type ReductionKind } from '../reduction.ts'

export const qualifiers: ReductionKind = {
  id: 'qualifiers',
  find: (unit) => [...unit.masks, ...written(unit.root)].map(({ start, end }) => [cut(start, end)]),
}

function written(node: SyntaxNode): SyntaxNode[] {
  const isOne = /^(?:type_qualifier|storage_class_specifier)$/.test(node.type)
  return isOne ? [node] : node.children.flatMap(written)
}
