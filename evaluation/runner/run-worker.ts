// The process behind `run-process.ts`: does one run and ends.

import { findFeatureSpace } from '../../features/index.ts'
import { dieWithParent } from '../../kernels/index.ts'
import { doRun } from './do-run.ts'
import type { RunReply, RunRequest } from './run-process.ts'

dieWithParent()

const stop = new AbortController()

process.on('message', (request: RunRequest) => {
  if (request.kind === 'stop') stop.abort(new Error('stopped'))
  else void answer(request)
})

async function answer({ order, startedAt }: Extract<RunRequest, { kind: 'run' }>): Promise<void> {
  const { space, ...target } = order.target
  const whole = { ...order, target: { ...target, space: findFeatureSpace(space) } }
  try {
    reply({ kind: 'done', result: await doRun(whole, () => epochMs() - startedAt, stop.signal) })
  } catch (error) {
    reply({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

/** The clock that this process shares with its parent. */
function epochMs(): number {
  return performance.timeOrigin + performance.now()
}

function reply(message: RunReply): void {
  process.send?.(message, () => process.disconnect())
}
