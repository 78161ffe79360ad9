// What a kernel is run with: ranges and arguments, planned from its text and a seed. Plain data; runners give it to
// devices, exports turn it into host programs.

/** A launch: one kernel, its ranges and all its arguments in order. */
export interface Payload {
  /** Name of the kernel in the text. */
  readonly kernel: string
  /** Work-items in one to three dimensions; each a multiple of `localSize`. */
  readonly globalSize: readonly number[]
  /** As long as `globalSize`. */
  readonly localSize: readonly number[]
  readonly seed: number
  readonly arguments: readonly PayloadArgument[]
}

/** How a kernel uses what a pointer or image refers to, as far as its text tells. */
export type BufferAccess = 'read' | 'write' | 'both'

/** One argument. All bytes are little-endian. */
export type PayloadArgument =
  | {
      readonly kind: 'buffer'
      readonly space: 'global' | 'constant'
      /** `float`, `int3` (which takes the room of four), `struct particle`, … */
      readonly elementType: string
      readonly elements: number
      /** The elements, without guard zones. */
      readonly bytes: Uint8Array
      /** Bytes to set aside on each side, filled with `guardPattern`, to see what is written out of bounds. */
      readonly guardBytes: number
      readonly access: BufferAccess
      /** Scalars in one element, for comparing outputs as what they are. */
      readonly layout: readonly ScalarField[]
    }
  | { readonly kind: 'local'; readonly byteLength: number }
  | { readonly kind: 'value'; readonly type: string; readonly bytes: Uint8Array }
  | {
      readonly kind: 'image'
      readonly width: number
      readonly height: number
      /** Of 3-D images only. */
      readonly depth?: number
      /** RGBA. */
      readonly channels: 4
      /** `float` is CL_FLOAT, `uint8` is CL_UNSIGNED_INT8. */
      readonly channelType: 'float' | 'uint8'
      readonly bytes: Uint8Array
      readonly access: 'read' | 'write'
    }
  /** Nearest filtering, coordinates clamped to the edge and not normalised. */
  | { readonly kind: 'sampler' }

/** A scalar within an element. */
export interface ScalarField {
  /** Byte offset within the element. */
  readonly offset: number
  readonly type: ScalarName
}

/** Scalar types of OpenCL C; `size_t` is `ulong`. */
export type ScalarName =
  | 'bool'
  | 'char'
  | 'uchar'
  | 'short'
  | 'ushort'
  | 'int'
  | 'uint'
  | 'long'
  | 'ulong'
  | 'half'
  | 'float'
  | 'double'

/** Why no payload could be planned. */
export interface PayloadRejection {
  readonly ok: false
  readonly stage: 'arguments'
  /** Names the parameter and what about it is not supported. */
  readonly log: string
}

/**
 * How values are spread in buffers. `compared`: values that the text compares the data with, so that conditions that are
 * rarely true of other data hold in places. `mixed` gives each buffer one of the others, as its use allows.
 */
export const distributions = [
  'mixed',
  'uniform',
  'normal',
  'sorted',
  'constant',
  'sparse',
  'permutation',
  'compared',
] as const

/** See `distributions`. */
export type Distribution = (typeof distributions)[number]

/** What `planPayload` may be told. */
export interface PayloadOptions {
  /**
   * Work-items per dimension, 1 to 2^31 each. Default: small, by how many dimensions the kernel asks for. A single
   * number is the total, split over the kernel's dimensions.
   */
  readonly globalSize?: readonly number[]
  /** Must divide `globalSize`. Default: what the kernel requires, or what its local arrays have room for. */
  readonly localSize?: readonly number[]
  /**
   * Work-items per group to start from, split over the kernel's dimensions, where neither `localSize` nor the kernel says.
   * Groups become smaller where they do not divide the range or local arrays have no room. 1 to 2^31.
   */
  readonly groupItems?: number
  /** Everything random follows from it. */
  readonly seed: number
  /** Default `mixed`. */
  readonly distribution?: Distribution
  /** Name of the kernel. Default: the first one in the text. */
  readonly kernel?: string
  /** Work-items of a launch whose size is left to the planner, where the kernel does not require larger groups. Default: any. */
  readonly mostItems?: number
  /** Bytes that all buffers together may take; a kernel that reaches further is rejected. Default: any. */
  readonly mostBytes?: number
}

/** Bytes of each guard zone. */
export const guardBytes = 256

/**
 * What a guard zone is filled with. Two patterns with different `salt` differ in every byte, so that a kernel whose
 * output depends on the salt has read out of bounds.
 */
export function guardPattern(length: number, salt: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => ((i * 37) ^ 0x5a) + salt * 101)
}
