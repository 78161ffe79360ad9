// What a kernel is called with: its parameters with their types, the types of the unit, and the group size it requires.

import { findItems, type Item } from '../extract.ts'
import { childOf, functionDeclarator, masksWithin, type ParsedUnit, type SyntaxNode } from '../parse.ts'
import type { CType, Space } from './c-types.ts'
import { readInteger, TypeTable } from './declarations.ts'

/** A parameter of the kernel. */
export interface Parameter {
  readonly name: string
  readonly type: CType
  /** Of the parameter itself; what a pointer points to has its space in the type. */
  readonly space: Space
  /** As written on an image: `write_only`. */
  readonly isWritten: boolean
}

/** A kernel found in a unit. */
export interface Signature {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly definition: SyntaxNode
  /** Types and enumerators at file scope. */
  readonly types: TypeTable
  /** Of the attribute `reqd_work_group_size`. */
  readonly requiredLocalSize: readonly number[] | undefined
}

/** @returns undefined where the unit defines no kernel of that name, or none at all */
export function readSignature(unit: ParsedUnit, kernelName?: string): Signature | undefined {
  const items = findItems(unit)
  const item = items.find((one) => one.kernelName !== undefined && (kernelName ?? one.kernelName) === one.kernelName)
  const declarator = item && functionDeclarator(item.node)
  if (item?.kernelName === undefined || declarator === undefined) return undefined
  const types = new TypeTable(unit)
  for (const other of items) if (other.start < item.start) declareFileScope(other, types)
  return {
    name: item.kernelName,
    parameters: readParameters(unit, declarator, types),
    definition: item.node,
    types,
    requiredLocalSize: readRequiredSize(unit, item, declarator, types),
  }
}

function declareFileScope({ node, start }: Item, types: TypeTable): void {
  if (node.type === 'type_definition') types.declareTypes(node, start)
  else if (/^(?:struct|union|enum)_specifier$/.test(node.type)) types.declareTypes(node, start)
  else if (node.type === 'declaration') types.readSpecifier(childOf(node, 'type'))
}

/** Parameters of any function, given its declarator. */
export function readParameters(unit: ParsedUnit, declarator: SyntaxNode, types: TypeTable): Parameter[] {
  const list = childOf(declarator, 'parameters')
  if (list === undefined) return []
  const parameters: Parameter[] = []
  let start = list.start
  for (const child of list.children) {
    if (child.type === 'parameter_declaration') {
      const [{ name, type, space }] = types.readDeclaration(child, start)
      const isVoid = type.kind === 'opaque' && type.name === 'void' && name === ''
      const isWritten = masksWithin(unit, start, child.end).some((mask) => /write/.test(mask.text))
      if (!isVoid) parameters.push({ name, type, space, isWritten })
    }
    start = child.end
  }
  return parameters
}

function readRequiredSize(
  unit: ParsedUnit,
  item: Item,
  declarator: SyntaxNode,
  types: TypeTable,
): readonly number[] | undefined {
  const body = childOf(item.node, 'body')
  const masks = masksWithin(unit, item.start, body?.start ?? declarator.end)
  const sizes = masks.flatMap((mask) => /reqd_work_group_size(?:__)?\s*\(([^)]*)\)/.exec(mask.text)?.[1] ?? [])
  if (sizes.length === 0) return undefined
  return sizes[0].split(',').map((size) => readInteger(size.trim()) ?? types.constant(size.trim()) ?? 1)
}
