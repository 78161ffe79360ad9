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
import { type CompileOptions, type CompileOutcome, errorsByFile, runClang } from './run-clang.ts'

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

/**
 * Hand sources that are fit for a compiler to `compile`, in batches, a batch per core at a time.
 * @returns in the order of the sources
 */
export async function inBatches(
  sources: readonly string[],
  compile: (batch: readonly string[]) => Promise<readonly CompileOutcome[]>,
): Promise<CompileOutcome[]> {
  const outcomes: (CompileOutcome | undefined)[] = sources.map(rejectUnfit)
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
  return outcomes as CompileOutcome[]
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
    return options.checkOnly ? await checkFiles(folder, all, options) : await emitAll(folder, all, options)
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
 * Most sources compile, so IR is asked for at once. After one failing input clang still checks the later ones but
 * emits nothing for them: those that passed are emitted in a second run.
 */
async function emitAll(folder: string, files: readonly number[], options: CompileOptions): Promise<CompileOutcome[]> {
  const outcomes: CompileOutcome[] = []
  const run = await runClang(folder, ['-emit-llvm', ...files.map((i) => `${i}.cl`)], files.length, options)
  if (run.isUncertain) {
    for (const [i, outcome] of (await checkFiles(folder, files, options)).entries()) outcomes[i] = outcome
  } else {
    const logs = errorsByFile(run.stderr)
    for (const i of files) {
      const log = logs.get(i)
      outcomes[i] = log === undefined ? { ok: true, ir: '' } : { ok: false, stage: 'compile', log }
    }
  }
  const passed = files.filter((i) => outcomes[i].ok)
  const isEmitted = (i: number): boolean => !run.isUncertain && existsSync(join(folder, `${i}.ll`))
  for (const i of passed.filter(isEmitted)) outcomes[i] = await readIr(folder, i)
  await emitFiles(
    folder,
    passed.filter((i) => !isEmitted(i)),
    options,
    outcomes,
  )
  return outcomes
}

async function readIr(folder: string, file: number): Promise<CompileOutcome> {
  return { ok: true, ir: await readFile(join(folder, `${file}.ll`), 'utf8') }
}

async function checkFiles(
  folder: string,
  files: readonly number[],
  options: CompileOptions,
): Promise<CompileOutcome[]> {
  const outcomes: CompileOutcome[] = []
  await divide(files, async (part) => {
    const run = await runClang(folder, ['-fsyntax-only', ...part.map((i) => `${i}.cl`)], part.length, options)
    if (run.isUncertain && part.length > 1) return false
    const logs = errorsByFile(run.stderr)
    for (const i of part) {
      const log = run.died ? crashLog : logs.get(i)
      outcomes[i] = log === undefined ? { ok: true, ir: '' } : { ok: false, stage: 'compile', log }
    }
    return true
  })
  return outcomes
}

/**
 * IR of files that passed the check. clang emits them in order, so where it dies the first file without output is to
 * blame: that one is tried alone, the rest go on without it.
 */
async function emitFiles(
  folder: string,
  files: readonly number[],
  options: CompileOptions,
  outcomes: CompileOutcome[],
): Promise<void> {
  let open = files
  while (open.length > 0) {
    const run = await runClang(folder, ['-emit-llvm', ...open.map((i) => `${i}.cl`)], open.length, options)
    const blamed = run.failed ? open.find((i) => !existsSync(join(folder, `${i}.ll`))) : undefined
    const done = blamed === undefined ? open : open.slice(0, open.indexOf(blamed))
    for (const i of done) outcomes[i] = await readIr(folder, i)
    if (blamed === undefined) return
    if (open.length === 1) {
      outcomes[blamed] = { ok: false, stage: 'ir', log: errorsByFile(run.stderr).get(blamed) ?? crashLog }
      return
    }
    await emitFiles(folder, [blamed], options, outcomes)
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
