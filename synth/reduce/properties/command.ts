// An interestingness test of the user's own, as for C-Reduce and Perses: exit code 0 means interesting. It runs in a
// process group of its own, which is killed as a whole.

import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Property } from '../reduce.ts'

export interface CommandOptions {
  /** Wall-clock limit for one run, in ms. Default 10,000. */
  readonly timeoutMs?: number
  /** Runs at a time. Default 1: tests may write files of fixed names. */
  readonly jobs?: number
  readonly signal?: AbortSignal
}

const defaultTimeoutMs = 10_000

/**
 * Texts for which a command of the shell ends with exit code 0 in time. It runs in the current folder.
 * @param command - `{}` stands for the path of a file with the text
 */
export function passesCommand(command: string, options: CommandOptions = {}): Property {
  return async (texts) => {
    const answers: boolean[] = []
    const work = texts.entries()
    const runAll = async (): Promise<void> => {
      for (const [i, text] of work) answers[i] = (await runCommand(command, text, options)) === 0
    }
    await Promise.all(Array.from({ length: options.jobs ?? 1 }, runAll))
    return answers
  }
}

/**
 * Run a command once on a text.
 * @returns its exit code, `timeout`, or the signal that ended it
 * @throws the signal's reason where that is aborted
 */
export async function runCommand(
  command: string,
  text: string,
  { timeoutMs = defaultTimeoutMs, signal }: CommandOptions = {},
): Promise<number | string> {
  signal?.throwIfAborted()
  const folder = await mkdtemp(join(tmpdir(), 'benchsteer-reduce-'))
  try {
    const path = join(folder, 'kernel.cl')
    await writeFile(path, text)
    return await runShell(command.replaceAll('{}', `'${path.replaceAll("'", "'\\''")}'`), timeoutMs, signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runShell(line: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', line], { detached: true, stdio: 'ignore' })
    let hasTimedOut = false
    const kill = (): void => {
      // The group may have ended by itself just now.
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {}
    }
    const timer = setTimeout(() => {
      hasTimedOut = true
      kill()
    }, timeoutMs)
    signal?.addEventListener('abort', kill, { once: true })
    const settle = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', kill)
    }
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, deathSignal) => {
      settle()
      if (signal?.aborted) reject(signal.reason)
      else resolve(hasTimedOut ? 'timeout' : (code ?? deathSignal ?? 'lost'))
    })
  })
}
