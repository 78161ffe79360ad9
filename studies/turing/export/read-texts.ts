// What participants read, as the researcher has it.

import { readFileSync } from 'node:fs'
import { parseTexts, requireParsed } from '../parse.ts'
import type { StudyTexts } from '../study.ts'
import { defaultTexts } from './texts.ts'

/**
 * Texts of a JSON file; what it leaves out is as usual.
 * @throws {RangeError} naming the file and what is wrong with it
 */
export function readTexts(path: string): StudyTexts {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`texts: expected a file of JSON, received ${path} (${reason})`, { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`texts: expected an object in ${path}, with some of ${Object.keys(defaultTexts).join(', ')}`)
  }
  return requireParsed(parseTexts({ ...defaultTexts, ...value }), `texts: ${path}`)
}
