// The process behind `infill-process.ts`: loads the model that it is named and answers requests one after another.

import { dieWithParent } from '../kernels/index.ts'
import { infill } from './infill.ts'
import type { InfillReply, InfillRequest } from './infill-process.ts'
import { Model } from './model.ts'
import { Random } from './random.ts'
import { sendable } from './sent-error.ts'

dieWithParent()
let model: Promise<Model> | undefined
const aborts = new Map<number, AbortController>()
let last: Promise<void> = Promise.resolve()

process.on('message', (request: InfillRequest) => {
  switch (request.kind) {
    case 'load':
      model = Model.load(request.folder)
      model.then(
        () => reply({ id: request.id, infills: [] }),
        (error) => reply({ id: request.id, error: sendable(error) }),
      )
      return
    case 'abort':
      aborts.get(request.id)?.abort()
      return
    case 'infill': {
      const abort = new AbortController()
      aborts.set(request.id, abort)
      last = last.then(() => answer(request, abort.signal))
    }
  }
})

async function answer(request: Extract<InfillRequest, { kind: 'infill' }>, signal: AbortSignal): Promise<void> {
  const { id, contexts, options, seed } = request
  try {
    if (model === undefined) throw new Error('no model was named')
    const infills = await infill(await model, contexts, { ...options, signal }, new Random(seed))
    reply({ id, infills })
  } catch (error) {
    reply({ id, error: sendable(error) })
  } finally {
    aborts.delete(id)
  }
}

function reply(message: InfillReply): void {
  process.send?.(message)
}
