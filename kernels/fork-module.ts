// Forks a module of ours as a child process with an IPC channel, from .ts sources (tests, tsx) or built .js alike.
// Sources always go through tsx: Node's own type stripping leaves `using` in place, which Node 20 and 22 reject.

import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** How a module is forked. */
export interface ForkOptions {
  /** Added to this process's environment. Default nothing. */
  readonly env?: Readonly<Record<string, string>>
  /** Command that Node is started behind, e.g. `['prlimit', '--core=0']`; it must end in an exec. Default none. */
  readonly behind?: readonly string[]
  /** In a process group of its own, so that it can be killed with its children. Default false. */
  readonly leadsGroup?: boolean
}

/**
 * @param url - module to run, e.g. `new URL('./run-worker.ts', import.meta.url)`; in a build the `.js` beside it runs
 */
export function forkModule(url: URL, { env = {}, behind = [], leadsGroup = false }: ForkOptions = {}): ChildProcess {
  const path = fileURLToPath(import.meta.url.endsWith('.ts') ? url : new URL(url.href.replace(/\.ts$/, '.js')))
  const [execPath, ...execArgv] = [...behind, process.execPath, ...(path.endsWith('.ts') ? ['--import', tsxUrl()] : [])]
  return fork(path, {
    execPath,
    execArgv,
    detached: leadsGroup,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced', // typed arrays and NaN arrive as such
  })
}

/** By URL, because a bare `tsx` would be looked up from the user's working directory. */
function tsxUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
}

/**
 * Call first in a forked module: it then ignores Ctrl-C (the parent decides what to save) and dies with its parent,
 * also where the parent was killed, and takes its group with it where it leads one. Work that blocks the event loop must be done in asynchronous foreign calls.
 * @param tidy - what the parent would have cleaned up
 */
export function dieWithParent(tidy: () => void = () => {}): void {
  process.on('SIGINT', () => {})
  process.on('disconnect', () => {
    try {
      tidy()
    } finally {
      killGroup()
    }
  })
}

function killGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill(process.pid, 'SIGKILL') // leads no group
  }
}
