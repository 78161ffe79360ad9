// A search in a process of its own: parsing and measuring candidates keeps a core busy, and a campaign has several.

import type { ChildProcess } from 'node:child_process'
import { type DeviceChoice, DisposedError, forkModule } from '../../kernels/index.ts'
import type { Infill, InfillOptions } from '../infill.ts'
import type { Infiller } from '../infill-process.ts'
import type { Context } from '../model.ts'
import { ProcessDied } from '../process-died.ts'
import type { SearchProgress } from '../search/search.ts'
import { errorOf, type SentError, sendable } from '../sent-error.ts'
import type { Benchmark, SynthEvent } from '../synthesize-events.ts'
import { type Job, targetOf } from './job.ts'

/** State of a search without the kernels it holds. */
export type JobProgress = Omit<SearchProgress, 'best' | 'beam'>

/** What a search in another process reports. */
export type JobEvent =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | Exclude<SynthEvent, { readonly kind: 'progress' }>

/** To the process. */
export type SearchRequest =
  | { readonly kind: 'search'; readonly model: string; readonly device?: DeviceChoice; readonly job: Job }
  | { readonly kind: 'stop' }
  | { readonly kind: 'infilled'; readonly id: number; readonly infills: readonly Infill[] }
  | { readonly kind: 'refused'; readonly id: number; readonly error: SentError }

/** From the process. Benchmarks come without their target, which holds functions. */
export type SearchReply =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'benchmark'; readonly benchmark: Omit<Benchmark, 'target'>; readonly isFinal: boolean }
  | Extract<SynthEvent, { readonly kind: 'done' }>
  | { readonly kind: 'failed'; readonly error: SentError }
  | {
      readonly kind: 'infill'
      readonly id: number
      readonly contexts: readonly Context[]
      readonly options: Omit<InfillOptions, 'signal'>
      readonly seed: number
    }
  | { readonly kind: 'withdraw'; readonly id: number }

/** Where and with what a search is done. */
export interface SearchPlace {
  /** Folder of the model. */
  readonly model: string
  readonly device?: DeviceChoice
  readonly infiller: Infiller
}

/** Owns a process that does one search at a time. */
export class SearchProcess implements Disposable {
  readonly #child: ChildProcess
  readonly #place: SearchPlace
  readonly #aborts = new Map<number, AbortController>()
  #receive: (reply: SearchReply) => void = () => {}
  #end: Error | undefined

  constructor(place: SearchPlace) {
    this.#place = place
    this.#child = forkModule(new URL('./search-worker.ts', import.meta.url))
    let stderr = ''
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-2000)
    })
    this.#child.on('message', (reply: SearchReply) => {
      if (reply.kind === 'infill') void this.#infill(reply)
      else if (reply.kind === 'withdraw') this.#aborts.get(reply.id)?.abort()
      else this.#receive(reply)
    })
    this.#child.on('error', ({ message }) => this.#fail(new ProcessDied(message)))
    this.#child.on('close', (code, signal) => {
      this.#fail(new ProcessDied(`the searching process ended (${signal ?? code}): ${stderr.trim()}`))
    })
  }

  /** Why it can search no more; undefined while it can. */
  get end(): Error | undefined {
    return this.#end
  }

  /**
   * Search, as `synthesizeEvents` does over there.
   * @param signal - ends the search early; its end is still verified
   * @throws {BenchError} as `synthesizeEvents`
   * @throws {ProcessDied} where the process died, or one that wrote its infills, twice
   */
  async *run(job: Job, signal?: AbortSignal): AsyncGenerator<JobEvent, void> {
    if (this.#end !== undefined) throw this.#end
    const target = await targetOf(job)
    const replies: SearchReply[] = []
    let wake = (): void => {}
    this.#receive = (reply) => {
      replies.push(reply)
      wake()
    }
    const stop = (): void => this.#send({ kind: 'stop' })
    const { model, device } = this.#place
    this.#send({ kind: 'search', model, device, job })
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      for (;;) {
        const reply = replies.shift()
        if (reply === undefined) {
          if (this.#end !== undefined) throw this.#end
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        } else if (reply.kind === 'failed') throw errorOf(reply.error)
        else if (reply.kind === 'benchmark') yield { ...reply, benchmark: { ...reply.benchmark, target } }
        else if (reply.kind === 'progress') yield reply
        else if (reply.kind === 'done') {
          yield reply
          return
        }
      }
    } finally {
      signal?.removeEventListener('abort', stop)
      this.#receive = () => {}
    }
  }

  [Symbol.dispose](): void {
    this.#fail(new DisposedError('SearchProcess'))
    this.#child.kill('SIGKILL')
  }

  async #infill({ id, contexts, options, seed }: Extract<SearchReply, { kind: 'infill' }>): Promise<void> {
    const abort = new AbortController()
    this.#aborts.set(id, abort)
    try {
      const infills = await this.#place.infiller.infill(contexts, { ...options, signal: abort.signal }, seed)
      this.#send({ kind: 'infilled', id, infills })
    } catch (error) {
      this.#send({ kind: 'refused', id, error: sendable(error) })
    } finally {
      this.#aborts.delete(id)
    }
  }

  #send(request: SearchRequest): void {
    if (this.#child.connected) this.#child.send(request, () => {}) // its death is reported by `close`
  }

  #fail(error: Error): void {
    this.#end ??= error
    for (const abort of this.#aborts.values()) abort.abort()
    this.#receive({ kind: 'failed', error: sendable(this.#end) })
  }
}
