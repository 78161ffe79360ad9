// The other side of `invoke()`: a small process that runs the programs it is told of.

import { dieWithParent } from '../fork-module.ts'
import { invokeHere } from './invocation.ts'
import type { InvokeReply, InvokeRequest } from './invoke.ts'

dieWithParent()
const running = new Map<number, AbortController>()

process.on('message', (request: InvokeRequest) => {
  const { id } = request
  if (request.kind === 'stop') {
    running.get(id)?.abort()
    return
  }
  const controller = new AbortController()
  running.set(id, controller)
  const answer = (reply: InvokeReply): void => {
    running.delete(id)
    process.send?.(reply)
  }
  invokeHere(request.invocation, controller.signal).then(
    (end) => answer({ id, end }),
    ({ message, code }: NodeJS.ErrnoException) => answer({ id, error: { message, code } }),
  )
})

process.send?.('ready')
