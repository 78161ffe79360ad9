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
