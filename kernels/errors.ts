// Errors of the outside world and of outcomes; caller mistakes are plain TypeError and RangeError.

/** What is broken. */
export type BenchErrorCode =
  | 'CLANG_MISSING'
  | 'DEVICE_MISSING'
  | 'MODEL_CORRUPT'
  | 'STORE_BUSY'
  | 'STORE_CORRUPT'
  | 'STORE_FAILED'
  | 'STORE_FULL'
  | 'STORE_MISSING'
  | 'STORE_NEWER'
  | 'STORE_OLDER'
  | 'STORE_READONLY'
  | 'SOURCE_UNREADABLE'
  | 'GIT_FAILED'
  | 'OUTPUT_UNWRITABLE'
  | 'SERVER_FAILED'

/** The environment is broken: a missing compiler, device or model. `message` says what to do about it. */
export class BenchError extends Error {
  readonly code: BenchErrorCode

  constructor(code: BenchErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'BenchError'
    this.code = code
  }
}

/** Why a kernel was turned away, as data: candidates that fail are counted, not thrown. */
export interface Rejection {
  readonly ok: false
  readonly stage: 'limits' | 'preprocess' | 'parse' | 'compile' | 'ir' | 'build'
  /** Human-readable, first line first; line and column where known. */
  readonly log: string
}

/** Use of an owned resource after it was disposed of. */
export class DisposedError extends Error {
  /** @param resource - class name of the resource */
  constructor(resource: string) {
    super(`${resource} was used after it was disposed of`)
    this.name = 'DisposedError'
  }
}
