// The abstract machine that a kernel runs on: all work-items at once, bounds for values. Parts of the interpreter take
// it as their first parameter and reach each other through it.

import type { ParsedUnit, SyntaxNode } from '../../parse.ts'
import { textOf } from '../../parse.ts'
import { type CType, elementName, integerRange, scalarsOf, sizeOf, unknownType } from '../c-types.ts'
import type { TypeTable } from '../declarations.ts'
import type { Findings, Setting } from './findings.ts'
import { type Interval, join } from './interval.ts'
import { type MemoryObject, newObject } from './memory.ts'
import { forgetMemory, type State, setValue, type Variable } from './state.ts'
import {
  joinValues,
  noSources,
  parameterSource,
  rangeOf,
  type Sources,
  type Target,
  unknownOf,
  type Value,
} from './values.ts'

/** Somewhere a value can be read from or written to. */
export type Place =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'memory'; readonly targets: readonly Target[]; readonly type: CType }
  /** Some components of a vector. */
  | { readonly kind: 'component'; readonly of: Place; readonly type: CType }
  | { readonly kind: 'nowhere'; readonly value: Value }

/** A function being run. */
export interface Frame {
  readonly depth: number
  result: Value | undefined
  /** States at `return`. */
  left: State | undefined
}

/** A loop or switch being run. */
export interface Breakable {
  broken: State | undefined
  continued: State | undefined
  readonly isLoop: boolean
}

/** Loops within loops: their rounds in all, and what these depend on. */
export interface Nest {
  readonly rounds: number
  readonly sources: Sources
}

export interface Machine {
  readonly unit: ParsedUnit
  readonly setting: Setting
  readonly findings: Findings
  /** Undefined where control does not come. */
  state: State | undefined
  types: TypeTable
  readonly fileTypes: TypeTable
  scopes: Map<string, Variable>[]
  frame: Frame
  readonly breakables: Breakable[]
  /** False while a loop's bounds are being looked for: accesses do not count yet. */
  isRecording: boolean
  /** Inside a condition under which the work-item does nothing. */
  skipsWhereTrue: boolean
  /** Did what memory holds change in this round? */
  hasNewContents: boolean
  /** From the third round on contents that still grow may be anything. */
  round: number
  /** How often the innermost statement may run in a work-item. */
  repeats: number
  /** The same, of those loops alone that scalars end, not data. */
  nest: Nest
  /** Expressions evaluated so far. */
  steps: number
  readonly functions: ReadonlyMap<string, SyntaxNode>
  /** Objects of declarations, which are the same in every round. */
  readonly objects: Map<SyntaxNode, MemoryObject>
  evaluate(node: SyntaxNode | undefined): Value
  execute(node: SyntaxNode): void
  /** Go on knowing that a condition holds, or does not. */
  assume(condition: SyntaxNode | undefined, holds: boolean): void
}

export function textIn(machine: Machine, node: SyntaxNode | undefined): string {
  return node === undefined ? '' : textOf(machine.unit, node)
}

export function findVariable(machine: Machine, name: string): Variable | undefined {
  for (let i = machine.scopes.length - 1; i >= 0; i--) {
    const found = machine.scopes[i].get(name)
    if (found !== undefined) return found
  }
  return undefined
}

export function declareVariable(machine: Machine, variable: Variable): void {
  machine.scopes[machine.scopes.length - 1].set(variable.name, variable)
}

/** Close the innermost scope. Values of its variables are of no more use, and states are copied often. */
export function dropScope(machine: Machine): void {
  for (const variable of machine.scopes.pop()?.values() ?? []) machine.state?.values.delete(variable)
}

/** The object of a declaration, made at its first run. */
export function objectOf(machine: Machine, node: SyntaxNode, fields: Parameters<typeof newObject>[0]): MemoryObject {
  const known = machine.objects.get(node)
  if (known !== undefined) return known
  const object = newObject(fields)
  machine.objects.set(node, object)
  machine.findings.objects.push(object)
  return object
}

/** A pointer to the start of an object, of the given type. */
export function pointerTo(object: MemoryObject, type: CType): Value {
  const target = { object, field: 0, lo: 0, hi: 0, sources: noSources }
  return { type, lo: 1, hi: Number.POSITIVE_INFINITY, sources: noSources, targets: [target] }
}

