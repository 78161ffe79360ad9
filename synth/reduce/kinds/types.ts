// Types become plainer: a vector its element, any type `int`; pointers and arrays lose a level.

import { type ParsedUnit, type SyntaxNode, textOf } from '../../../kernels/index.ts'
import { cut, type Reduction, type ReductionKind } from '../reduction.ts'

export const types: ReductionKind = {
  id: 'types',
  find(unit) {
    const found: Reduction[] = []
    const visit = (node: SyntaxNode): void => {
      if (node.field === 'type') found.push(...plainer(unit, node))
      const inner = node.children.find(({ field }) => field === 'declarator')
      if (node.type === 'pointer_declarator' && inner) found.push([cut(node.start, inner.start)])
      if (node.type === 'array_declarator' && inner) found.push([cut(inner.end, node.end)])
      node.children.forEach(visit)
    }
    visit(unit.root)
    return found
  },
}

function plainer(unit: ParsedUnit, { type, start, end, children }: SyntaxNode): Reduction[] {
  const text = unit.source.slice(start, end)
  const element = /^(\w*?[a-z])(?:2|3|4|8|16)$/.exec(text)?.[1]
  const words = type === 'sized_type_specifier' ? children.map((word) => textOf(unit, word)) : []
  return ['int', ...(element === undefined ? [] : [element]), ...words].map((plain) => [{ start, end, text: plain }])
}
