// One build worker as its parent sees it: one request at a time, a time limit each, and the manner of its death.

import type { ChildProcess } from 'node:child_process'
import { BenchError } from '../errors.ts'
import { forkModule } from '../fork-module.ts'
import type { BuildReply, BuildRequest } from './build-worker.ts'
import { type DeviceChoice, type DeviceInfo, deviceRemedy } from './devices.ts'

/** What can become of a request. A child that `died` before it had `begun` says nothing about the source. */
export type BuildEnd =
  | Exclude<BuildReply, { readonly kind: 'begun' }>
  | { readonly kind: 'died'; readonly log: string; readonly hadBegun: boolean }

const stderrTailLength = 2000

/** Owns one child process. After a `died` it is of no more use. */
export class BuildChild implements Disposable {
  readonly #child: ChildProcess
  readonly #scratchFolder: string
  #settle: ((end: BuildEnd) => void) | undefined
  #stderr = ''
  #death: string | undefined
  #hadBegun = false
  #device: DeviceInfo | undefined

  /** @param scratchFolder - where the driver may write */
  constructor(scratchFolder: string) {
    // PoCL would keep every kernel it ever built under ~/.cache.
    const env = { POCL_CACHE_DIR: scratchFolder, POCL_KERNEL_CACHE: '0' }
    this.#child = forkModule(new URL('./build-worker.ts', import.meta.url), env)
    this.#scratchFolder = scratchFolder
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#stderr = (this.#stderr + chunk).slice(-stderrTailLength)
    })
    this.#child.on('message', (reply: BuildReply) => {
      if (reply.kind === 'begun') this.#hadBegun = true
      else this.#end(reply)
    })
    this.#child.on('error', (error) => this.#die(`the build process failed: ${error.message}`))
    this.#child.on('close', (code, signal) => this.#die(`the build process died of ${signal ?? `exit code ${code}`}`))
  }

  /** The device it builds on, once open. */
  get device(): DeviceInfo {
    if (this.#device === undefined) throw new Error('BuildChild: device read before open')
    return this.#device
  }

  /** Can it take requests still? */
  get isAlive(): boolean {
    return this.#death === undefined
  }

  /** To be called first. @throws {BenchError} DEVICE_MISSING */
  async open(choice: DeviceChoice | undefined, timeoutMs: number): Promise<void> {
    const end = await this.request({ kind: 'open', device: choice, scratchFolder: this.#scratchFolder }, timeoutMs)
    if (end.kind === 'opened') this.#device = end.device
    else if (end.kind === 'missing') throw new BenchError('DEVICE_MISSING', end.log)
    else throw new BenchError('DEVICE_MISSING', `opening the device: ${this.#death}; ${deviceRemedy}`)
  }

  /** Ask and wait; at `timeoutMs` the child is killed. Never rejects. */
  request(request: BuildRequest, timeoutMs: number): Promise<BuildEnd> {
    return new Promise((resolve) => {
      this.#hadBegun = false
      if (this.#death !== undefined) {
        resolve({ kind: 'died', log: this.#death, hadBegun: false })
        return
      }
      const timer = setTimeout(() => this.kill(`killed after ${timeoutMs} ms`), timeoutMs)
      this.#settle = (end) => {
        clearTimeout(timer)
        resolve(end)
      }
      this.#stderr = ''
      this.#child.send(request, (error) => {
        if (error) this.kill(`the build process does not listen: ${error.message}`)
      })
    })
  }

  /** End the child at once; an open request gets `reason`. */
  kill(reason: string): void {
    this.#child.kill('SIGKILL')
    this.#death ??= reason
    this.#end({ kind: 'died', log: this.#death, hadBegun: this.#hadBegun })
  }

  [Symbol.dispose](): void {
    this.kill('disposed')
  }

  #die(reason: string): void {
    const lastWords = this.#stderr.trim()
    this.#death ??= lastWords === '' ? reason : `${reason}\n${lastWords}`
    this.#end({ kind: 'died', log: this.#death, hadBegun: this.#hadBegun })
  }

  #end(end: BuildEnd): void {
    const settle = this.#settle
    this.#settle = undefined
    settle?.(end)
  }
}
