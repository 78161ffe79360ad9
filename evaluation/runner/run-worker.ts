// The process behind `run-process.ts`: does one run and ends.

import { findFeatureSpace } from '../../features/index.ts'
import { BenchError, dieWithParent } from '../../kernels/index.ts'
import { doRun } from './do-run.ts'
import type { RunReply, RunRequest } from './run-process.ts'

dieWithParent()

process.once('message', (request: RunRequest) => void answer(request))

async function answer({ order, startedAt }: RunRequest): Promise<void> {
  const { space, ...target } = order.target
  const whole = { ...order, target: { ...target, space: findFeatureSpace(space) } }
  try {
    reply({ kind: 'done', result: await doRun(whole, () => epochMs() - startedAt) })
  } catch (error) {
    if (error instanceof BenchError) reply({ kind: 'failed', message: error.message, code: error.code })
    else reply({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

/** The clock that this process shares with its parent. */
function epochMs(): number {
  return performance.timeOrigin + performance.now()
}

function reply(message: RunReply): void {
  process.send?.(message, () => process.disconnect())
}
