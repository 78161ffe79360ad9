// One run of a foreign program, without input or output but for what it says on stderr.

import { spawn } from 'node:child_process'

export interface Program {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Wall-clock limit in ms; then it is killed. */
  readonly timeoutMs: number
}

/** How it ended. */
export interface ProgramEnd {
  /** Exit code; null where it was killed. */
  readonly code: number | null
  readonly stderr: string
  /** Was stderr longer than is kept? */
  readonly isCut: boolean
}

const mostKept = 1 << 24

/**
 * Run it from this process.
 * @throws the error of a program that cannot be started, or an AbortError
 */
export function runProgram({ command, args, cwd, timeoutMs }: Program, signal?: AbortSignal): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      signal,
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < mostKept) stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stderr, isCut: stderr.length >= mostKept }))
  })
}
