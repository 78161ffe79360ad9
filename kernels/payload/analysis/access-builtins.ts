// Built-ins that read or write memory: vector loads and stores, atomics, copies, images.

import type { SyntaxNode } from '../../parse.ts'
import { type CType, elementName, floatType, intType, sizeOf, unknownType } from '../c-types.ts'
import type { ScalarName } from '../payload.ts'
import { noteComparison } from './demands.ts'
import { access, contentsAt, load, type Machine, type Place, store, textIn } from './machine.ts'
import { anyItem, joinValues, movePointer, noSources, type Target, unknownOf, type Value } from './values.ts'

const pattern =
  /^(?:v(load|store)a?_?(half)?(\d*)(?:_rt[ezpn])?|(atom(?:ic)?_\w+)|(async_work_group_(?:strided_)?copy)|((?:read|write)_image\w+)|(prefetch|fract|sincos|modf|frexp|remquo|lgamma_r))$/

export function isAccessBuiltin(name: string): boolean {
  return pattern.test(name)
}

export function accessBuiltin(
  machine: Machine,
  name: string,
  nodes: readonly SyntaxNode[],
  values: readonly Value[],
): Value {
  const match = pattern.exec(name)
  if (match?.[1] === 'load') return vectorLoad(machine, match[2] === 'half', Number(match[3] || 1), values, name)
  if (match?.[1] === 'store') return vectorStore(machine, match[2] === 'half', Number(match[3] || 1), values, name)
  if (match?.[4] !== undefined) return atomic(machine, match[4], nodes, values)
  if (match?.[5] !== undefined) return copy(machine, values, name.includes('strided'))
  if (match?.[6] !== undefined) return image(machine, name, nodes, values)
  if (name === 'prefetch') return unknownOf(unknownType)
  return throughPointer(machine, values)
}

/** Elements of type T at `p + offset · n`; a vector of three that is aligned takes the room of four. */
function vectorPlace(isHalf: boolean, length: number, offset: Value, pointer: Value, name: string): Place | undefined {
  if (pointer.targets === undefined || pointer.type.kind !== 'pointer') return undefined
  const element: ScalarName = isHalf ? 'half' : (elementName(pointer.type.to) ?? 'float')
  const scalar: CType = { kind: 'scalar', name: element }
  const stride = sizeOf(scalar) * (length === 3 && name.includes('a_') ? 4 : length)
  const { targets = [] } = movePointer(pointer, offset, stride, 1)
  return { kind: 'memory', targets, type: length === 1 ? scalar : { kind: 'array', of: scalar, length } }
}

function vectorLoad(machine: Machine, isHalf: boolean, length: number, values: readonly Value[], name: string): Value {
  const place = vectorPlace(isHalf, length, values[0], values[1], name)
  const element: ScalarName = isHalf ? 'float' : (elementOfPointer(values[1]) ?? 'float')
  const type: CType = length === 1 ? { kind: 'scalar', name: element } : { kind: 'vector', element, length }
  if (place?.kind !== 'memory') return unknownOf(type)
  access(machine, place.targets, sizeOf(place.type), 'isRead')
  const scalar: CType = { kind: 'scalar', name: element }
  const held = place.targets.map((target) => contentsAt(machine, target, scalar)).reduce(joinValues)
  return { ...held, type }
}

function elementOfPointer(pointer: Value): ScalarName | undefined {
  return pointer.type.kind === 'pointer' ? elementName(pointer.type.to) : undefined
}

function vectorStore(machine: Machine, isHalf: boolean, length: number, values: readonly Value[], name: string): Value {
  const place = vectorPlace(isHalf, length, values[1], values[2], name)
  if (place?.kind === 'memory') {
    access(machine, place.targets, sizeOf(place.type), 'isWritten')
    store(machine, { ...place, targets: place.targets, type: { kind: 'scalar', name: 'char' } }, values[0])
  }
  return unknownOf(unknownType)
}

/**
 * The old value. A counter starts at 0 and gives each of those who count a number of their own, as far as anyone can
 * tell who sizes a buffer by it.
 */
