// What the analysis knows of a value: its type, its bounds, where it comes from, and what it points to.

import { type CType, elementName, floatType, integerRange, intType, sizeType } from '../c-types.ts'
import { anything, type Interval, join, meet } from './interval.ts'
import type { MemoryObject } from './memory.ts'

/**
 * What a value depends on, as a set of bits: one for each of the first 22 parameters (its value, or what its buffer
 * holds), one for all others, then local and global sizes by dimension.
 */
export type Sources = number

export const noSources: Sources = 0

export function parameterSource(index: number): Sources {
  return 1 << Math.min(index, 22)
}

export function localSource(dimension: number): Sources {
  return 1 << (23 + dimension)
}

export function globalSource(dimension: number): Sources {
  return 1 << (26 + dimension)
}

/** All bits of work-item ids in the range. */
export const anyItem: Sources = 0b111 << 26

/** A value that is `scale · parameter + offset`, so that what it is compared with tells the parameter. */
export interface Link {
  readonly parameter: number
  readonly scale: number
  readonly offset: number
}

/** A sum with a term `x · parameter`, the other terms of which are at most `rest`. */
export interface Stride {
  readonly parameter: number
  readonly rest: number
}

/** Where a pointer may point: a byte offset into an object. */
export interface Target extends Interval {
  readonly object: MemoryObject
  /** Byte offset of the field within an element that it points to. */
  readonly field: number
  readonly sources: Sources
}

/** A vector's bounds hold for each of its components. */
export interface Value extends Interval {
  readonly type: CType
  readonly sources: Sources
  readonly link?: Link
  readonly stride?: Stride
  /** Of pointers and arrays. */
  readonly targets?: readonly Target[]
}

export function unknownOf(type: CType, sources: Sources = noSources): Value {
  return { type, sources, ...rangeOf(type) }
}

export function integer(bounds: Interval, sources: Sources = noSources): Value {
  return { type: intType, sources, lo: bounds.lo, hi: bounds.hi }
}

export function size(bounds: Interval, sources: Sources = noSources): Value {
  return { type: sizeType, sources, lo: bounds.lo, hi: bounds.hi }
}

/** Bounds that the type alone gives. */
export function rangeOf(type: CType): Interval {
  const name = elementName(type)
  const range = name === undefined ? undefined : integerRange(name)
  return range === undefined ? anything : { lo: range[0], hi: range[1] }
}

export function isFloating(type: CType): boolean {
  return /^(?:half|float|double)$/.test(elementName(type) ?? '')
}

/**
 * Bounds as they are after conversion to a type. What wraps may be anything; only an unsigned value that might be below
 * 0 is taken for one that is guarded against it, since that is what programs do.
 */
export function wrapTo(type: CType, bounds: Interval): Interval {
  const range = rangeOf(type)
  // Bounds alone: what is passed may be a value of another type.
  if (range.hi === Number.POSITIVE_INFINITY) return { lo: bounds.lo, hi: bounds.hi }
  const whole = { lo: Math.floor(bounds.lo), hi: Math.floor(bounds.hi) }
  if (whole.hi > range.hi || whole.hi < range.lo) return range
  if (whole.lo >= range.lo) return whole
  return range.lo === 0 ? { lo: 0, hi: whole.hi } : range
}

/** The value converted. */
export function convert(value: Value, type: CType): Value {
  if (type.kind === 'pointer') return { ...value, type }
  const bounds = wrapTo(type, isFloating(type) ? value : { lo: Math.trunc(value.lo), hi: Math.trunc(value.hi) })
  const isSame = bounds.lo === value.lo && bounds.hi === value.hi
  return { type, sources: value.sources, ...bounds, link: isSame ? value.link : undefined }
}

/** Either of two values. */
export function joinValues(a: Value, b: Value): Value {
  return {
    type: a.type,
    sources: a.sources | b.sources,
    ...join(a, b),
    link: sameLink(a.link, b.link) ? a.link : undefined,
    targets: joinTargets(a.targets, b.targets),
  }
}

function sameLink(a: Link | undefined, b: Link | undefined): boolean {
  return a?.parameter === b?.parameter && a?.scale === b?.scale && a?.offset === b?.offset
}

function joinTargets(
  a: readonly Target[] | undefined,
  b: readonly Target[] | undefined,
): readonly Target[] | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b
  const merged = [...a]
  for (const target of b) {
    const at = merged.findIndex(({ object, field }) => object === target.object && field === target.field)
    if (at < 0) merged.push(target)
    else merged[at] = { ...target, ...join(merged[at], target), sources: merged[at].sources | target.sources }
  }
  return merged
}

/** The value, known to lie within bounds as well. */
export function narrow(value: Value, bounds: Interval, sources: Sources): Value {
  const { lo, hi } = meet(value, bounds)
  if (lo === value.lo && hi === value.hi) return value
  return { ...value, lo, hi, sources: value.sources | sources }
}

/** C's usual arithmetic conversions; a vector wins over a scalar. */
export function commonType(a: CType, b: CType): CType {
  if (a.kind === 'vector') return a
  if (b.kind === 'vector') return b
  if (a.kind !== 'scalar' || b.kind !== 'scalar') return a.kind === 'scalar' ? b : a
  const order = ['double', 'float', 'half', 'ulong', 'long', 'uint']
  const name = order.find((candidate) => candidate === a.name || candidate === b.name)
  if (name === 'half') return floatType
  return name === a.name ? a : name === b.name ? b : intType
}

/** A pointer moved by a number of elements of `stride` bytes. */
export function movePointer(pointer: Value, by: Value, stride: number, sign: 1 | -1): Value {
  const [lo, hi] = sign === 1 ? [by.lo, by.hi] : [-by.hi, -by.lo]
  const targets = pointer.targets?.map((target) => ({
    ...target,
    lo: target.lo + lo * stride,
    hi: target.hi + hi * stride,
    sources: target.sources | by.sources,
  }))
  return { type: pointer.type, lo: pointer.lo, hi: pointer.hi, sources: pointer.sources | by.sources, targets }
}
