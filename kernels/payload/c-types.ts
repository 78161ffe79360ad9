// OpenCL C's types as memory sees them: sizes, alignments and fields.
// Source: OpenCL C 2.0 specification, sections 6.1.1, 6.1.2 and 6.1.5; vectors of three take the room of four.

import type { ScalarField, ScalarName } from './payload.ts'

/** Address spaces; what names none is private. */
export type Space = 'global' | 'local' | 'constant' | 'private'

/** A type; layouts are those of a 64-bit device. */
export type CType =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  | { readonly kind: 'vector'; readonly element: ScalarName; readonly length: number }
  | { readonly kind: 'array'; readonly of: CType; readonly length: number | undefined }
  | { readonly kind: 'pointer'; readonly to: CType; readonly space: Space }
  | {
      readonly kind: 'struct'
      readonly name: string
      readonly fields: readonly Field[]
      readonly size: number
      readonly align: number
    }
  /** Images, samplers, events, `void`, and what is not known. */
  | { readonly kind: 'opaque'; readonly name: string }

/** A member of a struct, at its byte offset; of a union, at 0. */
export interface Field {
  readonly name: string
  readonly type: CType
  readonly offset: number
}

const scalarSizes: Readonly<Record<ScalarName, number>> = {
  bool: 1,
  char: 1,
  uchar: 1,
  short: 2,
  ushort: 2,
  int: 4,
  uint: 4,
  long: 8,
  ulong: 8,
  half: 2,
  float: 4,
  double: 8,
}

const aliases: Readonly<Record<string, ScalarName>> = {
  _Bool: 'bool',
  size_t: 'ulong',
  uintptr_t: 'ulong',
  ptrdiff_t: 'long',
  intptr_t: 'long',
  signed: 'int',
  unsigned: 'uint',
  cl_mem_fence_flags: 'uint',
  atomic_int: 'int',
  atomic_uint: 'uint',
  atomic_long: 'long',
  atomic_ulong: 'ulong',
  atomic_float: 'float',
  atomic_double: 'double',
  atomic_flag: 'int',
  atomic_size_t: 'ulong',
}

export const intType: CType = { kind: 'scalar', name: 'int' }
export const sizeType: CType = { kind: 'scalar', name: 'ulong' }
export const floatType: CType = { kind: 'scalar', name: 'float' }
export const unknownType: CType = { kind: 'opaque', name: '' }

/** A built-in type by its name, or by its words in any order: `unsigned long int` is `ulong`. */
export function builtinType(spelling: string): CType | undefined {
  const words = spelling.trim().split(/\s+/)
  const name = words.length > 1 ? mergeWords(words) : (aliases[spelling] ?? spelling)
  if (isScalarName(name)) return { kind: 'scalar', name }
  const vector = /^([a-z]+?)(2|3|4|8|16)$/.exec(name)
  if (vector !== null && isScalarName(vector[1])) {
    return { kind: 'vector', element: vector[1], length: Number(vector[2]) }
  }
  const isOpaque = /^(?:void|event_t|sampler_t|queue_t|ndrange_t|clk_event_t|reserve_id_t|image\w+_t)$/.test(name)
  return isOpaque ? { kind: 'opaque', name } : undefined
}

function mergeWords(words: readonly string[]): string {
  const unsigned = words.includes('unsigned') ? 'u' : ''
  const base = ['char', 'short', 'long'].find((word) => words.includes(word))
  const rest = words.find((word) => !/^(?:unsigned|signed|int)$/.test(word))
  return base === undefined && rest !== undefined ? rest : `${unsigned}${base ?? 'int'}`
}

function isScalarName(name: string): name is ScalarName {
  return Object.hasOwn(scalarSizes, name)
}

/** Bytes; 0 for what has no size. */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'scalar':
      return scalarSizes[type.name]
    case 'vector':
      return scalarSizes[type.element] * (type.length === 3 ? 4 : type.length)
    case 'array':
      return sizeOf(type.of) * (type.length ?? 0)
    case 'pointer':
      return 8
    case 'struct':
      return type.size
    case 'opaque':
      return 0
  }
}

export function alignOf(type: CType): number {
  switch (type.kind) {
    case 'array':
      return alignOf(type.of)
    case 'struct':
      return type.align
    case 'opaque':
      return 1
    default:
      return sizeOf(type)
  }
}

/** A struct or union from its members in order. */
export function layOut(
  name: string,
  members: readonly { readonly name: string; readonly type: CType }[],
  options: { readonly isUnion: boolean; readonly isPacked: boolean; readonly align: number },
): CType {
  const fields: Field[] = []
  let end = 0
  let align = options.align
  for (const member of members) {
    const own = options.isPacked ? 1 : alignOf(member.type)
    const offset = options.isUnion ? 0 : roundUp(end, own)
    fields.push({ ...member, offset })
    end = Math.max(end, offset + sizeOf(member.type))
    align = Math.max(align, own)
  }
  return { kind: 'struct', name, fields, size: roundUp(end, align), align }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}

/** All scalars in a value of this type, in the order of their offsets. Of a union, those of its first member. */
export function scalarsOf(type: CType, offset = 0): ScalarField[] {
  switch (type.kind) {
    case 'scalar':
      return [{ offset, type: type.name }]
    case 'vector':
      return Array.from({ length: type.length }, (_, i) => ({
        offset: offset + i * scalarSizes[type.element],
        type: type.element,
      }))
    case 'array':
      return Array.from({ length: type.length ?? 0 }, (_, i) => scalarsOf(type.of, offset + i * sizeOf(type.of))).flat()
    case 'struct':
      return type.fields
        .filter((field, i) => i === 0 || field.offset > 0)
        .flatMap((field) => scalarsOf(field.type, offset + field.offset))
    default:
      return []
  }
}

/** Whether no pointer, image or the like is part of the type, so that bytes can stand for it. */
export function isPlain(type: CType): boolean {
  switch (type.kind) {
    case 'array':
      return isPlain(type.of)
    case 'struct':
      return type.fields.every((field) => isPlain(field.type))
    default:
      return type.kind === 'scalar' || type.kind === 'vector'
  }
}

/** As a person would write it. */
export function nameOf(type: CType): string {
  switch (type.kind) {
    case 'vector':
      return `${type.element}${type.length}`
    case 'array':
      return `${nameOf(type.of)}[${type.length ?? ''}]`
    case 'pointer':
      return `${type.space} ${nameOf(type.to)} *`
    case 'struct':
      return `struct ${type.name}`.trim()
    default:
      return type.name
  }
}

/** Least and greatest value of an integer type; undefined for others. */
export function integerRange(name: ScalarName): readonly [number, number] | undefined {
  if (name === 'bool') return [0, 1]
  if (name === 'half' || name === 'float' || name === 'double') return undefined
  const bits = scalarSizes[name] * 8
  return name.startsWith('u') ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
}

/** Of a scalar or vector, its scalar's name. */
export function elementName(type: CType): ScalarName | undefined {
  if (type.kind === 'scalar') return type.name
  if (type.kind === 'vector') return type.element
  return undefined
}
