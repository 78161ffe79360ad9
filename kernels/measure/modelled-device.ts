// Times of kernels on a device that is only described: estimated from what the kernels execute. One value in place of
// repetitions; its interval is the error that is expected of the model.

import type { MedianInterval } from './median-interval.ts'
import type { LoadedDescription } from './model/device-description.ts'
import { estimateLaunch, type LaunchCost, traitsOf } from './model/estimate.ts'
import { itemsOf, type WorkCounter } from './model/work-counter.ts'
import type { RepeatedTimes } from './repeat.ts'
import {
  copiesOf,
  planTimed,
  type TimedKernel,
  type TimingDevice,
  type TimingFacts,
  type TimingOutcome,
  type TimingRequest,
} from './timing-device.ts'

/** A described device. */
export class ModelledDevice implements TimingDevice {
  readonly facts: TimingFacts
  readonly #loaded: LoadedDescription
  readonly #counter: WorkCounter

  /** @param counter - may be shared by several devices */
  constructor(loaded: LoadedDescription, counter: WorkCounter) {
    const { name, title, kind } = loaded.description
    this.facts = { id: `model:${name}`, name: title, kind, driver: loaded.hash, provenance: 'modelled' }
    this.#loaded = loaded
    this.#counter = counter
  }

  async time(kernel: TimedKernel, request: TimingRequest): Promise<TimingOutcome> {
    const { groupItems, seed, signal } = request
    signal?.throwIfAborted()
    const planned = planTimed(kernel.source, request)
    if (!planned.ok) return planned
    const { payload, facts } = planned
    const items = itemsOf(facts.globalSize)
    const counted = await this.#counter.count(kernel.source, { items, groupItems, seed }, signal)
    if (!counted.ok) return { ok: false, payload: facts, log: `count: ${counted.log}` }
    const { writes, reads } = copiesOf(payload)
    const launch: LaunchCost = {
      work: counted.work,
      items,
      groups: items / itemsOf(facts.localSize),
      footprintBytes: facts.writeBytes,
      ...{ writes: writes.length, writeBytes: facts.writeBytes, reads: reads.length, readBytes: facts.readBytes },
      coalescedShare: kernel.coalescedShare,
      ...traitsOf(kernel.source),
    }
    return { ok: true, payload: facts, times: this.#timesOf(launch) }
  }

  [Symbol.dispose](): void {}

  #timesOf(launch: LaunchCost): RepeatedTimes {
    const { description } = this.#loaded
    const { writeNs, kernelNs, readNs } = estimateLaunch(description, launch)
    const around = (median: number): MedianInterval => {
      return { median, low: median / description.errorFactor, high: median * description.errorFactor }
    }
    return {
      warmUps: 0,
      ...{ writeNs: Float64Array.of(writeNs), kernelNs: Float64Array.of(kernelNs), readNs: Float64Array.of(readNs) },
      ...{ kernel: around(kernelNs), total: around(writeNs + kernelNs + readNs), isTight: false },
    }
  }
}
