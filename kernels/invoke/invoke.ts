// Runs foreign programs by the dozen. To start one, Node copies the page tables of its own process: 20 ms and more of
// the main thread where a process has grown to 700 MB, as searches do, 1 ms in a small one. So after a few programs a
// small process starts them for us.

import type { ChildProcess } from 'node:child_process'
import { forkModule } from '../fork-module.ts'
import { type Invocation, type InvocationEnd, invokeHere } from './invocation.ts'

export type InvokeRequest =
  | { readonly kind: 'start'; readonly id: number; readonly invocation: Invocation }
  | { readonly kind: 'stop'; readonly id: number }

export type InvokeReply =
  | { readonly id: number; readonly end: InvocationEnd }
  | { readonly id: number; readonly error: Pick<NodeJS.ErrnoException, 'message' | 'code'> }

interface Waiting {
  readonly invocation: Invocation
  readonly signal: AbortSignal | undefined
  resolve(end: InvocationEnd | Promise<InvocationEnd>): void
  reject(error: unknown): void
}

/** Programs that this process starts itself: who runs no more of them needs no invoker. */
const startedHere = 8
/** Invokers that may die before this process starts everything itself. */
const mostInvokers = 3

let started = 0
let invokers = 0
let invoker: Invoker | undefined

/**
 * Run a program to its end. Where it runs makes no difference to what comes back, nor to when: it has ended then.
 * @throws as `invokeHere`
 */
export async function invoke(invocation: Invocation, signal?: AbortSignal): Promise<InvocationEnd> {
  signal?.throwIfAborted()
  if (++started > startedHere && !invoker?.isAlive && invokers < mostInvokers) {
    invoker = new Invoker()
    invokers++
  }
  return invoker?.isReady ? await invoker.run(invocation, signal) : await invokeHere(invocation, signal)
}

/** A process that runs programs. It keeps this one alive only while some run. */
class Invoker {
  isReady = false
  isAlive = true
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #requests = 0

  constructor() {
    this.#child = forkModule(new URL('./invoke-worker.ts', import.meta.url), { leadsGroup: true })
    this.#child.on('message', (reply: InvokeReply | 'ready') => {
      if (reply === 'ready') this.isReady = this.isAlive
      else this.#answer(reply)
    })
    this.#child.on('error', () => this.#fail())
    this.#child.on('exit', () => this.#fail())
    this.#child.unref()
    this.#child.channel?.unref()
    const { stderr } = this.#child
    stderr?.resume()
    if (stderr !== null && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref()
  }

  async run(invocation: Invocation, signal: AbortSignal | undefined): Promise<InvocationEnd> {
    const id = this.#requests++
    const stop = (): void => this.#send({ kind: 'stop', id })
    signal?.addEventListener('abort', stop, { once: true })
    this.#child.channel?.ref()
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { invocation, signal, resolve, reject })
        this.#send({ kind: 'start', id, invocation })
      })
    } finally {
      signal?.removeEventListener('abort', stop)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) this.#child.channel?.unref()
    }
  }

  #send(request: InvokeRequest): void {
    this.#child.send(request, (error) => {
      if (error) this.#fail()
    })
  }

  #answer(reply: InvokeReply): void {
    const { signal, resolve, reject } = this.#waiting.get(reply.id) ?? {}
    if (signal?.aborted) reject?.(signal.reason)
    else if ('end' in reply) resolve?.(reply.end)
    else reject?.(Object.assign(new Error(reply.error.message), { code: reply.error.code }))
  }

  /** What it was at ends with it, and is begun again here. */
  #fail(): void {
    if (!this.isAlive) return
    this.isAlive = false
    this.isReady = false
    const { pid } = this.#child
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL')
    } catch {
      this.#child.kill('SIGKILL') // nothing of its group is left
    }
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { invocation, signal, resolve } of waiting) resolve(invokeHere(invocation, signal))
  }
}
