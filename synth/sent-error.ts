// Errors on their way between processes: code or class, and message, so that each stays what it is.

import { BenchError, type BenchErrorCode } from '../kernels/index.ts'
import { ProcessDied } from './process-died.ts'

/** Classes that mean something to whoever catches them. */
type ClassName = 'RangeError' | 'TypeError' | 'ProcessDied'

const classes: Readonly<Record<ClassName, new (message: string) => Error>> = { RangeError, TypeError, ProcessDied }

export interface SentError {
  /** Of a BenchError. */
  readonly code?: BenchErrorCode
  /** Of the other errors that keep their class. */
  readonly className?: ClassName
  readonly message: string
}

/** What of an error another process can be told. */
export function sendable(error: unknown): SentError {
  if (error instanceof BenchError) return { code: error.code, message: error.message }
  if (!(error instanceof Error)) return { message: String(error) }
  const names = Object.keys(classes) as ClassName[]
  return { className: names.find((name) => error instanceof classes[name]), message: error.message }
}

export function errorOf({ code, className, message }: SentError): Error {
  if (code !== undefined) return new BenchError(code, message)
  return className === undefined ? new Error(message) : new classes[className](message)
}
