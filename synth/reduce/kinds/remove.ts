// Members of lists go, one by one and in runs: items of the file, statements, cases, fields, enumerators, declarators,
// arguments, initialisers. A statement that stands alone becomes `;`.

import { findItems, type ParsedUnit, type SyntaxNode, textOf } from '../../../kernels/index.ts'
import { cut, type Reduction, type ReductionKind, type Splice, startOf } from '../reduction.ts'

export const remove: ReductionKind = {
  id: 'remove',
  find(unit) {
    const found = runsOf(findItems(unit).map(({ node, end }) => cut(startOf(unit, node), end)))
    visit(unit, unit.root, found)
    return found
  },
}

const blocks = new Set(['compound_statement', 'case_statement', 'field_declaration_list', 'ERROR'])
const commaLists = new Set(['argument_list', 'initializer_list', 'enumerator_list'])
const declarations = new Set(['declaration', 'field_declaration', 'type_definition'])

function visit(unit: ParsedUnit, node: SyntaxNode, found: Reduction[]): void {
  if (blocks.has(node.type)) {
    const members = node.children.filter((child) => isMember(child))
    found.push(...runsOf(members.map((child) => cut(startOf(unit, child), child.end))))
  } else if (commaLists.has(node.type)) {
    found.push(...runsOf(node.children.filter(({ named }) => named).map(withComma)))
  } else if (declarations.has(node.type)) {
    const declarators = node.children.filter(({ field }) => field === 'declarator')
    if (declarators.length > 1) found.push(...runsOf(declarators.map(withComma)))
  } else if (node.type === 'for_statement') {
    found.push(...node.children.filter(({ field }) => /^(?:condition|update)$/.test(field ?? '')).map(emptied))
    found.push(...node.children.filter(({ field, named }) => field === 'initializer' && named).map(emptied))
  }
  if (node.type === 'else_clause' || node.type === 'ERROR') found.push([cut(node.start, node.end)])
  if (isSole(node) && textOf(unit, node) !== ';') found.push([{ start: node.start, end: node.end, text: ';' }])
  for (const child of node.children) visit(unit, child, found)
}

function isMember(node: SyntaxNode): boolean {
  return node.parent?.type === 'ERROR' || (node.named && node.field !== 'value')
}

/** With the comma behind it; the one before a last member goes where the list is put together. */
function withComma(node: SyntaxNode): Splice {
  const siblings = node.parent?.children ?? []
  const next = siblings[siblings.indexOf(node) + 1]
  return cut(node.start, next?.type === ',' ? next.end : node.end)
}

function emptied(node: SyntaxNode): Reduction {
  return [{ start: node.start, end: node.end, text: node.type === 'declaration' ? ';' : '' }]
}

/** A statement that the grammar wants there. */
function isSole(node: SyntaxNode): boolean {
  const { parent, type, field } = node
  if (!type.endsWith('_statement') || parent === undefined) return false
  return /^(?:else_clause|labeled_statement)$/.test(parent.type) || /^(?:body|consequence)$/.test(field ?? '')
    ? parent.type !== 'function_definition'
    : false
}

/** All members, both halves, their halves and so on down to single ones: the chunks of ddmin. */
function runsOf(members: readonly Splice[]): Reduction[] {
  const runs: Reduction[] = []
  for (let length = members.length; length > 0; length = length === 1 ? 0 : (length + 1) >> 1) {
    for (let first = 0; first < members.length; first += length) {
      const last = members[Math.min(first + length, members.length) - 1]
      runs.push([cut(members[first].start, last.end)])
    }
  }
  return runs
}
