// Corpora as researchers have them: a store of ours, a folder of OpenCL files, or JSON lines.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Store } from '../../../corpora/index.ts'
import type { Origin } from '../study.ts'

/** A text with one or more kernels. */
export interface CorpusText {
  readonly text: string
  /** File that it came from, whose folder resolves includes. */
  readonly path?: string
}

/** One group of kernels as it was asked for. */
export interface CorpusSource {
  /** `human`, `control`, or the name of a machine. */
  readonly name: string
  readonly origin: Origin
  readonly path: string
}

/**
 * The texts of a corpus. Of a store: of machines what was synthesized, of people what was not, as control anything;
 * kernels of the evaluation suites too.
 * @throws {RangeError} naming the corpus, what was expected and what is there
 * @throws {BenchError} as `Store.open`
 */
export function readCorpus(source: CorpusSource): CorpusText[] {
  const texts = readTexts(source)
  if (texts.length > 0) return texts
  throw new RangeError(`${source.name}: no kernels in ${source.path}${emptyHint(source)}`)
}

function readTexts(source: CorpusSource): CorpusText[] {
  const { path } = source
  if (isFolder(source)) return readFolder(path)
  if (/\.(?:jsonl|ndjson)$/.test(path)) return readLines(source)
  if (/\.(?:db|sqlite)$/.test(path)) return readStore(source)
  if (/\.cl$/.test(path)) return [{ text: readFileSync(path, 'utf8'), path }]
  throw new RangeError(
    `${source.name}: expected a store (.db), JSON lines (.jsonl), an OpenCL file (.cl) or a folder of these, received ${path}`,
  )
}

function isFolder({ name, path }: CorpusSource): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (cause) {
    throw new RangeError(`${name}: expected a corpus, but there is nothing at ${path}`, { cause })
  }
}

function readFolder(folder: string): CorpusText[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cl'))
  return names.sort().map((name) => ({ text: readFileSync(join(folder, name), 'utf8'), path: join(folder, name) }))
}

function readLines({ name, path }: CorpusSource): CorpusText[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [{ text: textOf(line, `${name}: ${path}:${i + 1}`) }]))
}

function textOf(line: string, place: string): string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new RangeError(`${place}: expected JSON`, { cause })
  }
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string') {
    return value.text
  }
  throw new RangeError(`${place}: expected an object with 'text', the kernel`)
}

function readStore({ origin, path }: CorpusSource): CorpusText[] {
  using store = Store.open(path, { mustExist: true })
  return [...store.kernels.list({ heldOut: 'include' })]
    .filter((kernel) => origin === 'control' || (kernel.origin === 'synthesized') === (origin === 'machine'))
    .map(({ text }) => ({ text }))
}

function emptyHint({ origin, path }: CorpusSource): string {
  if (!/\.(?:db|sqlite)$/.test(path)) return ''
  return origin === 'machine' ? ' were synthesized' : origin === 'human' ? ' were written by people' : ''
}
