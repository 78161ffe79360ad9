// A run in a process of its own: every group starts from nothing, and none finds warm what another has loaded.

import { BenchError, type BenchErrorCode, forkModule } from '../../kernels/index.ts'
import type { RunOrder, RunResult } from './do-run.ts'

/** An order as it is sent: a space is code, and goes by its id. */
export interface SentOrder extends Omit<RunOrder, 'target'> {
  readonly target: Omit<RunOrder['target'], 'space'> & { readonly space: string }
}

export interface RunRequest {
  readonly order: SentOrder
  /** When the run began, in ms since the epoch, by the clock of `performance`. */
  readonly startedAt: number
}

export type RunReply =
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly message: string; readonly code?: BenchErrorCode }

/** After so long beyond the budget a run is given up: kernels are judged after it. */
const mostJudgingMs = 300_000

/**
 * Do one run.
 * @throws {BenchError} where the environment is broken
 * @throws {Error} where it failed otherwise, with what the process wrote
 * @throws the signal's reason when aborted
 */
export function runApart(order: RunOrder, signal: AbortSignal): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.timeOrigin + performance.now()
    const child = forkModule(new URL('./run-worker.ts', import.meta.url), { leadsGroup: true })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-2000)
    })
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      kill(child.pid)
      settle()
    }
    const abort = (): void => end(() => reject(signal.reason))
    const late = new Error(`did not end within ${mostJudgingMs} ms after its budget`)
    const timer = setTimeout(() => end(() => reject(late)), order.budgetMs + mostJudgingMs)
    child.on('message', (reply: RunReply) => {
      if (reply.kind === 'done') end(() => resolve(reply.result))
      else end(() => reject(errorOf(reply)))
    })
    child.on('error', (error) => end(() => reject(error)))
    child.on('close', (code, killer) =>
      end(() => reject(new Error(`its process ended (${killer ?? code}): ${stderr.trim()}`))),
    )
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) return abort()
    const { space, ...target } = order.target
    const request: RunRequest = { startedAt, order: { ...order, target: { ...target, space: space.id } } }
    child.send(request, () => {}) // its death is reported by `close`
  })
}

function errorOf({ message, code }: Extract<RunReply, { kind: 'failed' }>): Error {
  return code === undefined ? new Error(message) : new BenchError(code, message)
}

/** With all that it started: it leads a group. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // has ended
  }
}
