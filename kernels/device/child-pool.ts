// Warm build processes, lent one at a time. One that has died is replaced at once, in the background, because a
// fresh one takes up to a second to load its driver.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DisposedError } from '../errors.ts'
import { BuildChild } from './build-child.ts'
import type { DeviceChoice, DeviceInfo } from './devices.ts'

const openTimeoutMs = 60_000

type Started = Promise<BuildChild>

/** Owns build processes that all serve the same device. */
export class ChildPool implements Disposable {
  readonly #choice: DeviceChoice | undefined
  readonly #scratchFolder: string = mkdtempSync(join(tmpdir(), 'benchsteer-build-'))
  readonly #children = new Set<BuildChild>()
  readonly #idle: Started[] = []
  readonly #waiting: ((child: Started) => void)[] = []
  #isDisposed = false

  constructor(choice: DeviceChoice | undefined) {
    this.#choice = choice
  }

  /** Start `count` children. @throws {BenchError} DEVICE_MISSING */
  async fill(count: number): Promise<DeviceInfo> {
    const children = await Promise.all(Array.from({ length: count }, () => this.#start()))
    for (const child of children) this.#lend(Promise.resolve(child))
    return children[0].device
  }

  /** A living child, to be given back. Waits where all are out. */
  async take(): Promise<BuildChild> {
    this.check()
    const next = this.#idle.shift() ?? new Promise<BuildChild>((resolve) => this.#waiting.push(resolve))
    const child = await next
    if (child.isAlive) return child
    this.giveBack(child)
    return this.take()
  }

  /** Lend the child to the next in line; a dead one is replaced. */
  giveBack(child: BuildChild): void {
    if (this.#isDisposed) return
    if (child.isAlive) {
      this.#lend(Promise.resolve(child))
      return
    }
    this.#children.delete(child)
    const replacement = this.#start()
    replacement.catch(() => {}) // whoever takes it sees the error
    this.#lend(replacement)
  }

  /** @throws {DisposedError} after dispose */
  check(): void {
    if (this.#isDisposed) throw new DisposedError('DeviceBuilder')
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    for (const child of this.#children) child[Symbol.dispose]()
    for (const resolve of this.#waiting.splice(0)) resolve(Promise.reject(new DisposedError('DeviceBuilder')))
    rmSync(this.#scratchFolder, { recursive: true, force: true })
  }

  #lend(child: Started): void {
    const resolve = this.#waiting.shift()
    if (resolve) resolve(child)
    else this.#idle.push(child)
  }

  async #start(): Promise<BuildChild> {
    this.check()
    const child = new BuildChild(this.#scratchFolder)
    this.#children.add(child)
    try {
      await child.open(this.#choice, openTimeoutMs)
    } catch (error) {
      this.check()
      throw error
    }
    return child
  }
}
