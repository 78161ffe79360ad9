// Runs kernels on one OpenCL device, each in a warm child process that is replaced after any fault, so that a kernel
// or driver that crashes, hangs, eats memory or writes where it should not costs one result and never us.

import type { DeviceChoice, DeviceInfo } from '../device/devices.ts'
import { ChildPool } from './child-pool.ts'
import { findForeignCode } from './foreign-code.ts'
import { type RunLimits, resolveRunLimits, resolveWorkerLimits, type WorkerLimits } from './limits.ts'
import type { Death, LaunchReply, LaunchRequest, LoadReply, LoadRequest, RunRequest } from './protocol.ts'
import { RunChild } from './run-child.ts'

/** Where kernels run. */
export interface RunnerOptions {
  /** Default: the first CPU device. */
  readonly device?: DeviceChoice
  /** Kernels that may run at once, one process each. Default 1, range 1 to 64. */
  readonly workers?: number
  /** Warm processes that stand in for those that die. Default 1, range 0 to 64. */
  readonly spares?: number
  readonly limits?: WorkerLimits
  /** An OpenCL driver in place of the installed ones: the path of its library. */
  readonly driver?: string
}

const maxAttempts = 3
/** A worker that has served so many kernels is replaced, so that whatever a driver leaks stays bounded. */
const maxKernelsPerWorker = 500

/** Warm run processes for one device. Hold it with `using`. */
export class Runner implements Disposable {
  /** The device that kernels run on. */
  readonly device: DeviceInfo
  readonly #pool: ChildPool<RunChild>
  readonly #served = new WeakMap<RunChild, number>()

  /** @internal Call `Runner.open()` instead. */
  constructor(pool: ChildPool<RunChild>, device: DeviceInfo) {
    this.#pool = pool
    this.device = device
  }

  /** @throws {BenchError} DEVICE_MISSING, saying what to do; {RangeError} naming the option */
  static async open(options: RunnerOptions = {}): Promise<Runner> {
    const { workers = 1, spares = 1, device, driver } = options
    const limits = resolveWorkerLimits(options.limits)
    const pool = new ChildPool('Runner', () => new RunChild({ device, driver, limits }))
    try {
      const first = await pool.fill({ workers, spares })
      return new Runner(pool, first.device)
    } catch (error) {
      pool[Symbol.dispose]()
      throw error
    }
  }

  /**
   * A process for one kernel at a time; waits while all are taken. Hold it with `using`: that gives it back.
   * @throws {DisposedError} after dispose
   * @throws {BenchError} DEVICE_MISSING where the device is gone
   */
  async lend(): Promise<RunSession> {
    const child = await this.#pool.take()
    return new RunSession(
      child,
      () => this.#pool.take(),
      (used) => this.#giveBack(used),
    )
  }

  /** Kill the processes; open requests end as `died`. */
  [Symbol.dispose](): void {
    this.#pool[Symbol.dispose]()
  }

  #giveBack(child: RunChild): void {
    const served = (this.#served.get(child) ?? 0) + 1
    this.#served.set(child, served)
    if (served >= maxKernelsPerWorker) child.kill('stopped', 'has served its time')
    this.#pool.giveBack(child)
  }
}

/** A process of a Runner's, lent. */
export class RunSession implements Disposable {
  #child: RunChild | undefined
  readonly #take: () => Promise<RunChild>
  readonly #giveBack: (child: RunChild) => void

  /** @internal Call `Runner.lend()` instead. */
  constructor(child: RunChild, take: () => Promise<RunChild>, giveBack: (child: RunChild) => void) {
    this.#child = child
    this.#take = take
    this.#giveBack = giveBack
  }

  /** Build and set up a kernel; what was loaded before goes. A process that died while idle is replaced first. */
  async load(request: Omit<LoadRequest, 'kind'>, limits?: RunLimits): Promise<LoadReply | Death> {
    const foreign = findForeignCode(request.source)
    if (foreign !== undefined) return { kind: 'loaded', ok: false, stage: 'build', log: `foreign code: ${foreign}` }
    for (let attempt = 1; ; attempt++) {
      const end = await this.#request({ kind: 'load', ...request }, limits)
      if (end.kind !== 'died' || end.hadBegun || end.cause === 'stopped' || attempt === maxAttempts) {
        return end as LoadReply | Death
      }
      await this.#replace()
    }
  }

  /**
   * Run what is loaded. A process whose kernel failed or wrote out of bounds takes no more requests: it ends here.
   */
  async launch(request: Omit<LaunchRequest, 'kind'>, limits?: RunLimits): Promise<LaunchReply | Death> {
    const end = (await this.#request({ kind: 'launch', ...request }, limits)) as LaunchReply | Death
    if (end.kind === 'launched' && (!end.ok || end.damage.length > 0)) this.kill('a kernel has failed in it')
    return end
  }

  /** End the process at once, for example on abort; an open request ends as `died`. */
  kill(reason: string): void {
    this.#child?.kill('stopped', reason)
  }

  /** Give the process back. */
  [Symbol.dispose](): void {
    const child = this.#child
    this.#child = undefined
    if (child !== undefined) this.#giveBack(child)
  }

  #request(request: RunRequest, limits: RunLimits | undefined): ReturnType<RunChild['request']> {
    if (this.#child === undefined) throw new TypeError('RunSession was used after it was disposed of')
    return this.#child.request(request, resolveRunLimits(limits))
  }

  async #replace(): Promise<void> {
    this[Symbol.dispose]()
    this.#child = await this.#take()
  }
}
