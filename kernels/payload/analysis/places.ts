// Expressions as places: variables, elements, fields, components.

import { childOf, type SyntaxNode } from '../../parse.ts'
import { type CType, sizeOf, unknownType } from '../c-types.ts'
import { findVariable, load, type Machine, nowhere, type Place, pointerTo, textIn, typeOfPlace } from './machine.ts'
import type { Variable } from './state.ts'
import { movePointer, type Target, unknownOf, type Value } from './values.ts'

/** Where an expression's value stands; `nowhere` for what is no place. */
export function findPlace(machine: Machine, node: SyntaxNode | undefined): Place {
  switch (node?.type) {
    case 'identifier': {
      const variable = findVariable(machine, textIn(machine, node))
      return variable === undefined ? nowhere(machine.evaluate(node)) : placeOfVariable(variable)
    }
    case 'parenthesized_expression':
      return findPlace(
        machine,
        node.children.find((child) => child.named),
      )
    case 'subscript_expression':
      return elementPlace(machine, node)
    case 'field_expression':
      return fieldPlace(machine, node)
    case 'pointer_expression':
      return behind(machine.evaluate(childOf(node, 'argument')))
    default:
      return nowhere(machine.evaluate(node))
  }
}

export function placeOfVariable(variable: Variable): Place {
  if (variable.object === undefined) return { kind: 'variable', variable }
  return { kind: 'memory', targets: pointerTo(variable.object, variable.type).targets ?? [], type: variable.type }
}

/** `*pointer`. */
function behind(pointer: Value): Place {
  const type = pointee(pointer.type)
  return pointer.targets === undefined ? nowhere(unknownOf(type)) : { kind: 'memory', targets: pointer.targets, type }
}

function pointee(type: CType): CType {
  if (type.kind === 'pointer') return type.to
  return type.kind === 'array' ? type.of : unknownType
}

function elementPlace(machine: Machine, node: SyntaxNode): Place {
  const base = machine.evaluate(childOf(node, 'argument'))
  const index = machine.evaluate(childOf(node, 'index'))
  if (base.type.kind === 'vector') {
    return nowhere({ ...base, type: { kind: 'scalar', name: base.type.element }, link: undefined })
  }
  const type = pointee(base.type)
  if (base.targets === undefined) return nowhere(unknownOf(type, index.sources))
  if (machine.isRecording) {
    const text = textIn(machine, childOf(node, 'index')).replace(/\s+/g, '')
    for (const { object } of base.targets) object.indices.add(text)
  }
  const { targets = [] } = movePointer(base, index, Math.max(sizeOf(type), 1), 1)
  return { kind: 'memory', targets, type }
}

function fieldPlace(machine: Machine, node: SyntaxNode): Place {
  const argument = childOf(node, 'argument')
  const name = textIn(machine, childOf(node, 'field'))
  const isArrow = node.children.some((child) => child.type === '->')
  const base = isArrow ? behind(machine.evaluate(argument)) : findPlace(machine, argument)
  const type = typeOfPlace(base)
  if (type.kind === 'vector') return { kind: 'component', of: base, type: swizzled(type, name) }
  const field = type.kind === 'struct' ? type.fields.find((one) => one.name === name) : undefined
  if (field === undefined) return nowhere()
  const targets = base.kind === 'memory' ? base.targets : load(machine, base).targets
  if (targets === undefined) return nowhere(unknownOf(field.type))
  return { kind: 'memory', targets: targets.map((target) => into(target, field.offset)), type: field.type }
}

function into(target: Target, offset: number): Target {
  return { ...target, lo: target.lo + offset, hi: target.hi + offset, field: target.field + offset }
}

function swizzled(type: CType & { kind: 'vector' }, name: string): CType {
  const { element } = type
  const count = /^(?:lo|hi|even|odd)$/.test(name)
    ? Math.ceil(type.length / 2)
    : /^s/i.test(name)
      ? name.length - 1
      : name.length
  return count === 1 ? { kind: 'scalar', name: element } : { kind: 'vector', element, length: count }
}