function atomic(machine: Machine, name: string, nodes: readonly SyntaxNode[], values: readonly Value[]): Value {
  const [pointer, operand, third] = values
  if (pointer === undefined || pointer.type.kind !== 'pointer' || pointer.targets === undefined)
    return unknownOf(intType)
  const place: Place = { kind: 'memory', targets: pointer.targets, type: pointer.type.to }
  const old = load(machine, place)
  const isUsed = nodes[0]?.parent?.parent?.parent?.type !== 'expression_statement'
  const isCounting = /_(?:inc|add|fetch_add)(?:_explicit)?$/.test(name)
  if (isCounting && isUsed) return count(machine, pointer.targets, operand, old.type)
  if (isCounting) {
    store(machine, place, unknownOf(old.type, operand?.sources ?? noSources))
    return old
  }
  const isExchange = /cmpxchg|compare_exchange/.test(name)
  if (isExchange && operand !== undefined) noteComparison(machine, '==', old, operand)
  store(machine, place, joinValues(old, (isExchange ? third : operand) ?? old))
  return old
}

function count(machine: Machine, targets: readonly Target[], step: Value | undefined, type: CType): Value {
  const { globalSize, localSize } = machine.setting
  const isShared = targets.every(({ object }) => object.space === 'local')
  const items = (isShared ? localSize : globalSize).reduce((a, b) => a * b, 1)
  const most = Math.max(1, step?.hi ?? 1) * items * machine.repeats
  for (const { object } of targets) object.isCounter = true
  access(machine, targets, sizeOf(type), 'isWritten')
  return { type, sources: anyItem | (step?.sources ?? noSources), lo: 0, hi: most - 1 }
}

/** `async_work_group_copy(to, from, count, event)`, with a stride in global memory. */
function copy(machine: Machine, [to, from, elements, stride]: readonly Value[], isStrided: boolean): Value {
  const event: CType = { kind: 'opaque', name: 'event_t' }
  if (to?.type.kind !== 'pointer' || from?.type.kind !== 'pointer' || elements === undefined) return unknownOf(event)
  const bytes = sizeOf(to.type.to)
  for (const [pointer, mark] of [
    [from, 'isRead'],
    [to, 'isWritten'],
  ] as const) {
    const isFar = isStrided && pointer.targets?.some(({ object }) => object.space !== 'local')
    const room = elements.hi * (isFar ? Math.max(stride?.hi ?? 1, 1) : 1) * bytes
    access(machine, pointer.targets ?? [], room, mark)
  }
  const held = load(machine, {
    kind: 'memory',
    targets: (from.targets ?? []).map(startOf),
    type: from.type.kind === 'pointer' ? from.type.to : unknownType,
  })
  for (const target of to.targets ?? []) {
    store(
      machine,
      { kind: 'memory', targets: [startOf(target)], type: to.type.kind === 'pointer' ? to.type.to : unknownType },
      held,
    )
  }
  return unknownOf(event)
}

function startOf(target: Target): Target {
  return { ...target, lo: 0, hi: 0 }
}

function image(machine: Machine, name: string, nodes: readonly SyntaxNode[], values: readonly Value[]): Value {
  const coordinates = values[name.startsWith('write') || values.length === 2 ? 1 : 2]
  if (
    machine.isRecording &&
    coordinates !== undefined &&
    /^u?(?:int|long)$/.test(elementName(coordinates.type) ?? '')
  ) {
    machine.findings.imageReach = Math.max(machine.findings.imageReach, coordinates.hi)
  }
  const suffix = name[name.length - 1]
  if (suffix === 'i') machine.findings.wholeImages.add(textIn(machine, nodes[0]))
  const element: ScalarName = suffix === 'f' ? 'float' : suffix === 'h' ? 'half' : name.endsWith('ui') ? 'uint' : 'int'
  return {
    ...unknownOf({ kind: 'vector', element, length: 4 }),
    ...(suffix === 'f' ? { lo: 0, hi: 1 } : { lo: 0, hi: 255 }),
  }
}

/** `fract`, `sincos` and the like write their second result through a pointer. */
function throughPointer(machine: Machine, values: readonly Value[]): Value {
  const pointer = values[values.length - 1]
  if (pointer?.targets !== undefined && pointer.type.kind === 'pointer') {
    store(machine, { kind: 'memory', targets: pointer.targets, type: pointer.type.to }, unknownOf(pointer.type.to))
  }
  return unknownOf(values[0]?.type ?? floatType)
}
