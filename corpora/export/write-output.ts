// Exports on disk, whole or not at all. Everything is written to a `.part` first and renamed when it is complete; a
// folder has its index last, so one with an index is a finished export. What fails leaves what was there before.

import type { Stats } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Attempt, attemptOn } from '../attempt-on.ts'
import type { IndexedFile, NamedFile } from './format.ts'

/** The list of a folder's files, one JSON object a line. */
export const indexName = 'index.jsonl'

const partName = '.part'
/** Only names of our own making: nothing else in a folder is ours to delete. */
const ownFile = /^[0-9a-f]{32}\.(?:cl|bc|c)$/

/**
 * Write one file.
 * @param force - replace a file that has content
 * @throws {RangeError} where there is one already, or something that is no file
 * @throws {BenchError} OUTPUT_UNWRITABLE naming the path
 */
export async function writeOutputFile(
  path: string,
  pieces: AsyncIterable<string | Uint8Array>,
  force: boolean,
): Promise<void> {
  const attempt = attemptOn(path)
  const present = await attempt(() => statOf(path))
  if (present !== undefined && !present.isFile()) throw new RangeError(`out: expected a file, ${path} is none`)
  if (present !== undefined && present.size > 0 && !force) throw new RangeError(refusal(path))
  const part = `${path}${partName}`
  try {
    await writePieces(part, pieces, attempt)
    await attempt(() => rename(part, path))
  } finally {
    await rm(part, { force: true }).catch(() => {}) // why it could not be written is what matters
  }
}

/**
 * Write a folder of files with their index.
 * @param force - replace the export that the folder holds; files of others stay
 * @param shared - files beside those of the index; others of these names are replaced
 * @returns the number of lines of the index whose kernel has no file
 * @throws as `writeOutputFile`
 */
export async function writeOutputFolder(
  folder: string,
  files: AsyncIterable<IndexedFile>,
  force: boolean,
  shared: readonly NamedFile[] = [],
): Promise<number> {
  const attempt = attemptOn(folder)
  const present = await attempt(() => statOf(folder))
  if (present !== undefined && !present.isDirectory()) throw new RangeError(`out: expected a folder, ${folder} is none`)
  const names = present === undefined ? [] : await attempt(() => readdir(folder))
  if (names.some((name) => name !== partName) && !force) throw new RangeError(refusal(folder))
  // Within the folder, which may be a file system of its own.
  const part = join(folder, partName)
  try {
    await attempt(async () => {
      await rm(part, { recursive: true, force: true })
      await mkdir(part, { recursive: true })
    })
    for (const { name, content } of shared) await attempt(() => writeFile(join(part, name), content))
    const missing = await fill(part, files, attempt)
    await attempt(() => publish(part, folder))
    return missing
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => {})
  }
}

async function fill(part: string, files: AsyncIterable<IndexedFile>, attempt: Attempt): Promise<number> {
  let missing = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const { file, line } of files) {
      if (file === null) missing++
      else await attempt(() => writeFile(join(part, file.name), file.content))
      yield `${line}\n`
    }
  }
  await writePieces(join(part, indexName), lines(), attempt)
  return missing
}

/** Without its index a folder is no export, so nobody takes the old and the new for one. */
async function publish(part: string, folder: string): Promise<void> {
  const names = await readdir(part)
  const current = new Set(names)
  await rm(join(folder, indexName), { force: true })
  for (const name of await readdir(folder)) {
    if (ownFile.test(name) && !current.has(name)) await rm(join(folder, name))
  }
  for (const name of names) if (name !== indexName) await rename(join(part, name), join(folder, name))
  await rename(join(part, indexName), join(folder, indexName))
}

async function writePieces(path: string, pieces: AsyncIterable<string | Uint8Array>, attempt: Attempt): Promise<void> {
  const file = await attempt(() => open(path, 'w'))
  try {
    for await (const piece of pieces) await attempt(() => file.appendFile(piece))
    await attempt(() => file.sync())
  } finally {
    await file.close()
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  return await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

function refusal(path: string): string {
  return `out: ${path} exists and is not empty; choose another place, or force to replace an earlier export`
}
