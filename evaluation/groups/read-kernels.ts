// Kernels of a group that is given: a folder of OpenCL files, JSON lines, or a store.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Store } from '../../corpora/index.ts'
import { extractKernel, findKernels, parseUnit, preprocess, type Random } from '../../kernels/index.ts'
import type { Draft } from './measure-forms.ts'

/** What a path holds. */
export type GivenKind = 'folder' | 'lines' | 'store'

/**
 * @returns undefined where the path is none of them
 */
export function kindOfGiven(path: string): GivenKind | undefined {
  const facts = statSync(path, { throwIfNoEntry: false })
  if (facts?.isDirectory() === true) return 'folder'
  if (facts?.isFile() !== true) return undefined
  if (path.endsWith('.jsonl')) return 'lines'
  return /\.(?:db|sqlite3?)$/.test(path) ? 'store' : undefined
}

/** A kernel that is read when its turn comes: files wait for the preprocessor. */
export type LazyDrafts = () => Promise<readonly Draft[]>

/**
 * The kernels of a path in random order, so that where the budget does not suffice for all of them every seed sees others.
 * Those of a store that benchsteer wrote, and our own seeds, are not foreign; everything else is.
 * @throws {RangeError} naming the line that holds no kernel
 */
export function listGiven(path: string, rng: Random): LazyDrafts[] {
  return rng.shuffle(draftsOf(path))
}

function draftsOf(path: string): LazyDrafts[] {
  switch (kindOfGiven(path)) {
    case 'folder':
      return readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.cl'))
        .sort()
        .map((name) => () => readFile(join(path, name)))
    case 'lines':
      return readLines(path)
    case 'store':
      return readStore(path)
    case undefined:
      throw new RangeError(`--group: expected a folder, a .jsonl file or a store (.db), received '${path}'`)
  }
}

/** Every kernel of a file by itself, with what it needs; nothing where the file cannot be preprocessed or parsed. */
async function readFile(path: string): Promise<Draft[]> {
  const outcome = await preprocess(decode(path), { path, shim: true })
  if (!outcome.ok) return [{ text: '', isForeign: true }]
  const unit = parseUnit(outcome.source)
  return findKernels(unit).map((name) => ({ text: extractKernel(unit, name) ?? '', isForeign: true }))
}

/** Old comments are often written in Latin-1. */
function decode(path: string): string {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? bytes.toString('latin1') : text
}

function readLines(path: string): LazyDrafts[] {
  return decode(path)
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return []
      const text = textOf(line)
      if (text === null) return []
      if (text === undefined) {
        throw new RangeError(
          `--group: ${path}:${i + 1}: expected a JSON object with the kernel as \`text\` or \`source\``,
        )
      }
      return [async () => [{ text, isForeign: true }]]
    })
}

/** @returns undefined where the line holds no text, null where it says so, as `kernels.jsonl` does of foreign kernels */
function textOf(line: string): string | null | undefined {
  try {
    const { text, source } = JSON.parse(line) as { readonly text?: unknown; readonly source?: unknown }
    const found = text ?? source
    return typeof found === 'string' || found === null ? found : undefined
  } catch {
    return undefined
  }
}

function readStore(path: string): LazyDrafts[] {
  using store = Store.open(path, { mustExist: true })
  return [...store.kernels.list()].map(({ text, origin }) => async () => [{ text, isForeign: origin === 'mined' }])
}
