// Compile checks and LLVM IR through `clang -cc1`, many sources per process and a process per core: 27 times the rate
// of one process each (IR: 11 times), and a crash or hang of the compiler stays outside ours. A batch that dies is
// split until the culprit stands alone. IR setting (BenchPress's): -O1, nvptx64-nvidia-nvcl, OpenCL C 2.0, default header.

import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rejection } from './errors.ts'
import { lex } from './lexer.ts'
import { checkSource } from './limits.ts'
import { type ClangRun, type CompileOptions, type CompileOutcome, errorsByFile, runClang } from './run-clang.ts'

const batchSize = 48
/** Below this, a process of its own costs more than it saves. */
const smallestBatch = 12
const crashLog = 'the compiler crashed or ran out of time'

/**
 * Compile each source by itself. Results are in the order of the sources; a faulty source never affects another.
 * @returns per source its IR (empty with `checkOnly`), or the stage and log of its failure
 */
export async function compileAll(sources: readonly string[], options: CompileOptions = {}): Promise<CompileOutcome[]> {
  return inBatches(sources, (batch) => compileBatch(batch, options))
}

/** What clang is asked to write for each source, and how that is read. */
export interface Emission<T> {
  readonly flag: string
  /** Of the files that it writes: `.ll`. */
  readonly ending: string
  read(path: string): Promise<T>
}

type EmittedIr = Exclude<CompileOutcome, Rejection>

const irText: Emission<EmittedIr> = {
  flag: '-emit-llvm',
  ending: '.ll',
  read: async (path) => ({ ok: true, ir: await readFile(path, 'utf8') }),
}

/**
 * Hand sources that are fit for a compiler to `compile`, in batches, a batch per core at a time.
 * @returns in the order of the sources
 */
export async function inBatches<T>(
  sources: readonly string[],
  compile: (batch: readonly string[]) => Promise<readonly (T | Rejection)[]>,
): Promise<(T | Rejection)[]> {
  const outcomes: (T | Rejection | undefined)[] = sources.map(rejectUnfit)
  const open = sources.flatMap((_, i) => (outcomes[i] === undefined ? [i] : []))
  const jobs = availableParallelism()
  const size = Math.min(batchSize, Math.max(smallestBatch, Math.ceil(open.length / jobs)))
  const batches = Array.from({ length: Math.ceil(open.length / size) }, (_, k) => open.slice(k * size, (k + 1) * size))
  const work = batches.values()
  const runBatches = async (): Promise<void> => {
    for (const batch of work) {
      const results = await compile(batch.map((i) => sources[i]))
      for (const [k, i] of batch.entries()) outcomes[i] = results[k]
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, batches.length) }, runBatches))
  return outcomes as (T | Rejection)[]
}

/**
 * Candidates are preprocessed already: any directive but a pragma is foreign. `#include` can hang a compiler, and a
 * line marker would put errors down to another file of the batch.
 */
