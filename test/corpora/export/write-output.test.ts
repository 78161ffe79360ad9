import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { IndexedFile } from '../../../corpora/export/format.ts'
import { writeOutputFile, writeOutputFolder } from '../../../corpora/export/write-output.ts'
import { temporaryFolder } from '../samples.ts'
import { keyOf } from './sample-store.ts'

/** Ends with an error where it is given one. */
async function* given<T>(items: readonly T[], error?: Error): AsyncGenerator<T> {
  yield* items
  if (error !== undefined) throw error
}

function kernelFile(digit: string, content = digit): IndexedFile {
  const name = `${keyOf(digit)}.cl`
  return { file: { name, content }, line: JSON.stringify({ file: name }) }
}

describe('writeOutputFile', () => {
  it('writes text and bytes, and nothing beside them', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'x.csv')
    writeFileSync(path, '')
    await writeOutputFile(path, given(['ä\n', Uint8Array.of(98, 10)]), false)
    expect(readFileSync(path, 'utf8')).toBe('ä\nb\n')
    expect(readdirSync(folder)).toEqual(['x.csv'])
  })

  it('replaces a file only by force, and only with a complete one', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'x.csv')
    writeFileSync(path, 'old')
    await expect(writeOutputFile(path, given(['new']), false)).rejects.toThrow(`${path} exists and is not empty`)
    const broken = writeOutputFile(path, given(['new'], new Error('source broke')), true)
    await expect(broken).rejects.toThrow(/^source broke$/)
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['x.csv'])
    await writeOutputFile(path, given(['new']), true)
    expect(readFileSync(path, 'utf8')).toBe('new')
  })

  it('refuses what is no file', async () => {
    const folder = temporaryFolder()
    await expect(writeOutputFile(folder, given([]), true)).rejects.toThrow(`expected a file, ${folder} is none`)
    await expect(writeOutputFile('/dev/null', given([]), true)).rejects.toThrow(RangeError)
  })

  it('names the path where the folder is missing or the disk is full', async () => {
    const folder = temporaryFolder()
    const unwritable = (path: string, reason: string) =>
      expect.objectContaining({
        code: 'OUTPUT_UNWRITABLE',
        message: expect.stringMatching(`^cannot write ${path}: .*${reason}`),
      })
    const missing = join(folder, 'none', 'x.csv')
    await expect(writeOutputFile(missing, given(['x']), false)).rejects.toEqual(unwritable(missing, 'ENOENT'))
    const full = join(folder, 'full.csv')
    symlinkSync('/dev/full', `${full}.part`)
    await expect(writeOutputFile(full, given(['x']), false)).rejects.toEqual(unwritable(full, 'ENOSPC'))
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('writeOutputFolder', () => {
  it('writes the files and their index, and counts those that are missing', async () => {
    const folder = join(temporaryFolder(), 'new', 'out')
    const files = [kernelFile('a'), { file: null, line: '{"file":null}' }, kernelFile('b')]
    expect(await writeOutputFolder(folder, given(files), false)).toBe(1)
    expect(readdirSync(folder).sort()).toEqual([`${keyOf('a')}.cl`, `${keyOf('b')}.cl`, 'index.jsonl'])
    expect(readFileSync(join(folder, `${keyOf('b')}.cl`), 'utf8')).toBe('b')
    expect(readFileSync(join(folder, 'index.jsonl'), 'utf8')).toBe(files.map(({ line }) => `${line}\n`).join(''))
  })

  it('goes on in a folder that a killed export left', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, '.part'))
    writeFileSync(join(folder, '.part', `${keyOf('f')}.cl`), 'left behind')
    await writeOutputFolder(folder, given([kernelFile('a')]), false)
    expect(readdirSync(folder).sort()).toEqual([`${keyOf('a')}.cl`, 'index.jsonl'])
  })

  it('replaces an earlier export only by force, and never the files of others', async () => {
    const folder = temporaryFolder()
    const at = (name: string): string => join(folder, name)
    await writeOutputFolder(folder, given([kernelFile('a', 'old'), kernelFile('b')]), false)
    writeFileSync(at('scale.cl'), 'mine')
    await expect(writeOutputFolder(folder, given([kernelFile('c')]), false)).rejects.toThrow('is not empty')
    const broken = writeOutputFolder(folder, given([kernelFile('c')], new Error('source broke')), true)
    await expect(broken).rejects.toThrow(/^source broke$/)
    const before = [`${keyOf('a')}.cl`, `${keyOf('b')}.cl`, 'index.jsonl', 'scale.cl']
    expect(readdirSync(folder).sort()).toEqual(before)
    await writeOutputFolder(folder, given([kernelFile('a', 'new'), kernelFile('c')]), true)
    expect(readdirSync(folder).sort()).toEqual([`${keyOf('a')}.cl`, `${keyOf('c')}.cl`, 'index.jsonl', 'scale.cl'])
    expect(readFileSync(at(`${keyOf('a')}.cl`), 'utf8')).toBe('new')
  })

  it('names the path where it cannot be', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(writeOutputFolder(file, given([]), false)).rejects.toThrow(`expected a folder, ${file} is none`)
    const within = join(file, 'out')
    const unwritable = {
      code: 'OUTPUT_UNWRITABLE',
      message: expect.stringContaining(`cannot write ${within}: ENOTDIR`),
    }
    await expect(writeOutputFolder(within, given([]), false)).rejects.toMatchObject(unwritable)
    expect(existsSync(within)).toBe(false)
  })
})
