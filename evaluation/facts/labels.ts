// Which device is faster: kernels that validation accepted, timed on both at one size.

import { grewe } from '../../features/index.ts'
import {
  labelOf,
  openTimingDevices,
  type PayloadFacts,
  type TimingFacts,
  type TimingOutcome,
} from '../../kernels/index.ts'
import type { DeviceTiming, KernelTiming } from '../records.ts'
import type { Describer } from './describer.ts'
import { payloadSeed } from './outcomes.ts'

const [memory, coalesced] = ['mem', 'coalesced'].map((name) => grewe.names.indexOf(name))

/** How kernels are timed. */
export interface LabelOptions {
  /** In the role of the CPU, then of the GPU; described ones as `model:<name>`. */
  readonly devices: readonly [string, string]
  /** Work-items of each launch. */
  readonly size: number
  /** Day, as `2026-01-31`. */
  readonly date: string
}

export async function openLabels({ devices, size, date }: LabelOptions): Promise<Describer> {
  const opened = await openTimingDevices(devices)
  const [cpu, gpu] = opened.devices
  const modelled = opened.devices.some(({ facts }) => facts.provenance !== 'measured')
  return {
    isWanted: ({ label, outcome }) => label === null && outcome === 'accepted',
    async describe({ vectors }, source, signal) {
      const counts = vectors[grewe.id]
      const timed = { source, coalescedShare: Math.min(1, counts[coalesced] / Math.max(1, counts[memory])) }
      const request = { size, seed: payloadSeed, signal }
      const onCpu = await cpu.time(timed, request)
      const onGpu = onCpu.ok ? await gpu.time(timed, request) : onCpu
      if (!onCpu.ok || !onGpu.ok) return {}
      const timing: KernelTiming = {
        ...{ size, date, ...launchOf(onGpu.payload) },
        ...{ cpu: timingOf(cpu.facts, onCpu), gpu: timingOf(gpu.facts, onGpu) },
      }
      return { label: labelOf(onCpu.times.total, onGpu.times.total), modelled, timing }
    },
    [Symbol.dispose]: () => opened[Symbol.dispose](),
  }
}

function launchOf({ writeBytes, readBytes, localSize }: PayloadFacts): Pick<KernelTiming, 'transferBytes' | 'wgsize'> {
  return { transferBytes: writeBytes + readBytes, wgsize: localSize.reduce((product, size) => product * size, 1) }
}

function timingOf(
  { name, driver }: TimingFacts,
  { times: { total } }: Extract<TimingOutcome, { ok: true }>,
): DeviceTiming {
  const [medianMs, lowMs, highMs] = [total.median, total.low, total.high].map((ns) => ns / 1e6)
  return { device: name, driver, medianMs, lowMs, highMs }
}
