// What an analysis is asked, and what it tells.

import type { Interval } from './interval.ts'
import type { MemoryObject } from './memory.ts'
import type { Sources } from './values.ts'

/** What is settled so far, to be analysed under. */
export interface Setting {
  /** Three each. */
  readonly globalSize: readonly number[]
  readonly localSize: readonly number[]
  /** By parameter: a scalar's value, undefined while it is open. */
  readonly scalars: readonly (number | undefined)[]
  readonly openScalars: ReadonlySet<number>
  /** Scalars that are numbers of elements for certain: an id that may equal them is taken to stay below. */
  readonly sizeScalars: ReadonlySet<number>
  /** By parameter: what its buffer holds. */
  readonly contents: readonly ContentBounds[]
  /** Parameters whose buffers may hold anything at all, since no places and no ends of loops depend on it. */
  readonly freeData: ReadonlySet<number>
  /** Width, height and, where they are 3-D, depth of every image. */
  readonly imageSize: readonly [number, number, number]
}

/** Both included. */
export interface ContentBounds {
  readonly least: number
  readonly greatest: number
  readonly low: number
  readonly high: number
}

/** What the text says an open scalar is for; the first kind of a parameter in this order decides. */
export const demandKinds = [
  /** Divides the id of a work-item. */
  'row',
  /** Bounds the id of a work-item. */
  'count',
  /** An id is equal to it. */
  'index',
  /** Other terms of an index must stay below it. */
  'stride',
  /** Bounds a loop, or something else that does not depend on the id. */
  'bound',
  /** Divides something else. */
  'divisor',
  'shift',
  /** Compared with a literal: a mode or flag. */
  'choice',
  /** Compared with data. */
  'threshold',
] as const

export type DemandKind = (typeof demandKinds)[number]

/** One use of an open scalar. */
export interface Demand {
  readonly parameter: number
  readonly kind: DemandKind
  /** What the parameter itself would have to be to equal what it is held against. */
  readonly value: Interval
}

/** An access that may lie outside what it is to. */
export interface Overrun {
  readonly object: MemoryObject
  readonly reach: number
  readonly sources: Sources
}

/** Of one analysis. */
export interface Findings {
  readonly objects: MemoryObject[]
  readonly demands: Demand[]
  readonly overruns: Overrun[]
  /** Open scalars that met something that depends on others: there is more to learn of them. */
  readonly pending: Set<number>
  /** Parameters used with `^`, or as `p - 1` with `&`: they are to be powers of two. */
  readonly powersOfTwo: Set<number>
  /** What places of accesses, bounds of loops and divisors depend on. */
  indexSources: Sources
  boundSources: Sources
  divisorSources: Sources
  /** Most rounds in one work-item of loops within loops that scalars end, not data; and what they depend on. */
  rounds: number
  roundSources: Sources
  /** By parameter: values that its data, or what is computed from them, is compared with. */
  readonly compared: Map<number, Set<number>>
  /** Parameters whose items are asked whether they name themselves: `parent[p] != p`. */
  readonly selfNaming: Set<number>
  /** Greatest coordinate of images. */
  imageReach: number
  /** Names of images that are read or written as integers. */
  readonly wholeImages: Set<string>
}