export function load(machine: Machine, place: Place): Value {
  switch (place.kind) {
    case 'nowhere':
      return place.value
    case 'variable':
      return machine.state?.values.get(place.variable) ?? unknownOf(place.variable.type)
    case 'component': {
      const { lo, hi, sources, link } = load(machine, place.of)
      return { type: place.type, lo, hi, sources, link }
    }
    case 'memory':
      if (place.type.kind === 'struct') access(machine, place.targets, place.type.size, 'isRead')
      if (place.type.kind === 'array' || place.type.kind === 'struct') {
        return { type: place.type, lo: 0, hi: Number.POSITIVE_INFINITY, sources: noSources, targets: place.targets }
      }
      access(machine, place.targets, sizeOf(place.type), 'isRead')
      return (
        place.targets.map((target) => contentsAt(machine, target, place.type)).reduce(joinOr, undefined) ??
        unknownOf(place.type)
      )
  }
}

function joinOr(a: Value | undefined, b: Value): Value {
  return a === undefined ? b : joinValues(a, b)
}

export function store(machine: Machine, place: Place, value: Value): void {
  const { state } = machine
  if (state === undefined) return
  switch (place.kind) {
    case 'variable':
      setValue(state, place.variable, value)
      return
    case 'component':
      store(machine, place.of, joinValues(load(machine, place.of), value))
      return
    case 'memory':
      access(machine, place.targets, sizeOf(place.type), 'isWritten')
      for (const target of place.targets) {
        if (place.type.kind === 'struct') copyFields(machine, value.targets ?? [], target, place.type)
        else addContents(machine, target, value)
      }
      forgetMemory(state)
      return
    case 'nowhere':
      return
  }
}

/** Note an access of `bytes` bytes. */
export function access(
  machine: Machine,
  targets: readonly Target[],
  bytes: number,
  mark: 'isRead' | 'isWritten',
): void {
  if (!machine.isRecording || machine.state === undefined) return
  for (const { object, hi, sources } of targets) {
    object[mark] = true
    object.sources |= sources
    if (mark === 'isWritten') object.writeSources |= sources
    machine.findings.indexSources |= sources
    const reach = hi + bytes
    if (reach > object.reach) {
      object.reach = reach
      object.reachSources = sources
    }
    if (object.fixedBytes !== undefined && reach > object.fixedBytes) {
      machine.findings.overruns.push({ object, reach, sources })
    }
  }
}

/** What a parameter's buffer holds before the kernel runs. */
function initialContents(
  machine: Machine,
  object: MemoryObject,
  type: CType,
): (Interval & { sources: number }) | undefined {
  if (object.parameter === undefined || object.space === 'local') return undefined
  const sources = parameterSource(object.parameter)
  if (machine.setting.freeData.has(object.parameter)) return { ...rangeOf(type), sources }
  const { least, greatest, low, high } = machine.setting.contents[object.parameter]
  const name = elementName(type)
  const range = name === undefined ? undefined : integerRange(name)
  if (range === undefined) return { lo: low, hi: high, sources }
  return { lo: Math.max(range[0], least), hi: Math.min(range[1], greatest), sources }
}

export function contentsAt(machine: Machine, { object, field }: Target, type: CType): Value {
  const initial = initialContents(machine, object, type)
  const stored = object.contents.get(field)
  if (initial === undefined) {
    return stored === undefined ? { type, lo: 0, hi: 0, sources: noSources } : { ...stored, type }
  }
  const sources = initial.sources | (stored?.sources ?? 0)
  return { type, ...(stored === undefined ? initial : join(initial, stored)), sources }
}

/** All fields of a struct, from wherever it may come. */
function copyFields(machine: Machine, from: readonly Target[], to: Target, type: CType): void {
  for (const { offset, type: name } of scalarsOf(type)) {
    for (const target of from) {
      const value = contentsAt(machine, { ...target, field: target.field + offset }, { kind: 'scalar', name })
      addContents(machine, { ...to, field: to.field + offset }, value)
    }
  }
}

function addContents(machine: Machine, { object, field }: Target, value: Value): void {
  if (!machine.isRecording) return
  const stored = object.contents.get(field)
  const { lo, hi } = stored === undefined ? value : join(stored, value)
  const sources = (stored?.sources ?? 0) | value.sources
  if (stored !== undefined && stored.lo <= lo && stored.hi >= hi && stored.sources === sources) return
  machine.hasNewContents = true
  const isGrowing = machine.round >= 2 && stored !== undefined
  object.contents.set(field, { ...(isGrowing ? rangeOf(value.type) : { lo, hi }), sources })
}

/** What a place holds. */
export function typeOfPlace(place: Place): CType {
  switch (place.kind) {
    case 'variable':
      return place.variable.type
    case 'nowhere':
      return place.value.type
    default:
      return place.type
  }
}

export function nowhere(value: Value = unknownOf(unknownType)): Place {
  return { kind: 'nowhere', value }
}
