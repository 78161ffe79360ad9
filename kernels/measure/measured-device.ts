// Times of kernels on an OpenCL device, from the profiling events of its own queue (START to END), in an isolated
// process that is replaced after any fault.

import { availableParallelism, totalmem } from 'node:os'
import type { DeviceChoice, DeviceInfo } from '../device/devices.ts'
import type { Payload } from '../payload/payload.ts'
import type { Death } from '../run/protocol.ts'
import { Runner, type RunSession } from '../run/runner.ts'
import {
  type RepeatedTimes,
  type RepeatOptions,
  type Repetition,
  repeatUntilTight,
  resolveRepeatOptions,
} from './repeat.ts'
import {
  planTimed,
  type TimedKernel,
  type TimingDevice,
  type TimingFacts,
  type TimingOutcome,
  type TimingRequest,
} from './timing-device.ts'

/** How kernels are timed on an OpenCL device. */
export interface MeasuredDeviceOptions extends RepeatOptions {
  /** Default: the first CPU device. */
  readonly device?: DeviceChoice
  /** Wall-clock limit for building a kernel and for each batch of repetitions, in ms. Default 20000, at least 1. */
  readonly timeoutMs?: number
  /** Resident memory of the process that runs kernels, in bytes. Default half of the machine's: GPU drivers reserve much. */
  readonly memoryBytes?: number
}

/** Times of a launch, or why there are none. */
export type TimedLaunch =
  | { readonly ok: true; readonly times: RepeatedTimes }
  | { readonly ok: false; readonly log: string }

/** An OpenCL device and the process that runs kernels on it. */
export class MeasuredDevice implements TimingDevice {
  readonly facts: TimingFacts
  /** As its driver describes it. */
  readonly device: DeviceInfo
  readonly #runner: Runner
  readonly #repeat: Required<RepeatOptions>
  readonly #limits: { readonly wallMs: number; readonly cpuMs: number }

  private constructor(runner: Runner, repeat: Required<RepeatOptions>, timeoutMs: number) {
    const { id, name, kind, driver } = runner.device
    this.facts = { id, name, kind, driver, provenance: 'measured' }
    this.device = runner.device
    this.#runner = runner
    this.#repeat = repeat
    this.#limits = { wallMs: timeoutMs, cpuMs: timeoutMs * availableParallelism() }
  }

  /** @throws {BenchError} DEVICE_MISSING; {RangeError} naming the option */
  static async open(options: MeasuredDeviceOptions = {}): Promise<MeasuredDevice> {
    const { device, timeoutMs = 20_000, memoryBytes = Math.max(2 ** 30, totalmem() / 2) } = options
    if (!(timeoutMs >= 1)) throw new RangeError(`timeoutMs: expected at least 1, received ${timeoutMs}`)
    const repeat = resolveRepeatOptions(options)
    const runner = await Runner.open({ device, workers: 1, spares: 0, limits: { memoryBytes } })
    return new MeasuredDevice(runner, repeat, timeoutMs)
  }

  async time({ source }: TimedKernel, request: TimingRequest): Promise<TimingOutcome> {
    request.signal?.throwIfAborted()
    const planned = planTimed(source, request)
    if (!planned.ok) return planned
    return { ...(await this.timePayload(source, planned.payload, request.signal)), payload: planned.facts }
  }

  /**
   * Time a launch with arguments of one's own.
   * @throws the signal's reason when aborted
   */
  async timePayload(source: string, payload: Payload, signal?: AbortSignal): Promise<TimedLaunch> {
    using session = await this.#runner.lend()
    const stop = (): void => session.kill('stopped')
    signal?.addEventListener('abort', stop)
    try {
      const loaded = await session.load({ source, payload }, this.#limits)
      signal?.throwIfAborted()
      if (loaded.kind === 'died') return { ok: false, log: deathOf(loaded) }
      if (!loaded.ok) return { ok: false, log: `${loaded.stage}: ${loaded.log}` }
      const times = await repeatUntilTight((count) => this.#launch(session, count), this.#repeat)
      signal?.throwIfAborted()
      return 'ok' in times ? times : { ok: true, times }
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  /** End the process that runs kernels. */
  [Symbol.dispose](): void {
    this.#runner[Symbol.dispose]()
  }

  async #launch(session: RunSession, runs: number): Promise<readonly Repetition[] | { ok: false; log: string }> {
    const end = await session.launch({ runs, guardSalt: 0, wantOutputs: false }, this.#limits)
    if (end.kind === 'died') return { ok: false, log: deathOf(end) }
    return end.ok ? end.times : { ok: false, log: `${end.stage}: ${end.log}` }
  }
}

function deathOf({ cause, log }: Death): string {
  return `${cause}: ${log}`
}
