// SQLite's result codes (sqlite.org/rescode.html) as our errors, each saying what to do.

import { BenchError, type BenchErrorCode } from '../../kernels/index.ts'

/** Primary result code → our code and advice. */
const meanings: Readonly<Record<number, readonly [code: BenchErrorCode, advice: string]>> = {
  5: ['STORE_BUSY', 'another process is writing to it; try again when that has finished'],
  6: ['STORE_BUSY', 'another process is writing to it; try again when that has finished'],
  8: ['STORE_READONLY', 'the file or its folder is read-only; copy it to a folder that can be written'],
  10: ['STORE_FAILED', 'the disk reported an error'],
  11: ['STORE_CORRUPT', 'the file is damaged; restore a copy or start a new store'],
  13: ['STORE_FULL', 'the disk is full; what was committed before is safe'],
  14: ['STORE_FAILED', 'it cannot be opened; is the folder there and writable?'],
  26: ['STORE_CORRUPT', 'the file is not a benchsteer store'],
}
const constraint = 19

/**
 * Convert an error of libsql. A broken constraint is the caller's mistake; what did not come from SQLite passes
 * unchanged.
 */
export function toStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof BenchError) return error
  const result = resultCode(error)
  if (result === undefined) return error
  if (result === constraint) return new RangeError(`the store refuses this record: ${error.message}`, { cause: error })
  const [code, advice] = meanings[result] ?? ['STORE_FAILED', 'unexpected']
  return new BenchError(code, `store ${path}: ${advice} (${error.message})`, { cause: error })
}

/** Opening fails with the code inside the message only. The low byte of an extended code is the primary one. */
function resultCode(error: Error): number | undefined {
  if ('rawCode' in error && typeof error.rawCode === 'number') return error.rawCode & 0xff
  const match = /^ConnectionFailed\(.*: (\d+)"\)$/.exec(error.message)
  return match === null ? undefined : Number(match[1]) & 0xff
}
