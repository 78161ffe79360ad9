// One run of a foreign program, without input or output but for what it says on stderr.

import { spawn } from 'node:child_process'

export interface Invocation {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Wall-clock limit in ms; then it is killed. */
  readonly timeoutMs: number
}

/** How it ended. */
export interface InvocationEnd {
  /** Exit code; null where it was killed. */
  readonly code: number | null
  readonly stderr: string
  /** Was stderr longer than is kept? */
  readonly isCut: boolean
}

const mostKept = 1 << 24

/**
 * Run it as a child of this process. Whatever happens, it has ended then.
 * @throws the error of a program that cannot be started, or the abort reason of the signal
 */
export function invokeHere(
  { command, args, cwd, timeoutMs }: Invocation,
  signal?: AbortSignal,
): Promise<InvocationEnd> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    const stop = (): unknown => child.kill('SIGKILL')
    signal?.addEventListener('abort', stop, { once: true })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < mostKept) stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop)
      if (signal?.aborted) reject(signal.reason)
      else resolve({ code, stderr, isCut: stderr.length >= mostKept })
    })
  })
}
