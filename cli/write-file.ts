// Writes files that options name.

import { writeFileSync } from 'node:fs'

/**
 * Write a file anew.
 * @param option - that names it, as `--out`
 * @throws {RangeError} naming option, path and reason where it cannot be written
 */
export function writeFile(option: string, path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`${option}: cannot write ${path} (${reason}); expected a file in a folder that exists`, {
      cause,
    })
  }
}
