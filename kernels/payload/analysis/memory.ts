// What pointers and arrays refer to: how far it is accessed, and what it holds.

import type { CType, Space } from '../c-types.ts'
import type { Interval } from './interval.ts'

/** Something with an address: a buffer behind a parameter, an array, a struct variable. */
export interface MemoryObject {
  readonly name: string
  /** Index of the parameter that it is behind, if any. */
  readonly parameter: number | undefined
  readonly space: Space
  readonly element: CType
  /** Of arrays and variables; buffers are as large as they are accessed. */
  readonly fixedBytes: number | undefined
  /** What is stored at each field of an element, by its byte offset; 0 where elements have no fields. */
  readonly contents: Map<number, Interval & { readonly sources: number }>
  /** End of the furthest access in bytes, and what its place depends on. */
  reach: number
  reachSources: number
  /** What the places of all accesses depend on, and of those that write. */
  sources: number
  writeSources: number
  isRead: boolean
  isWritten: boolean
  /** Counted up by atomic operations whose result is used. */
  isCounter: boolean
  /** Index expressions, without blanks. */
  readonly indices: Set<string>
}

export function newObject(fields: {
  readonly name: string
  readonly parameter?: number
  readonly space: Space
  readonly element: CType
  readonly fixedBytes?: number
}): MemoryObject {
  return {
    parameter: undefined,
    fixedBytes: undefined,
    ...fields,
    contents: new Map(),
    reach: 0,
    reachSources: 0,
    sources: 0,
    writeSources: 0,
    isRead: false,
    isWritten: false,
    isCounter: false,
    indices: new Set(),
  }
}
