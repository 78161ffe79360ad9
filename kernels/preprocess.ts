// The C preprocessor, by clang, one process a source (includes and macros are the user's; a hang is killed).

import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { findClang } from './clang-tools.ts'
import type { Rejection } from './errors.ts'
import { checkSource, sourceLimits } from './limits.ts'
import { packageRoot } from './package-root.ts'

/** How a source is preprocessed. */
export interface PreprocessOptions {
  /** Searched for `#include`, in order. Default none. */
  readonly includePaths?: readonly string[]
  /** `NAME` or `NAME=VALUE`. Default none. */
  readonly defines?: readonly string[]
  /** File the text came from: its folder resolves quoted includes. */
  readonly path?: string
  /** Define common macros and typedefs that sources expect from their host program. Default false. */
  readonly shim?: boolean
  /** Wall-clock limit in ms. Default 5000. */
  readonly timeoutMs?: number
}

/** The expanded source, or why there is none. */
export type PreprocessOutcome = { readonly ok: true; readonly source: string } | Rejection

/** Common macros and typedefs that host programs pass with `-D`; each guarded, so that a source's own wins. */
export const shimPath: string = join(packageRoot, 'kernels', 'shim.h')

/** Expand includes and macros and drop comments and line markers; pragmas stay. */
export function preprocess(text: string, options: PreprocessOptions = {}): Promise<PreprocessOutcome> {
  const unfit = checkSource(text) ?? checkIncludes(text)
  if (unfit) return Promise.resolve(unfit)
  const { includePaths = [], defines = [], path, shim = false, timeoutMs = 5000 } = options
  const args = ['-cc1', '-triple', 'nvptx64-nvidia-nvcl', '-E', '-P', '-x', 'cl', '-cl-std=CL2.0', '-w']
  if (shim) args.push('-include', shimPath)
  for (const folder of path === undefined ? includePaths : [dirname(path), ...includePaths]) args.push('-I', folder)
  for (const define of defines) args.push(`-D${define}`)
  return runPreprocessor([...args, '-'], text, timeoutMs)
}

/** Devices never end, or block. */
function checkIncludes(text: string): Rejection | undefined {
  const device = /^[ \t]*#[ \t]*include[ \t]*["<](\/(?:dev|proc|sys)\/[^">\n]*)/m.exec(text)
  return device === null ? undefined : { ok: false, stage: 'limits', log: `include of a device: ${device[1]}` }
}

function runPreprocessor(args: readonly string[], text: string, timeoutMs: number): Promise<PreprocessOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(findClang().path, args, { timeout: timeoutMs, killSignal: 'SIGKILL' })
    let source = ''
    let log = ''
    let tooLong = false
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (source.length + chunk.length <= sourceLimits.sizeBytes) source += chunk
      else {
        tooLong = true
        child.kill('SIGKILL')
      }
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (log.length < 1 << 16) log += chunk
    })
    child.on('error', reject)
    child.stdin.on('error', () => {}) // a preprocessor that dies early closes its input; `close` reports it
    child.on('close', (code, deathSignal) => {
      const fail = (reason: string): void => resolve({ ok: false, stage: 'preprocess', log: reason })
      if (tooLong) fail(`expands to more than ${sourceLimits.sizeBytes} characters`)
      else if (deathSignal === 'SIGKILL') fail(`preprocessor killed after ${timeoutMs} ms`)
      else if (code === null) fail(`preprocessor crashed: ${deathSignal}`)
      else if (code !== 0) fail(firstError(log))
      else resolve({ ok: true, source })
    })
    child.stdin.end(text)
  })
}

function firstError(log: string): string {
  const match = /^[^\n]*?:(\d+:\d+: )(?:fatal )?error: (.*)$/m.exec(log)
  return match ? match[1] + match[2] : log.trim().split('\n')[0] || 'preprocessor failed'
}
