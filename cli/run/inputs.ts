// Kernels to run, as a user names them: OpenCL files, folders of them, JSON lines, stores.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Store } from '../../corpora/index.ts'
import { extractKernel, findKernels, parseUnit, preprocess } from '../../kernels/index.ts'
import { nameOf, readOperand } from '../read-source.ts'

/** One kernel, preprocessed and alone. */
export interface KernelInput {
  /** File, line of a file, or the key of the kernel in a store. */
  readonly origin: string
  /** Path of its store and its row there. */
  readonly store?: string
  readonly kernelId?: number
  readonly text: string
  /** Of a text with several that need each other. Default: the first one. */
  readonly kernel?: string
  /** Why the source could not be preprocessed; `text` is then the source. */
  readonly problem?: string
}

/** How sources are read. */
export interface InputOptions {
  readonly includePaths: readonly string[]
  readonly defines: readonly string[]
  /** Only the kernel of this name. */
  readonly kernel?: string
  /** At most so many. Default all. */
  readonly limit?: number
}

const storeEnding = /\.(?:db|sqlite3?)$/

/** Does a path name a store? */
export function isStore(path: string): boolean {
  return storeEnding.test(path)
}

/** Every kernel of the operands, in order; a source with several gives each with what it needs. */
export async function* readInputs(paths: readonly string[], options: InputOptions): AsyncGenerator<KernelInput> {
  let left = options.limit ?? Number.POSITIVE_INFINITY
  for await (const input of readAll(paths, options)) {
    yield input
    if (--left === 0) return
  }
}

async function* readAll(paths: readonly string[], options: InputOptions): AsyncGenerator<KernelInput> {
  for (const path of paths) {
    if (isStore(path)) yield* readStore(path)
    else if (path.endsWith('.jsonl')) yield* readLines(path)
    else if (path !== '-' && isFolder(path)) {
      for (const file of listSources(path)) yield* readFile(file, options)
    } else yield* readFile(path, options)
  }
}

function* readStore(path: string): Generator<KernelInput> {
  using store = Store.open(path, { mustExist: true })
  for (const { id, key, text } of store.kernels.list()) {
    yield { origin: key.slice(0, 12), store: path, kernelId: id, text }
  }
}

/** One object a line, with the kernel as `text`: what `sample` and `corpora export --format jsonl` write. */
function* readLines(path: string): Generator<KernelInput> {
  const lines = readOperand(path, 'JSON lines with a `text` each').split('\n')
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const text = textOf(line)
    if (text === undefined) throw new RangeError(`${path}:${i + 1}: expected a JSON object with a \`text\``)
    yield { origin: `${path}:${i + 1}`, text }
  }
}

function textOf(line: string): string | undefined {
  try {
    const { text } = JSON.parse(line) as { readonly text?: unknown }
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

async function* readFile(file: string, { includePaths, defines, kernel }: InputOptions): AsyncGenerator<KernelInput> {
  const source = readOperand(file, 'a file of OpenCL C')
  const origin = nameOf(file)
  const path = file === '-' ? undefined : file
  const outcome = await preprocess(source, { includePaths, defines, path })
  if (!outcome.ok) {
    yield { origin, text: source, problem: `${outcome.stage}: ${outcome.log}` }
    return
  }
  const unit = parseUnit(outcome.source)
  const names = findKernels(unit).filter((name) => kernel === undefined || name === kernel)
  if (unit.errors.length > 0 || names.length === 0) yield { origin, text: outcome.source }
  else for (const name of names) yield { origin, text: extractKernel(unit, name) ?? outcome.source, kernel: name }
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.cl'))
    .sort()
    .map((name) => join(folder, name))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
