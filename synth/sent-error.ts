// Errors on their way between processes: code and message, so that BenchErrors stay such.

import { BenchError, type BenchErrorCode } from '../kernels/index.ts'

export interface SentError {
  readonly code?: BenchErrorCode
  readonly message: string
}

/** What of an error another process can be told. */
export function sendable(error: unknown): SentError {
  if (error instanceof BenchError) return { code: error.code, message: error.message }
  return { message: error instanceof Error ? error.message : String(error) }
}

export function errorOf({ code, message }: SentError): Error {
  return code === undefined ? new Error(message) : new BenchError(code, message)
}
