// Which device is faster: kernels that validation accepted, timed on both at one size.

import { grewe } from '../../features/index.ts'
import { labelOf, openTimingDevices } from '../../kernels/index.ts'
import type { Describer } from './describer.ts'
import { payloadSeed } from './outcomes.ts'

const [memory, coalesced] = ['mem', 'coalesced'].map((name) => grewe.names.indexOf(name))

/**
 * @param devices - in the role of the CPU, then of the GPU; described ones as `model:<name>`
 * @param size - work-items of each launch
 */
export async function openLabels(devices: readonly [string, string], size: number): Promise<Describer> {
  const opened = await openTimingDevices(devices)
  const [cpu, gpu] = opened.devices
  const modelled = opened.devices.some(({ facts }) => facts.provenance !== 'measured')
  return {
    isWanted: ({ label, outcome }) => label === null && outcome === 'accepted',
    async describe({ vectors }, source, signal) {
      const counts = vectors[grewe.id]
      const timed = { source, coalescedShare: Math.min(1, counts[coalesced] / Math.max(1, counts[memory])) }
      const times = []
      for (const device of [cpu, gpu]) times.push(await device.time(timed, { size, seed: payloadSeed, signal }))
      const [onCpu, onGpu] = times
      if (!onCpu.ok || !onGpu.ok) return {}
      return { label: labelOf(onCpu.times.total, onGpu.times.total), modelled }
    },
    [Symbol.dispose]: () => opened[Symbol.dispose](),
  }
}
