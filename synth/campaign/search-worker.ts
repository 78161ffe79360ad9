// The process behind `search-process.ts`: does the searches it is sent, one at a time, and has its infills written
// by whoever sent it.

import { DeviceBuilder, type DeviceChoice, dieWithParent, Validator } from '../../kernels/index.ts'
import type { Infill, InfillOptions } from '../infill.ts'
import type { Infiller } from '../infill-process.ts'
import type { Context } from '../model.ts'
import { readModelInfo } from '../model-info.ts'
import { errorOf, sendable } from '../sent-error.ts'
import { synthesizeEvents } from '../synthesize-events.ts'
import { type Job, targetOf } from './job.ts'
import type { SearchReply, SearchRequest } from './search-process.ts'

dieWithParent()

interface Waiting {
  resolve(infills: readonly Infill[]): void
  reject(error: unknown): void
}

/** Passes requests on to the parent. */
class ParentInfiller implements Infiller {
  readonly #waiting = new Map<number, Waiting>()
  #requests = 0

  async infill(contexts: readonly Context[], options: InfillOptions, seed: number): Promise<readonly Infill[]> {
    const { signal, ...settings } = options
    signal?.throwIfAborted()
    const id = this.#requests++
    const abort = (): void => {
      reply({ kind: 'withdraw', id })
      this.#take(id)?.reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject })
        reply({ kind: 'infill', id, contexts, options: settings, seed })
      })
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  settle(request: Extract<SearchRequest, { kind: 'infilled' | 'refused' }>): void {
    const waiting = this.#take(request.id)
    if (request.kind === 'infilled') waiting?.resolve(request.infills)
    else waiting?.reject(errorOf(request.error))
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }
}

const infiller = new ParentInfiller()
let stop = new AbortController()
let builder: Promise<DeviceBuilder> | undefined
const validators = new Map<string, Promise<Validator>>()

process.on('message', (request: SearchRequest) => {
  switch (request.kind) {
    case 'search':
      stop = new AbortController()
      void search(request.model, request.device, request.job, stop.signal)
      return
    case 'stop':
      stop.abort()
      return
    default:
      infiller.settle(request)
  }
})

async function search(folder: string, device: DeviceChoice | undefined, job: Job, signal: AbortSignal): Promise<void> {
  try {
    const model = readModelInfo(folder)
    const target = await targetOf(job)
    builder ??= DeviceBuilder.open(device === undefined ? {} : { device })
    const validator = await openValidator(job.options.validate, device)
    const options = { ...job.options, infiller, validator, signal }
    for await (const event of synthesizeEvents(model, target, await builder, options)) {
      if (event.kind === 'progress') {
        const { best: _, beam: __, ...progress } = event.progress
        reply({ kind: 'progress', progress })
      } else if (event.kind === 'benchmark') {
        const { target: _, ...benchmark } = event.benchmark
        reply({ kind: 'benchmark', benchmark, isFinal: event.isFinal })
      } else reply(event)
    }
  } catch (error) {
    reply({ kind: 'failed', error: sendable(error) })
  }
}

/** One for all searches of this process. */
function openValidator(
  mode: Job['options']['validate'],
  device: DeviceChoice | undefined,
): Promise<Validator> | undefined {
  if (mode === undefined || mode === 'off') return undefined
  const validator = validators.get(mode) ?? Validator.open({ mode, device, workers: 2 })
  validators.set(mode, validator)
  return validator
}

function reply(message: SearchReply): void {
  process.send?.(message)
}
