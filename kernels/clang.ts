// Compile checks and LLVM IR through `clang -cc1`, many sources per process: about fifteen times the rate of one
// process each, and a crash or hang of the compiler stays outside ours. A batch that dies is split until the
// culprit stands alone. IR setting (BenchPress's): -O1, nvptx64-nvidia-nvcl, OpenCL C 2.0, default header.

import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BenchError, type Rejection } from './errors.ts'
import { checkSource } from './limits.ts'

/** Compiler settings shared by every check; part of the provenance of each result. */
export const irFlags: readonly string[] = [
  ...['-triple', 'nvptx64-nvidia-nvcl', '-x', 'cl', '-cl-std=CL2.0', '-cl-ext=+all'],
  ...['-finclude-default-header', '-fdeclare-opencl-builtins', '-O1', '-w'],
]

export type CompileOutcome = { readonly ok: true; readonly ir: string } | Rejection

export interface CompileOptions {
  /** Stop after semantic analysis; `ir` is then empty. Default false. */
  readonly checkOnly?: boolean
  /** Wall-clock limit for one source, in ms; a batch of n gets at most n times as much. Default 5000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const batchSize = 48
const crashLog = 'the compiler crashed or ran out of time'

/** Path and version of the clang in use. @throws {BenchError} CLANG_MISSING */
export function findClang(): { readonly path: string; readonly version: string } {
  cachedClang ??= searchClang()
  return cachedClang
}

let cachedClang: { path: string; version: string } | undefined

function searchClang(): { path: string; version: string } {
  for (const path of ['clang-14', 'clang', 'clang-15', 'clang-16', 'clang-17', 'clang-18', 'clang-19']) {
    const result = spawnSync(path, ['--version'], { encoding: 'utf8' })
    const version = /version (\d+\.\d+\.\d+)/.exec(result.stdout ?? '')
    if (version) return { path, version: version[1] }
  }
  throw new BenchError('CLANG_MISSING', 'no clang on PATH; run `npm start` once, or: apt-get install clang-14')
}

/**
 * Compile each source by itself. Results are in the order of the sources; a faulty source never affects another.
 * @returns per source its IR (empty with `checkOnly`), or the stage and log of its failure
 */
export async function compileAll(sources: readonly string[], options: CompileOptions = {}): Promise<CompileOutcome[]> {
  const outcomes: (CompileOutcome | undefined)[] = sources.map(rejectUnfit)
  const open = sources.flatMap((_, i) => (outcomes[i] === undefined ? [i] : []))
  for (let start = 0; start < open.length; start += batchSize) {
    const batch = open.slice(start, start + batchSize)
    const results = await compileBatch(
      batch.map((i) => sources[i]),
      options,
    )
    batch.forEach((i, k) => {
      outcomes[i] = results[k]
    })
  }
  return outcomes as CompileOutcome[]
}

/** Candidates are preprocessed already: any directive but a pragma is foreign, and `#include` can hang a compiler. */
function rejectUnfit(source: string): Rejection | undefined {
  const directive = /^[ \t]*#(?![ \t]*(?:pragma|line|\d))[^\n]{0,60}/m.exec(source)
  if (directive) return { ok: false, stage: 'limits', log: `preprocessor directive: ${directive[0].trim()}` }
  return checkSource(source)
}

async function compileBatch(sources: readonly string[], options: CompileOptions): Promise<CompileOutcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'benchsteer-cc-'))
  try {
    await Promise.all(sources.map((source, i) => writeFile(join(folder, `${i}.cl`), source)))
    const all = sources.map((_, i) => i)
    const outcomes = await checkFiles(folder, all, options)
    if (options.checkOnly) return outcomes
    // After one failing input clang emits nothing for the later ones: only what passed the check goes on.
    await emitFiles(
      folder,
      all.filter((i) => outcomes[i].ok),
      options,
      outcomes,
    )
    return outcomes
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function checkFiles(folder: string, files: readonly number[], options: CompileOptions): Promise<CompileOutcome[]> {
  const outcomes: CompileOutcome[] = []
  await divide(files, async (part) => {
    const run = await runClang(folder, ['-fsyntax-only', ...part.map((i) => `${i}.cl`)], part.length, options)
    if (run.died && part.length > 1) return false
    const logs = errorsByFile(run.stderr)
    for (const i of part) {
      const log = run.died ? crashLog : logs.get(i)
      outcomes[i] = log === undefined ? { ok: true, ir: '' } : { ok: false, stage: 'compile', log }
    }
    return true
  })
  return outcomes
}

async function emitFiles(
  folder: string,
  files: readonly number[],
  options: CompileOptions,
  outcomes: CompileOutcome[],
): Promise<void> {
  await divide(files, async (part) => {
    const run = await runClang(folder, ['-emit-llvm', ...part.map((i) => `${i}.cl`)], part.length, options)
    if (run.failed && part.length > 1) return false
    for (const i of part) {
      if (run.failed) outcomes[i] = { ok: false, stage: 'ir', log: errorsByFile(run.stderr).get(i) ?? crashLog }
      else outcomes[i] = { ok: true, ir: await readFile(join(folder, `${i}.ll`), 'utf8') }
    }
    return true
  })
}

/** Run `attempt` on all files, halving where it answers false. It must answer true for a single file. */
async function divide(
  files: readonly number[],
  attempt: (part: readonly number[]) => Promise<boolean>,
): Promise<void> {
  if (files.length === 0 || (await attempt(files))) return
  const middle = files.length >> 1
  await divide(files.slice(0, middle), attempt)
  await divide(files.slice(middle), attempt)
}

interface ClangRun {
  readonly stderr: string
  /** Killed by a signal, by the time limit, or by an internal error. */
  readonly died: boolean
  readonly failed: boolean
}

function runClang(folder: string, args: readonly string[], sources: number, options: CompileOptions): Promise<ClangRun> {
  const { timeoutMs = 5000, signal } = options
  return new Promise((resolve, reject) => {
    const child = spawn(findClang().path, ['-cc1', ...irFlags, '-ferror-limit', '0', ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs * Math.min(sources, 6),
      killSignal: 'SIGKILL',
      signal,
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < 1 << 24) stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      // clang reports errors with exit code 1; a handled crash exits with another code, a kill with none.
      resolve({ stderr, died: code !== 0 && code !== 1, failed: code !== 0 })
    })
  })
}

/** First error by file number: `line:column: message`. */
function errorsByFile(stderr: string): Map<number, string> {
  const logs = new Map<number, string>()
  for (const match of stderr.matchAll(/^(\d+)\.cl:(\d+:\d+: )(?:fatal )?error: (.*)$/gm)) {
    const file = Number(match[1])
    if (!logs.has(file)) logs.set(file, match[2] + match[3])
  }
  return logs
}
