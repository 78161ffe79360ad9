// One run of `clang -cc1`: its flags, its limits, and its errors by source.

import { defaultHeader, findClang } from './clang-tools.ts'
import type { Rejection } from './errors.ts'
import { invoke } from './invoke/invoke.ts'

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

const loggedErrors = 8

/** How a run ended. */
export interface ClangRun {
  readonly stderr: string
  /** Killed by a signal, by the time limit, or by an internal error. */
  readonly died: boolean
  /** Died, or may have kept errors of later files to itself, as clang does after a fatal error. */
  readonly isUncertain: boolean
  readonly failed: boolean
}

/**
 * Run clang in a folder of sources named `0.cl`, `1.cl`, and so on, or one that holds them behind line markers.
 * @param sources - how many it reads; its time limit grows with them
 */
export async function runClang(
  folder: string,
  args: readonly string[],
  sources: number,
  options: CompileOptions,
): Promise<ClangRun> {
  const { timeoutMs = 5000, isStrict = false, signal } = options
  // Carets repeat source lines, which could pass for errors.
  const settings = [...(isStrict ? strictFlags : irFlags), '-fno-caret-diagnostics']
  const header = ['-include-pch', defaultHeader(irFlags)]
  const invocation = {
    command: findClang().path,
    args: ['-cc1', ...settings, ...header, ...args],
    cwd: folder,
    timeoutMs: timeoutMs + 40 * sources,
  }
  const { code, stderr, isCut } = await invoke(invocation, signal)
  // clang reports errors with exit code 1; a handled crash exits with another code, a kill with none.
  const died = code !== 0 && code !== 1
  const isUncertain = died || isCut || /^\d+\.cl:\d+:\d+: fatal error: /m.test(stderr)
  return { stderr, died, isUncertain, failed: code !== 0 }
}

/** The first errors by number of the file, one line each: `line:column: message`. */
export function errorsByFile(stderr: string): Map<number, string> {
  const logs = new Map<number, string[]>()
  for (const match of stderr.matchAll(/^(\d+)\.cl:(\d+:\d+: )(?:fatal )?error: (.*)$/gm)) {
    const file = Number(match[1])
    const lines = logs.get(file) ?? []
    if (lines.length < loggedErrors) lines.push(match[2] + match[3])
    logs.set(file, lines)
  }
  return new Map([...logs].map(([file, lines]) => [file, lines.join('\n')]))
}
