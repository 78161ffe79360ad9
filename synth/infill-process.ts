// Infilling in a process of its own: onnxruntime-node computes on the thread that calls it, and a search has better
// things to do meanwhile.

import type { ChildProcess } from 'node:child_process'
import { BenchError, DisposedError, forkModule } from '../kernels/index.ts'
import type { Infill, InfillOptions } from './infill.ts'
import type { Context } from './model.ts'
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

/** Owns a process that holds a model. */
export class InfillProcess implements Infiller, Disposable {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #loaded: Promise<unknown>
  #requests = 0
  #end: Error | undefined

  /** @param folder - of the model */
  constructor(folder: string) {
    this.#child = forkModule(new URL('./infill-worker.ts', import.meta.url))
    const id = this.#requests++
    this.#loaded = this.#ask({ kind: 'load', id, folder })
    this.#loaded.catch(() => {}) // every request fails alike
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
    this.#child.on('error', (error) => this.#fail(error))
    this.#child.on('close', (code, signal) => {
      this.#fail(new BenchError('MODEL_CORRUPT', `the infilling process ended (${signal ?? code}): ${stderr.trim()}`))
    })
  }

  /**
   * As `infill()`, over there.
   * @param seed - of the sampling
   * @throws the abort reason of the signal
   * @throws {BenchError} MODEL_CORRUPT when the model cannot be loaded or its process has died
   * @throws {DisposedError} after dispose
   */
  async infill(contexts: readonly Context[], options: InfillOptions, seed: number): Promise<readonly Infill[]> {
    if (this.#end !== undefined) throw this.#end
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

  /** When the model is loaded. @throws as `infill` */
  async ready(): Promise<void> {
    await this.#loaded
  }

  [Symbol.dispose](): void {
    this.#fail(new DisposedError('InfillProcess'))
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
    this.#end ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#end)
    this.#waiting.clear()
  }
}
