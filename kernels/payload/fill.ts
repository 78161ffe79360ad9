// Values for buffers and scalars: seeded, typed, in one of several distributions.

import type { Random } from '../random.ts'
import { integerRange } from './c-types.ts'
import type { Distribution, ScalarField, ScalarName } from './payload.ts'

/** What the scalars of a buffer are drawn from. */
export interface Contents {
  /**
   * `forest`: indices of parents, none of which comes after its child; 0 is the root. `forests`: the same, where many items
   * are their own parents, and so roots.
   */
  readonly distribution: Exclude<Distribution, 'mixed'> | 'forest' | 'forests'
  /** Of integers, both included; cut to what the type holds. */
  readonly least: number
  readonly greatest: number
  /** Of floating-point numbers, likewise. */
  readonly low: number
  readonly high: number
  /** In [0, 1): where between its bounds a constant lies. */
  readonly share: number
  /** What a `compared` buffer is drawn from, whatever the bounds. */
  readonly values?: readonly number[]
}

/** Share of zeros in a sparse buffer. */
const sparsity = 0.85
/** Share of roots in `forests`. */
const rootShare = 0.25

/** Fill `elements` elements of `stride` bytes; padding stays 0. */
export function fillBuffer(
  elements: number,
  stride: number,
  layout: readonly ScalarField[],
  contents: Contents,
  random: Random,
): Uint8Array {
  const bytes = new Uint8Array(elements * stride)
  const view = new DataView(bytes.buffer)
  const drawCompared = contents.distribution === 'compared' ? comparedDrawer(contents, elements, random) : undefined
  for (const { offset, type } of layout) {
    const write = writerOf(type)
    const draw = drawCompared ?? drawerOf(type, contents, elements, random)
    for (let i = 0; i < elements; i++) write(view, i * stride + offset, draw(i))
  }
  return bytes
}

/** One scalar's bytes. */
export function scalarBytes(type: ScalarName, value: number): Uint8Array {
  const sizes = { bool: 1, char: 1, uchar: 1, short: 2, ushort: 2, half: 2, long: 8, ulong: 8, double: 8 } as const
  const bytes = new Uint8Array(type in sizes ? sizes[type as keyof typeof sizes] : 4)
  writerOf(type)(new DataView(bytes.buffer), 0, value)
  return bytes
}

type Writer = (view: DataView, offset: number, value: number) => void

function writerOf(type: ScalarName): Writer {
  switch (type) {
    case 'bool':
    case 'uchar':
    case 'char':
      return (view, offset, value) => view.setUint8(offset, value)
    case 'short':
    case 'ushort':
      return (view, offset, value) => view.setUint16(offset, value, true)
    case 'int':
    case 'uint':
      return (view, offset, value) => view.setUint32(offset, value, true)
    case 'long':
    case 'ulong':
      return (view, offset, value) => view.setBigInt64(offset, BigInt(Math.trunc(value)), true)
    case 'half':
      return (view, offset, value) => view.setUint16(offset, halfBits(value), true)
    case 'float':
      return (view, offset, value) => view.setFloat32(offset, value, true)
    case 'double':
      return (view, offset, value) => view.setFloat64(offset, value, true)
  }
}

/** Gives the value of element `i`; to be asked in order. */
type Drawer = (i: number) => number

/** Half of the elements have the same value in all their fields: masks of vectors are tested as a whole. */
function comparedDrawer({ values = [0, 1] }: Contents, elements: number, random: Random): Drawer {
  const common = Array.from({ length: elements }, () => (random.next() < 0.5 ? random.pick(values) : undefined))
  return (i) => common[i] ?? random.pick(values)
}

function drawerOf(type: ScalarName, contents: Contents, elements: number, random: Random): Drawer {
  const range = integerRange(type)
  if (range === undefined) return shape(contents, elements, random, contents.low, contents.high, (value) => value)
  const least = Math.min(Math.max(contents.least, range[0]), range[1])
  const greatest = Math.max(least, Math.min(contents.greatest, range[1]))
  if (contents.distribution === 'permutation') return permuted(least, greatest, elements, random)
  return shape(contents, elements, random, least, greatest + 1, (value) => Math.min(Math.floor(value), greatest))
}

/** Real values in [low, high) of the asked shape, each passed through `round`. */
function shape(
  { distribution, share }: Contents,
  elements: number,
  random: Random,
  low: number,
  high: number,
  round: (value: number) => number,
): Drawer {
  const width = high - low
  switch (distribution) {
    case 'uniform':
      return () => round(low + random.next() * width)
    case 'normal':
      return () => round(low + Math.min(Math.max(0.5 + gaussian(random) / 6, 0), 0.999999) * width)
    case 'sorted':
      return (i) => round(low + ((i + random.next()) / elements) * width)
    case 'constant': {
      // The same in all buffers of a payload that have the same bounds: what is looked for is there.
      const value = round(low + (0.25 + share / 2) * width)
      return () => value
    }
    case 'sparse': {
      const zero = low <= 0 && high > 0 ? 0 : round(low)
      return () => (random.next() < sparsity ? zero : round(low + random.next() * width))
    }
    case 'forest':
      return (i) => round(low + random.next() * Math.min(i, width))
    case 'forests':
      return (i) => round(i < width && random.next() < rootShare ? i : low + random.next() * Math.min(i, width))
    case 'compared':
      throw new Error('values that a text compares with are drawn by element')
    case 'permutation': {
      const order = permuted(0, Math.max(elements - 1, 0), elements, random)
      return (i) => round(low + (order(i) / elements) * width)
    }
  }
}

/** Standard normal (Box and Muller 1958). */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

/** Each value of the range once, in random order, before any comes again. */
function permuted(least: number, greatest: number, elements: number, random: Random): Drawer {
  const count = Math.min(elements, greatest - least + 1)
  const order = Float64Array.from({ length: count }, (_, i) => least + i)
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const swapped = order[i]
    order[i] = order[j]
    order[j] = swapped
  }
  return (i) => order[i % count]
}

const floatView = new DataView(new ArrayBuffer(4))

/** IEEE half precision, rounded towards zero; subnormals become 0. */
export function halfBits(value: number): number {
  floatView.setFloat32(0, value)
  const bits = floatView.getUint32(0)
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 112
  if (exponent <= 0) return sign
  if (exponent >= 31) return sign | 0x7c00
  return sign | (exponent << 10) | ((bits >>> 13) & 0x3ff)
}
