// As much of C's type system as the Grewe features need: what a name is declared as, and the kind of integer an
// expression has, because Clang wraps a literal that is converted (`size_t + 1`) and the reference tool then
// no longer sees a literal.

/** A type without its qualifiers: a canonical base name under `depth` pointers or array dimensions. */
export interface CType {
  /** `int`, `ulong`, `float4`, `struct point`, … */
  readonly base: string
  readonly depth: number
}

/** Integer kinds after promotion; everything narrower than `int` is `int`. */
export type IntegerKind = 'int' | 'uint' | 'long' | 'ulong' | 'other'

const kinds: Readonly<Record<string, IntegerKind>> = {
  ...Object.fromEntries(['bool', '_Bool', 'char', 'uchar', 'short', 'ushort', 'int'].map((name) => [name, 'int'])),
  uint: 'uint',
  long: 'long',
  ulong: 'ulong',
}

/** OpenCL's names for types that the preprocessor leaves as names. */
const aliases: Readonly<Record<string, string>> = {
  size_t: 'ulong',
  uintptr_t: 'ulong',
  ptrdiff_t: 'long',
  intptr_t: 'long',
  unsigned: 'uint',
  signed: 'int',
  cl_mem_fence_flags: 'uint',
  memory_order: 'uint',
  memory_scope: 'uint',
}

/** Of literals without a suffix. */
export const intType: CType = { base: 'int', depth: 0 }
/** Of `sizeof` and most work-item functions. */
export const sizeType: CType = { base: 'ulong', depth: 0 }
/** Of what is not looked into. */
export const otherType: CType = { base: '', depth: 0 }

const scalarOrVector = /^(?:bool|u?char|u?short|u?int|u?long|float|double|half)(?:2|3|4|8|16)?$/
const openclType =
  /^(?:size_t|ptrdiff_t|u?intptr_t|void|signed|unsigned|event_t|sampler_t|queue_t|ndrange_t|clk_event_t|reserve_id_t|image\w+_t|atomic_\w+)$/

/** Whether a name is one of OpenCL C's built-in types. */
export function isBuiltinType(name: string): boolean {
  return scalarOrVector.test(name) || openclType.test(name)
}

/** Canonical name of a type spelled with built-in words, in any order: `unsigned long int` is `ulong`. */
export function canonicalType(spelling: string): string {
  if (!spelling.includes(' ')) return aliases[spelling] ?? spelling
  const words = spelling.split(/\s+/)
  const unsigned = words.includes('unsigned') ? 'u' : ''
  const base = ['char', 'short', 'long'].find((word) => words.includes(word))
  if (base !== undefined) return unsigned + base
  const rest = words.filter((word) => word !== 'unsigned' && word !== 'signed' && word !== 'int')
  return rest.length === 0 ? `${unsigned}int` : (aliases[rest[0]] ?? unsigned + rest[0])
}

/** Integer kind of a type after promotion. */
export function kindOf(type: CType): IntegerKind {
  return type.depth > 0 ? 'other' : (kinds[type.base] ?? 'other')
}

/** Element type of a vector, or the type itself. */
export function elementOf(type: CType): CType {
  return { base: type.base.replace(/(?<=[a-z])(?:2|3|4|8|16)$/, ''), depth: type.depth }
}

/** Floating types; a value of a later one is converted to an earlier one. */
const floating = ['double', 'float', 'half']

/** C's usual arithmetic conversions; pointers, vectors and what is unknown win. */
export function commonType(left: CType, right: CType): CType {
  if (left.depth > 0) return left
  if (right.depth > 0) return right
  const order = ['other', 'ulong', 'long', 'uint']
  const a = kindOf(left)
  const b = kindOf(right)
  const kind = order.find((candidate) => candidate === a || candidate === b) ?? 'int'
  if (kind === 'other') {
    if (!floating.includes(left.base) || !floating.includes(right.base)) return a === 'other' ? left : right
    return { base: floating.find((base) => base === left.base || base === right.base) ?? left.base, depth: 0 }
  }
  return { base: kind, depth: 0 }
}

/** An integer literal; beyond 2^53 the value is rounded. */
export interface IntegerLiteral {
  readonly value: number
  readonly type: CType
}

/** Read an integer literal as C types it on a 64-bit target; undefined for floating literals. */
export function readIntegerLiteral(text: string): IntegerLiteral | undefined {
  const match = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|\d+)([uUlL]*)$/.exec(text)
  if (match === null) return undefined
  const [, digits, suffix] = match
  const isOctal = /^0\d/.test(digits)
  const value = isOctal ? Number.parseInt(digits, 8) : Number(digits)
  const isLong = /[lL]/.test(suffix)
  const isUnsigned = /[uU]/.test(suffix)
  const isDecimal = /^[1-9]/.test(digits)
  const candidates: readonly [string, number][] = [
    ['int', 2 ** 31],
    ['uint', 2 ** 32],
    ['long', 2 ** 63],
    ['ulong', Number.POSITIVE_INFINITY],
  ]
  const fits = candidates.find(([base, limit]) => {
    const unsigned = base.startsWith('u')
    if (isLong && !base.endsWith('long')) return false
    if (isUnsigned ? !unsigned : unsigned && isDecimal) return false
    return value < limit
  })
  return { value, type: { base: fits?.[0] ?? 'ulong', depth: 0 } }
}

const workItemSizes = /^get_(?:global|local|group|enqueued_local|num)_?(?:id|size|offset|groups|linear_id)$/
const workItemLinear = /^get_(?:global|local)_linear_id$/
const subGroups = /^get_(?:work_dim|num_sub_groups|enqueued_num_sub_groups|(?:max_)?sub_group_\w+)$/
const conversion = /^(?:convert|as)_([a-z]+\d*)(?:_\w+)?$/

/**
 * What an OpenCL built-in returns, as far as integers go.
 * @param first - type of the first argument, which most integer built-ins return
 */
export function builtinResult(name: string, first: () => CType): CType {
  if (workItemSizes.test(name) || workItemLinear.test(name)) return sizeType
  if (subGroups.test(name)) return { base: 'uint', depth: 0 }
  const converted = conversion.exec(name)
  if (converted !== null) return { base: converted[1], depth: 0 }
  if (/^get_image_(?:width|height|depth|channel)/.test(name) || /^(?:any|all|is[a-z]+|printf)$/.test(name))
    return intType
  if (/^(?:abs|abs_diff)$/.test(name)) {
    const { base, depth } = first()
    return { base: /^(?:char|short|int|long)/.test(base) ? `u${base}` : base, depth }
  }
  if (/^atomi?c?_/.test(name)) {
    const { base, depth } = first()
    return { base: base.replace(/^atomic_/, ''), depth: Math.max(0, depth - 1) }
  }
  if (/^vload\d+$/.test(name)) return otherType
  return first()
}
