// Are two outputs the same? Scalar by scalar, as what they are: any NaN equals any other, and in kernels with atomics,
// whose order of additions is nobody's promise, floating-point values may differ a little.

import type { Payload, PayloadArgument, ScalarName } from '../payload/payload.ts'

/** Final bytes by argument; undefined where nothing is written. */
export type Outputs = readonly (Uint8Array | undefined)[]

/** A place where two outputs differ. */
export interface OutputDifference {
  /** Index of the argument. */
  readonly argument: number
  readonly element: number
  readonly first: string
  readonly second: string
}

/** Relative, of floating-point values in kernels that use atomics. All other values must be the same. */
export const atomicsTolerance = 1e-3

/** @returns the tolerance for a kernel: 0 unless it uses atomics */
export function toleranceFor(source: string): number {
  return /\batom(?:ic)?_\w+\s*\(/.test(source) ? atomicsTolerance : 0
}

/** @returns the first place where they differ, undefined where they are the same */
export function findDifference(
  payload: Payload,
  first: Outputs,
  second: Outputs,
  tolerance: number,
): OutputDifference | undefined {
  for (const [index, argument] of payload.arguments.entries()) {
    const [a, b] = [first[index], second[index]]
    if (a === undefined || b === undefined || Buffer.compare(a, b) === 0) continue
    for (const scalar of scalarsOf(argument, Math.min(a.length, b.length))) {
      const [x, y] = [scalar.read(a), scalar.read(b)]
      if (isSame(x, y, tolerance)) continue
      return { argument: index, element: scalar.element, first: String(x), second: String(y) }
    }
  }
  return undefined
}

/** Has a run changed any of its arguments? */
export function hasOutput(payload: Payload, outputs: Outputs): boolean {
  return findDifference(payload, initialOf(payload), outputs, 0) !== undefined
}

/**
 * Do two runs from different payloads write different things? Looks only where either of them has changed something:
 * elsewhere the payloads themselves differ.
 */
export function dependsOnInput(
  first: Payload,
  firstOutputs: Outputs,
  second: Payload,
  secondOutputs: Outputs,
): boolean {
  return first.arguments.some((argument, index) => {
    const [a, b] = [firstOutputs[index], secondOutputs[index]]
    const before = [bytesOf(argument), bytesOf(second.arguments[index])]
    if (a === undefined || b === undefined || before[0] === undefined || before[1] === undefined) return false
    for (const { read } of scalarsOf(argument, Math.min(a.length, b.length))) {
      const isUntouched = isSame(read(a), read(before[0]), 0) && isSame(read(b), read(before[1]), 0)
      if (!isUntouched && !isSame(read(a), read(b), 0)) return true
    }
    return false
  })
}

function initialOf(payload: Payload): Outputs {
  return payload.arguments.map(bytesOf)
}

function bytesOf(argument: PayloadArgument): Uint8Array | undefined {
  return argument.kind === 'buffer' || argument.kind === 'image' ? argument.bytes : undefined
}

type Value = number | bigint

function isSame(a: Value, b: Value, tolerance: number): boolean {
  if (a === b || Object.is(a, b)) return true // `===` knows both zeros, `Object.is` NaN
  if (tolerance === 0 || typeof a === 'bigint' || typeof b === 'bigint') return false
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))
}

interface Scalar {
  readonly element: number
  read(bytes: Uint8Array): Value
}

/** The scalars of an argument, in the order of their bytes; padding is left out. */
function* scalarsOf(argument: PayloadArgument, byteLength: number): IterableIterator<Scalar> {
  if (argument.kind !== 'buffer' && argument.kind !== 'image') return
  const { layout, size } = layoutOf(argument)
  for (let element = 0; (element + 1) * size <= byteLength; element++) {
    for (const { offset, type } of layout) {
      const at = element * size + offset
      yield { element, read: (bytes) => readers[type](new DataView(bytes.buffer, bytes.byteOffset), at) }
    }
  }
}

function layoutOf(argument: Extract<PayloadArgument, { readonly bytes: Uint8Array; readonly access: string }>): {
  readonly layout: readonly { readonly offset: number; readonly type: ScalarName }[]
  readonly size: number
} {
  if (argument.kind === 'buffer') return { layout: argument.layout, size: argument.bytes.length / argument.elements }
  const type = argument.channelType === 'float' ? 'float' : 'uchar'
  const width = type === 'float' ? 4 : 1
  return { layout: [0, 1, 2, 3].map((i) => ({ offset: i * width, type })), size: 4 * width }
}

/** Integers are compared bit by bit, so that their sign does not matter; a half only needs its NaNs recognised. */
const readers: Readonly<Record<ScalarName, (view: DataView, at: number) => Value>> = {
  bool: (view, at) => view.getUint8(at),
  char: (view, at) => view.getInt8(at),
  uchar: (view, at) => view.getUint8(at),
  short: (view, at) => view.getInt16(at, true),
  ushort: (view, at) => view.getUint16(at, true),
  int: (view, at) => view.getInt32(at, true),
  uint: (view, at) => view.getUint32(at, true),
  long: (view, at) => view.getBigInt64(at, true),
  ulong: (view, at) => view.getBigUint64(at, true),
  half: (view, at) => halfOf(view.getUint16(at, true)),
  float: (view, at) => view.getFloat32(at, true),
  double: (view, at) => view.getFloat64(at, true),
}

function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = (bits & 0x3ff) / 1024
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15)
}
