// The other side of `launch()`: a small process that starts the programs it is told of.

import { dieWithParent } from '../fork-module.ts'
import type { LaunchReply, LaunchRequest } from './launch.ts'
import { runProgram } from './program.ts'

dieWithParent()
const running = new Map<number, AbortController>()

process.on('message', (request: LaunchRequest) => {
  const { id } = request
  if (request.kind === 'stop') {
    running.get(id)?.abort()
    return
  }
  const controller = new AbortController()
  running.set(id, controller)
  const answer = (reply: LaunchReply): void => {
    running.delete(id)
    process.send?.(reply)
  }
  runProgram(request.program, controller.signal).then(
    (end) => answer({ id, end }),
    (error: Error) => answer({ id, error: error.message }),
  )
})

process.send?.('ready')
