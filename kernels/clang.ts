// Compile checks and LLVM IR through `clang -cc1`, many sources per process and a process per core: 27 times the rate
// of one process each (IR: 11 times), and a crash or hang of the compiler stays outside ours. A batch that dies is
// split until the culprit stands alone. IR setting (BenchPress's): -O1, nvptx64-nvidia-nvcl, OpenCL C 2.0, default header.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultHeader, findClang } from './clang-tools.ts'
import type { Rejection } from './errors.ts'
import { lex } from './lexer.ts'
import { checkSource } from './limits.ts'

/**
 * Compiler settings of every check, part of the provenance of each result: what `clang -S -emit-llvm -O1
 * --target=nvptx64-nvidia-nvcl -cl-std=CL2.0` hands to cc1. The default header comes precompiled: the full
 * `opencl-c.h` at the price of the short one, and identical IR.
 */
export const irFlags: readonly string[] = [
  ...['-triple', 'nvptx64-nvidia-nvcl', '-cl-std=CL2.0', '-O1', '-w', '-ferror-limit', '0'],
  ...['-disable-free', '-disable-llvm-verifier', '-discard-value-names', '-mrelocation-model', 'static'],
  ...['-mframe-pointer=all', '-fmath-errno', '-ffp-contract=on', '-fno-rounding-math', '-no-integrated-as'],
  ...['-fgnuc-version=4.2.1', '-fno-threadsafe-statics', '-x', 'cl'],
]

/**
 * After `-w` no warning becomes an error, so it goes. `-Wno-everything` in its place would also silence the warnings that
 * are errors by default. Warnings that a source words itself stay off: they could pass for errors of its neighbours.
 */
const strictFlags: readonly string[] = [
  ...irFlags.filter((flag) => flag !== '-w'),
  ...['-Wno-deprecated-declarations', '-Wno-user-defined-warnings'],
  ...['-Werror=int-conversion', '-Werror=incompatible-pointer-types', '-Werror=pointer-integer-compare'],
]

/** LLVM IR, or why there is none. */
export type CompileOutcome = { readonly ok: true; readonly ir: string } | Rejection

/** How sources are compiled. */
export interface CompileOptions {
  /** Stop after semantic analysis; `ir` is then empty. Default false. */
  readonly checkOnly?: boolean
  /**
   * Refuse also what mixes pointers with integers, with pointers to other types or with pointers to constants, as the
   * compilers of newer devices do. Default false.
   */
  readonly isStrict?: boolean
  /** Wall-clock limit for one source, in ms; a batch gets 40 ms more per source. Default 5000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const batchSize = 48
/** Below this, a process of its own costs more than it saves. */
const smallestBatch = 12
const loggedErrors = 8
const logLimit = 1 << 24
const crashLog = 'the compiler crashed or ran out of time'

/**
 * Compile each source by itself. Results are in the order of the sources; a faulty source never affects another.
 * @returns per source its IR (empty with `checkOnly`), or the stage and log of its failure
 */
export async function compileAll(sources: readonly string[], options: CompileOptions = {}): Promise<CompileOutcome[]> {
  const outcomes: (CompileOutcome | undefined)[] = sources.map(rejectUnfit)
  const open = sources.flatMap((_, i) => (outcomes[i] === undefined ? [i] : []))
  const jobs = availableParallelism()
  const size = Math.min(batchSize, Math.max(smallestBatch, Math.ceil(open.length / jobs)))
  const batches = Array.from({ length: Math.ceil(open.length / size) }, (_, k) => open.slice(k * size, (k + 1) * size))
  const work = batches.values()
  const runBatches = async (): Promise<void> => {
    for (const batch of work) {
      const results = await compileBatch(
        batch.map((i) => sources[i]),
        options,
      )
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
  const folder = await mkdtemp(join(tmpdir(), 'benchsteer-cc-'))
  try {
    await Promise.all(sources.map((source, i) => writeFile(join(folder, `${i}.cl`), source)))
    const all = sources.map((_, i) => i)
    return options.checkOnly ? await checkFiles(folder, all, options) : await emitAll(folder, all, options)
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

interface ClangRun {
  readonly stderr: string
  /** Killed by a signal, by the time limit, or by an internal error. */
  readonly died: boolean
  /** Died, or may have kept errors of later files to itself, as clang does after a fatal error. */
  readonly isUncertain: boolean
  readonly failed: boolean
}

function runClang(
  folder: string,
  args: readonly string[],
  sources: number,
  options: CompileOptions,
): Promise<ClangRun> {
  const { timeoutMs = 5000, isStrict = false, signal } = options
  return new Promise((resolve, reject) => {
    // Carets repeat source lines, which could pass for errors.
    const settings = [...(isStrict ? strictFlags : irFlags), '-fno-caret-diagnostics']
    const header = ['-include-pch', defaultHeader(irFlags)]
    const child = spawn(findClang().path, ['-cc1', ...settings, ...header, ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs + 40 * sources,
      killSignal: 'SIGKILL',
      signal,
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < logLimit) stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      // clang reports errors with exit code 1; a handled crash exits with another code, a kill with none.
      const died = code !== 0 && code !== 1
      const isUncertain = died || stderr.length >= logLimit || /^\d+\.cl:\d+:\d+: fatal error: /m.test(stderr)
      resolve({ stderr, died, isUncertain, failed: code !== 0 })
    })
  })
}

/** The first errors by file number, one line each: `line:column: message`. */
function errorsByFile(stderr: string): Map<number, string> {
  const logs = new Map<number, string[]>()
  for (const match of stderr.matchAll(/^(\d+)\.cl:(\d+:\d+: )(?:fatal )?error: (.*)$/gm)) {
    const file = Number(match[1])
    const lines = logs.get(file) ?? []
    if (lines.length < loggedErrors) lines.push(match[2] + match[3])
    logs.set(file, lines)
  }
  return new Map([...logs].map(([file, lines]) => [file, lines.join('\n')]))
}
