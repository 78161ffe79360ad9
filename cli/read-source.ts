// Source files as a user names them.

import { readFileSync } from 'node:fs'

/**
 * Text of a file, or of standard input for `-`: UTF-8 where it is that, else Latin-1, in which old comments are often
 * written.
 * @throws what `readFileSync` throws
 */
export function readSource(file: string): string {
  const bytes = readFileSync(file === '-' ? 0 : file)
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? bytes.toString('latin1') : text
}

/**
 * As `readSource`.
 * @param expected - what the file should have been: `a file of OpenCL C`
 * @throws {RangeError} naming the file, the reason and what was expected
 */
export function readOperand(file: string, expected: string): string {
  try {
    return readSource(file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`${nameOf(file)}: cannot be read (${reason}); expected ${expected}, or - for standard input`, {
      cause,
    })
  }
}

/** What messages call a file. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file
}
