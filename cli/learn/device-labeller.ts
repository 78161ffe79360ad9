// Labels from devices: a kernel goes through the funnel of validation, and what passes is timed on both devices at the
// size whose transfer comes nearest to the one that is wanted, in groups of the size that is wanted where it allows them.

import type { IntervalMs, LabelledLaunch, LabelOutcome, LabelRequest, Launch } from '../../active-learning/index.ts'
import { kernelFeatures } from '../../corpora/index.ts'
import { featureSpaces, findFeatureSpace, needsIr } from '../../features/index.ts'
import {
  compileAll,
  openTimingDevices,
  type Payload,
  type PayloadFacts,
  planPayload,
  type TimingDevice,
  type TimingDevices,
  type TimingFacts,
  Validator,
} from '../../kernels/index.ts'
import type { LabellerOpener, OpenLabeller } from './labeller.ts'

/** Work-items at which the transfer is looked at, to find the size for the one that is wanted. */
const probes = [1024, 4096] as const
/** Sizes are multiples of the least, so that work-groups of any power of two up to it divide them. */
const [leastSize, mostSize] = [256, 2 ** 24]

/** Opens validator and devices; models of devices are named `model:<name>`. */
export const openDeviceLabeller: LabellerOpener = async (names) => {
  const validator = await Validator.open()
  try {
    return new DeviceLabeller(validator, await openTimingDevices(names))
  } catch (error) {
    validator[Symbol.dispose]()
    throw error
  }
}

class DeviceLabeller implements OpenLabeller {
  readonly identity: string
  readonly #validator: Validator
  readonly #opened: TimingDevices
  readonly #cpu: TimingDevice
  readonly #gpu: TimingDevice

  constructor(validator: Validator, opened: TimingDevices) {
    const [cpu, gpu] = opened.devices
    this.#validator = validator
    this.#opened = opened
    this.#cpu = cpu
    this.#gpu = gpu
    const described = opened.devices.map(({ facts }) => `${facts.id} ${facts.driver} (${facts.provenance})`)
    this.identity = `validated on ${validator.device?.id}, timed on ${described.join(' and ')}, in groups as wanted`
  }

  async label({ kernel, launch, seed }: LabelRequest, signal: AbortSignal): Promise<LabelOutcome> {
    const { text: source, kernelName, counts } = kernel
    const { wgsize: groupItems } = launch
    const how = { kernel: kernelName, groupItems, seed, signal }
    const validation = await this.#validator.validate(source, { ...how, isCompiled: true })
    if (validation.outcome !== 'accepted') {
      return { ok: false, stage: validation.lostAt ?? 'validation', log: validation.log }
    }
    const size = sizeFor(source, launch, seed)
    if (typeof size === 'string') return { ok: false, stage: 'arguments', log: size }
    const timed = { source, coalescedShare: Math.min(1, counts.coalesced / Math.max(1, counts.mem)) }
    const cpu = await this.#cpu.time(timed, { size, groupItems, seed, signal })
    if (!cpu.ok) return { ok: false, stage: `timing on ${this.#cpu.facts.name}`, log: cpu.log }
    const gpu = await this.#gpu.time(timed, { size, groupItems, seed, signal })
    if (!gpu.ok) return { ok: false, stage: `timing on ${this.#gpu.facts.name}`, log: gpu.log }
    // One modelled time makes a modelled label, and the bounds of a model are no confidence interval of a time.
    const isMeasured = this.#opened.devices.every(({ facts }) => facts.provenance === 'measured')
    const row: LabelledLaunch = {
      ...{ dataset: String(size), ...launchOf(gpu.payload), seed },
      ...{ runtimeCpuMs: msOf(cpu.times.total.median), runtimeGpuMs: msOf(gpu.times.total.median) },
      intervalCpuMs: isMeasured ? intervalOf(cpu.times.total) : null,
      intervalGpuMs: isMeasured ? intervalOf(gpu.times.total) : null,
      timeSource: isMeasured ? 'measured' : 'modelled',
      devices: { cpu: deviceOf(this.#cpu.facts), gpu: deviceOf(this.#gpu.facts) },
      date: new Date().toISOString().slice(0, 10),
      extras: await extrasOf(source),
    }
    return { ok: true, launches: [row] }
  }

  [Symbol.dispose](): void {
    this.#validator[Symbol.dispose]()
    this.#opened[Symbol.dispose]()
  }
}

/**
 * Buffers grow with the number of work-items, about linearly: two small plans tell by how much.
 * @returns work-items, or why there is no payload for so many
 */
function sizeFor(source: string, { transferBytes, wgsize }: Launch, seed: number): number | string {
  const [few, many] = probes.map((size) => {
    const planned = planPayload(source, { globalSize: [size], groupItems: wgsize, seed })
    return planned.ok ? transferOf(planned.payload) : planned.log
  })
  if (typeof few === 'string') return few
  if (typeof many === 'string') return many
  const perItem = (many - few) / (probes[1] - probes[0])
  if (!(perItem > 0)) return probes[1] // the launch makes no difference
  const wanted = probes[0] + (transferBytes - few) / perItem
  return Math.min(mostSize, Math.max(leastSize, leastSize * Math.round(wanted / leastSize)))
}

/** Bytes to the device, and those that it may write back. */
function transferOf({ arguments: values }: Payload): number {
  return values.reduce((sum, value) => {
    if (value.kind !== 'buffer' && value.kind !== 'image') return sum
    const isRead = value.access !== 'read' && (value.kind === 'image' || value.space === 'global')
    return sum + (isRead ? 2 : 1) * value.bytes.length
  }, 0)
}

/** Of the spaces over IR, as columns of a file name them: numbers that may tell apart what F1 to F4 cannot. */
async function extrasOf(source: string): Promise<Record<string, number>> {
  const [compiled] = await compileAll([source])
  if (!compiled.ok) return {}
  const spaces = featureSpaces.filter(needsIr)
  return Object.fromEntries(
    Object.entries(kernelFeatures(source, compiled.ir, spaces)).flatMap(([id, values]) =>
      findFeatureSpace(id).names.map((name, i) => [`${id}.${name}`, values[i]]),
    ),
  )
}

function launchOf({ writeBytes, readBytes, localSize }: PayloadFacts): { transferBytes: number; wgsize: number } {
  return { transferBytes: writeBytes + readBytes, wgsize: localSize.reduce((product, size) => product * size, 1) }
}

function deviceOf({ name, driver }: TimingFacts): { device: string; driver: string } {
  return { device: name, driver }
}

function intervalOf({ low, high }: { readonly low: number; readonly high: number }): IntervalMs {
  return { low: msOf(low), high: msOf(high) }
}

function msOf(ns: number): number {
  return ns / 1e6
}
