// Reading a study's folder. The key is what was sealed: its bytes have the hash that the public file states.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseKey, parseStudy, requireParsed } from './parse.ts'
import type { Study, StudyKey } from './study.ts'

/** @throws {RangeError} naming the file and what is wrong with it */
export function readStudy(folder: string): Study {
  const path = join(folder, 'study.json')
  return requireParsed(parseStudy(parseJson(path, readBytes(path))), path)
}

/** @throws {RangeError} naming the file and what is wrong with it */
export function readKey(folder: string, study: Study): StudyKey {
  const path = join(folder, 'key.json')
  const bytes = readBytes(path)
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (hash !== study.keyHash) {
    throw new RangeError(`${path}: expected the file with the SHA-256 ${study.keyHash}, received one with ${hash}`)
  }
  return requireParsed(parseKey(parseJson(path, bytes), study), path)
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`${path}: expected a file of a study's folder, as turing export writes it (${reason})`, {
      cause,
    })
  }
}

function parseJson(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new RangeError(`${path}: expected JSON (${cause instanceof Error ? cause.message : cause})`, { cause })
  }
}