function rejectUnfit(source: string): Rejection | undefined {
  const unfit = checkSource(source)
  if (unfit || !/#|%:|\?\?=/.test(source)) return unfit
  const lines = source.replace(/\r\n?/g, '\n') // to clang, a lone carriage return ends a line too
  const directive =
    lex(lines).find(({ kind, text }) => kind === 'directive' && !/^#[ \t]*pragma\b/.test(text))?.text ??
    /(?:%:|\?\?=).*/.exec(lines)?.[0] // `#` spelled as digraph or trigraph
  if (directive === undefined) return undefined
  return { ok: false, stage: 'limits', log: `preprocessor directive: ${directive.slice(0, 60).trim()}` }
}

async function compileBatch(sources: readonly string[], options: CompileOptions): Promise<CompileOutcome[]> {
  return await withSources(sources, async (folder) => {
    const all = sources.map((_, i) => i)
    if (!options.checkOnly) return await emitAll(folder, all, irText, options)
    const rejections = await checkFiles(folder, all, options)
    return all.map((i) => rejections[i] ?? { ok: true, ir: '' })
  })
}

/** A folder with the sources as `0.cl`, `1.cl`, and so on, removed afterwards. */
export async function withSources<T>(sources: readonly string[], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'benchsteer-cc-'))
  try {
    await Promise.all(sources.map((source, i) => writeFile(join(folder, `${i}.cl`), source)))
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Most sources compile, so output is asked for at once. After one failing input clang still checks the later ones but
 * emits nothing for them: those that passed are emitted in a second run.
 * @param files - numbers of the sources in the folder
 * @returns by number
 */
export async function emitAll<T>(
  folder: string,
  files: readonly number[],
  emission: Emission<T>,
  options: CompileOptions,
): Promise<(T | Rejection)[]> {
  const { flag, ending, read } = emission
  const run = await runClang(folder, [flag, ...files.map((i) => `${i}.cl`)], files.length, options)
  const rejections = run.isUncertain ? await checkFiles(folder, files, options) : rejectionsOf(run, files)
  const outcomes: (T | Rejection)[] = []
  const left: number[] = []
  for (const i of files) {
    const rejection = rejections[i]
    const path = join(folder, `${i}${ending}`)
    if (rejection !== undefined) outcomes[i] = rejection
    else if (!run.isUncertain && existsSync(path)) outcomes[i] = await read(path)
    else left.push(i)
  }
  await emitFiles(folder, left, emission, options, outcomes)
  return outcomes
}

/** By number of the file; undefined where it passed. */
function rejectionsOf({ stderr, died }: ClangRun, files: readonly number[]): (Rejection | undefined)[] {
  const logs = errorsByFile(stderr)
  const rejections: (Rejection | undefined)[] = []
  for (const i of files) {
    const log = died ? crashLog : logs.get(i)
    rejections[i] = log === undefined ? undefined : { ok: false, stage: 'compile', log }
  }
  return rejections
}

/** @returns as `rejectionsOf` */
async function checkFiles(
  folder: string,
  files: readonly number[],
  options: CompileOptions,
): Promise<(Rejection | undefined)[]> {
  const rejections: (Rejection | undefined)[] = []
  await divide(files, async (part) => {
    const run = await runClang(folder, ['-fsyntax-only', ...part.map((i) => `${i}.cl`)], part.length, options)
    if (run.isUncertain && part.length > 1) return false
    const found = rejectionsOf(run, part)
    for (const i of part) rejections[i] = found[i]
    return true
  })
  return rejections
}

/**
 * Output for files that passed the check. clang emits them in order, so where it dies the first file without output is
 * to blame: that one is tried alone, the rest go on without it.
 */
async function emitFiles<T>(
  folder: string,
  files: readonly number[],
  emission: Emission<T>,
  options: CompileOptions,
  outcomes: (T | Rejection)[],
): Promise<void> {
  const { flag, ending, read } = emission
  const pathOf = (i: number): string => join(folder, `${i}${ending}`)
  let open = files
  while (open.length > 0) {
    const run = await runClang(folder, [flag, ...open.map((i) => `${i}.cl`)], open.length, options)
    const blamed = run.failed ? open.find((i) => !existsSync(pathOf(i))) : undefined
    const done = blamed === undefined ? open : open.slice(0, open.indexOf(blamed))
    for (const i of done) outcomes[i] = await read(pathOf(i))
    if (blamed === undefined) return
    if (open.length === 1) {
      outcomes[blamed] = { ok: false, stage: 'ir', log: errorsByFile(run.stderr).get(blamed) ?? crashLog }
      return
    }
    await emitFiles(folder, [blamed], emission, options, outcomes)
    open = open.slice(done.length + 1)
  }
}

/** Run `attempt` on all files, halving where it answers false. It must answer true for a single file. */
async function divide(files: readonly number[], attempt: (part: readonly number[]) => Promise<boolean>): Promise<void> {
  if (files.length === 0 || (await attempt(files))) return
  const middle = files.length >> 1
  await divide(files.slice(0, middle), attempt)
  await divide(files.slice(middle), attempt)
}
