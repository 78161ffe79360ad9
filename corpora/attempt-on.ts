// Work on the disk whose failure names the place.

import { BenchError } from '../kernels/index.ts'

/** Does some work on the disk. @throws {BenchError} OUTPUT_UNWRITABLE naming the place */
export type Attempt = <T>(work: () => Promise<T>) => Promise<T>

/** Errors of the disk become ours; those of what is written pass unchanged where they arise outside of the work. */
export function attemptOn(path: string): Attempt {
  return async (work) => {
    try {
      return await work()
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new BenchError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${reason}`, { cause })
    }
  }
}
