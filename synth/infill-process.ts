// Infilling in a process of its own: onnxruntime-node computes on the thread that calls it, and a search has better
// things to do meanwhile.

import type { ChildProcess } from 'node:child_process'
import { BenchError, DisposedError, forkModule } from '../kernels/index.ts'
import type { Infill, InfillOptions } from './infill.ts'
import type { Context } from './model.ts'
import { ProcessDied } from './process-died.ts'
import { errorOf, type SentError } from './sent-error.ts'

/** What the process is asked for; `abort` takes back an earlier request. */
export type InfillRequest =
  | { readonly kind: 'load'; readonly id: number; readonly folder: string }
  | {
      readonly kind: 'infill'
      readonly id: number
      readonly contexts: readonly Context[]
      readonly options: Omit<InfillOptions, 'signal'>
      readonly seed: number
    }
  | { readonly kind: 'abort'; readonly id: number }

/** What it answers. */
export type InfillReply =
  | { readonly id: number; readonly infills: readonly Infill[] }
  | { readonly id: number; readonly error: SentError }

interface Waiting {
  resolve(infills: readonly Infill[]): void
  reject(error: unknown): void
}

/** What writes infills somewhere else: a process, several, or whoever passes requests on to them. */
export interface Infiller {
  /**
   * As `infill()`, over there.
   * @param seed - of the sampling
   */
  infill(contexts: readonly Context[], options: InfillOptions, seed: number): Promise<readonly Infill[]>
}

/** Times that a request is made whose process dies. */
const attempts = 2

/** Owns a process that holds a model, and starts another one where it dies. */
export class InfillProcess implements Infiller, Disposable {
  readonly #folder: string
  #worker: Worker
  #hasLoaded = false
  #isDisposed = false

  /** @param folder - of the model */
  constructor(folder: string) {
    this.#folder = folder
    this.#worker = this.#start()
  }

  /**
   * As `infill()`, over there. A request whose process dies is made again, once, of another one.
   * @param seed - of the sampling
   * @throws the abort reason of the signal
   * @throws {BenchError} MODEL_CORRUPT when the model cannot be loaded
   * @throws {ProcessDied} when the process has died twice
   * @throws {DisposedError} after dispose
   */
  async infill(contexts: readonly Context[], options: InfillOptions, seed: number): Promise<readonly Infill[]> {
    return await this.#attempt((worker) => worker.infill(contexts, options, seed))
  }

  /** When the model is loaded. @throws as `infill` */
  async ready(): Promise<void> {
    await this.#attempt((worker) => worker.loaded)
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true
    this.#worker.end(new DisposedError('InfillProcess'))
  }

  async #attempt<T>(ask: (worker: Worker) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const worker = this.#living()
      try {
        return await ask(worker)
      } catch (error) {
        if (!(error instanceof ProcessDied) || this.#isDisposed) throw error
        if (attempt < attempts) continue
        if (this.#hasLoaded) throw error
        throw new BenchError('MODEL_CORRUPT', `${error.message}, whenever it loads ${this.#folder}`, { cause: error })
      }
    }
  }

  #living(): Worker {
    if (this.#worker.death === undefined) return this.#worker
    if (this.#isDisposed) throw this.#worker.death
    this.#worker = this.#start()
    return this.#worker
  }

  #start(): Worker {
    const worker = new Worker(this.#folder)
    worker.loaded.then(
      () => {
        this.#hasLoaded = true
      },
      () => {}, // every request fails alike
    )
    return worker
  }
}

/** One process, until it dies. */
class Worker {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #requests = 0
  #death: Error | undefined
  /** When the model is loaded. */
  readonly loaded: Promise<unknown>

  constructor(folder: string) {
    this.#child = forkModule(new URL('./infill-worker.ts', import.meta.url))
    this.loaded = this.#ask({ kind: 'load', id: this.#requests++, folder })
    this.#child.on('message', (reply: InfillReply) => {
      const waiting = this.#waiting.get(reply.id)
      this.#waiting.delete(reply.id)
      if ('infills' in reply) waiting?.resolve(reply.infills)
      else waiting?.reject(errorOf(reply.error))
    })
    let stderr = ''
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-2000)
    })
    this.#child.on('error', ({ message }) => this.#fail(new ProcessDied(message)))
    this.#child.on('close', (code, signal) => {
      this.#fail(
        new ProcessDied(`the infilling process ended (${signal ?? code}): ${stderr.trim()}`.replace(/: $/, '')),
      )
    })
  }

  /** Why it answers no more; undefined while it does. */
  get death(): Error | undefined {
    return this.#death
  }

  async infill(contexts: readonly Context[], options: InfillOptions, seed: number): Promise<readonly Infill[]> {
    if (this.#death !== undefined) throw this.#death
    const { signal, ...settings } = options
    signal?.throwIfAborted()
    const id = this.#requests++
    const abort = (): void => {
      this.#send({ kind: 'abort', id })
      this.#waiting.get(id)?.reject(signal?.reason)
      this.#waiting.delete(id)
    }
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await this.#ask({ kind: 'infill', id, contexts, options: settings, seed })
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Kill it. @param reason - what becomes of requests that wait */
  end(reason: Error): void {
    this.#fail(reason)
    this.#child.kill('SIGKILL')
  }

  #ask(request: InfillRequest): Promise<readonly Infill[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject })
      this.#send(request)
    })
  }

  #send(request: InfillRequest): void {
    if (this.#child.connected) this.#child.send(request, () => {}) // its death is reported by `close`
  }

  #fail(error: Error): void {
    this.#death ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#death)
    this.#waiting.clear()
  }
}
