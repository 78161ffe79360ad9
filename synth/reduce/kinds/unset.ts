// A variable loses its initial value, and may then be read before anything is written to it.

import type { SyntaxNode } from '../../../kernels/index.ts'
import { cut, type Reduction, type ReductionKind } from '../reduction.ts'

export const unset: ReductionKind = {
  id: 'unset',
  find: (unit) => initialisers(unit.root),
}

function initialisers(node: SyntaxNode): Reduction[] {
  const name = node.type === 'init_declarator' ? node.children[0] : undefined
  const own: Reduction[] = name === undefined ? [] : [[cut(name.end, node.end)]]
  return [...own, ...node.children.flatMap(initialisers)]
}
