// Builds kernels on an OpenCL device, each in a warm child process, so that a driver that crashes, hangs or aborts
// costs one candidate and never us. This process does not load OpenCL.

import type { Rejection } from '../errors.ts'
import { checkSource } from '../limits.ts'
import { ChildPool } from '../run/child-pool.ts'
import { resolveRunLimits, resolveWorkerLimits } from '../run/limits.ts'
import type { RunEnd } from '../run/protocol.ts'
import { RunChild } from '../run/run-child.ts'
import type { DeviceChoice, DeviceInfo } from './devices.ts'

/** The device a kernel was built on, or why it was not. */
export type BuildOutcome = { readonly ok: true; readonly device: DeviceInfo } | Rejection

/** Where kernels are built. */
export interface DeviceBuilderOptions {
  /** Default: the first CPU device. */
  readonly device?: DeviceChoice
  /** Builds that may run at once, one process each. Default 1, range 1 to 64. */
  readonly workers?: number
}

/** Limits of one build. */
export interface BuildOptions {
  /** Wall-clock limit for one build, in ms. Default 10000. */
  readonly timeoutMs?: number
  /** Gives up waiting, and kills the build where it has begun. */
  readonly signal?: AbortSignal
}

const maxAttempts = 3

/** Warm build processes for one device. Hold it with `using`. */
export class DeviceBuilder implements Disposable {
  /** The device that kernels are built on. */
  readonly device: DeviceInfo
  readonly #pool: ChildPool<RunChild>

  /** @internal Call `DeviceBuilder.open()` instead. */
  constructor(pool: ChildPool<RunChild>, device: DeviceInfo) {
    this.#pool = pool
    this.device = device
  }

  /** @throws {BenchError} DEVICE_MISSING, saying what to do */
  static async open(options: DeviceBuilderOptions = {}): Promise<DeviceBuilder> {
    const { workers = 1, device } = options
    const limits = resolveWorkerLimits()
    const pool = new ChildPool('DeviceBuilder', () => new RunChild({ device, limits }))
    try {
      const first = await pool.fill({ workers, spares: 0 })
      return new DeviceBuilder(pool, first.device)
    } catch (error) {
      pool[Symbol.dispose]()
      throw error
    }
  }

  /**
   * Build one source, which must be preprocessed. Calls beyond `workers` wait their turn.
   * @returns the device, or a rejection with stage `limits`, or `build`: compiler errors, or how the process ended
   * @throws {DisposedError} after dispose
   * @throws {BenchError} DEVICE_MISSING where the device is gone
   */
  async build(source: string, options: BuildOptions = {}): Promise<BuildOutcome> {
    const { timeoutMs = 10_000, signal } = options
    signal?.throwIfAborted()
    const unfit = rejectIncludes(source) ?? checkSource(source)
    if (unfit) return unfit
    // A child may have died unnoticed while idle: that is not the source's fault.
    for (let attempt = 1; ; attempt++) {
      const end = await this.#attempt(source, timeoutMs, signal)
      if (end.kind !== 'died' || end.hadBegun || attempt === maxAttempts) return outcomeOf(end, this.device)
    }
  }

  /** Kill the build processes; open builds fail with DisposedError. */
  [Symbol.dispose](): void {
    this.#pool[Symbol.dispose]()
  }

  async #attempt(source: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<RunEnd> {
    const child = await this.#pool.take()
    const abort = (): void => child.kill('stopped', 'aborted')
    signal?.addEventListener('abort', abort)
    try {
      signal?.throwIfAborted()
      const limits = resolveRunLimits({ wallMs: timeoutMs, cpuMs: timeoutMs * 2 })
      const end = await child.request({ kind: 'build', source }, limits)
      signal?.throwIfAborted()
      this.#pool.check()
      return end
    } finally {
      signal?.removeEventListener('abort', abort)
      this.#pool.giveBack(child)
    }
  }
}

/** An include would read files of this machine, `/dev/zero` for ever. */
function rejectIncludes(source: string): Rejection | undefined {
  if (!/(?:#|%:|\?\?=)[^\n]*(?:include|import)/.test(source.replaceAll(/\\\r?\n/g, ''))) return undefined
  return { ok: false, stage: 'limits', log: 'includes are not allowed here: preprocess the source first' }
}

function outcomeOf(end: RunEnd, device: DeviceInfo): BuildOutcome {
  switch (end.kind) {
    case 'built':
      return end.ok ? { ok: true, device } : { ok: false, stage: 'build', log: end.log }
    case 'died':
      return { ok: false, stage: 'build', log: end.log }
    default:
      throw new Error(`build process answered '${end.kind}' to a source`)
  }
}
