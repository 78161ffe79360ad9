// Describes a device that is there, from small kernels that each do one kind of work: what they execute is counted as
// the work of all kernels is, and the time is the device's own. So a description fits the counting that it is used with.

import { BenchError } from '../../errors.ts'
import type { MeasuredDevice } from '../measured-device.ts'
import { countWork } from './count-work.ts'
import type { DeviceDescription, UnitRates } from './device-description.ts'
import type { ExecutedWork } from './executed-work.ts'
import { type MicroKernel, type MicroSuite, microSuite } from './micro-kernels.ts'
import { itemsOf } from './work-counter.ts'

/** How a device is calibrated. */
export interface CalibrateOptions {
  /** Name of the description, as in `model:<name>`. */
  readonly name: string
  /** Expected error of estimates: 2 is from half to twice. Default 4, which held for four in five of our seed kernels. */
  readonly errorFactor?: number
  /** @param done - small kernels timed so far, of `total` */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** A small kernel's shortest times in ns, what the device can do where nothing interferes, and its work. */
interface Timed {
  readonly kernelNs: number
  readonly writeNs: number
  readonly readNs: number
  readonly bytes: number
  readonly items: number
  /** Of all work-items. */
  readonly work: ExecutedWork
}

type Results = { readonly [K in keyof MicroSuite]: Timed }

/** Work-items in flight that hide latency, for each unit of a GPU; what current ones have. */
const gpuResidentItems = 2048

/**
 * @throws {BenchError} DEVICE_MISSING where a small kernel fails on the device, or Oclgrind is not installed
 * @throws the signal's reason when aborted
 */
export async function calibrate(device: MeasuredDevice, options: CalibrateOptions): Promise<DeviceDescription> {
  const { computeUnits, kind, limits } = device.device
  const isGpu = kind === 'gpu'
  const suite = microSuite(computeUnits * (isGpu ? gpuResidentItems : 512))
  const names = Object.keys(suite) as (keyof MicroSuite)[]
  const results: Partial<Record<keyof MicroSuite, Timed>> = {}
  for (const [done, name] of names.entries()) {
    options.onProgress?.(done, names.length)
    results[name] = await timeMicro(device, name, suite[name], options.signal)
  }
  return describe(device, results as Results, { ...options, isGpu, clockGhz: Math.max(0.1, limits.clockMhz / 1000) })
}

async function timeMicro(
  device: MeasuredDevice,
  name: string,
  { source, payload, sample }: MicroKernel,
  signal: AbortSignal | undefined,
): Promise<Timed> {
  const counted = await countWork(source, sample, { signal })
  if (!counted.ok) throw new BenchError('DEVICE_MISSING', `counting the small kernel '${name}': ${counted.log}`)
  const timed = await device.timePayload(source, payload, signal)
  if (!timed.ok) throw new BenchError('DEVICE_MISSING', `running the small kernel '${name}': ${timed.log}`)
  const items = itemsOf(payload.globalSize)
  const scale = items / itemsOf(sample.globalSize)
  const work = Object.fromEntries(Object.entries(counted.work).map(([kind, count]) => [kind, count * scale]))
  const { times } = timed
  const [buffer] = payload.arguments
  return {
    kernelNs: Math.min(...times.kernelNs),
    writeNs: Math.min(...times.writeNs),
    readNs: Math.min(...times.readNs),
    bytes: buffer.kind === 'buffer' ? buffer.bytes.length : 0,
    items,
    work: work as unknown as ExecutedWork,
  }
}

function describe(
  device: MeasuredDevice,
  results: Results,
  options: CalibrateOptions & { readonly isGpu: boolean; readonly clockGhz: number },
): DeviceDescription {
  const { computeUnits } = device.device
  const { isGpu, clockGhz } = options
  const launchNs = results.empty.kernelNs
  const itemNs = perUnit(results.manyItems, launchNs, computeUnits)
  const groupNs = Math.max(0, perUnit(results.manyGroups, launchNs, computeUnits) - itemNs)
  // Cycles of all units together that a small kernel takes beyond what starting it costs.
  const cyclesOf = ({ kernelNs, items }: Timed): number =>
    Math.max(kernelNs * 0.01, kernelNs - launchNs - (items * (itemNs + groupNs / 64)) / computeUnits) *
    clockGhz *
    computeUnits
  const looping = ratesOf(results, cyclesOf)
  // Of the straight kernel all but what the loop does is alike: the ratio of the two rates is that of the lanes.
  const straight = results.straight.work.float / cyclesOf(results.straight)
  const lanes = Math.max(1, straight / looping.float)
  const rates = { ...looping, float: looping.float * lanes, integer: looping.integer * lanes }
  const { memory, cache, chain, chase, empty } = results
  const gbs = (bytes: number, ns: number): number => bytes / Math.max(ns, 1)
  const memoryGBs = gbs(memory.work.globalBytes, memory.kernelNs - launchNs)
  return {
    ...{ name: options.name, title: device.facts.name, kind: isGpu ? 'gpu' : 'cpu', computeUnits, clockGhz, rates },
    ...{ lanes, vectorisesLoops: false, doubleRatio: 0.5 },
    memoryGBs,
    cacheMiB: 16,
    cacheGBs: Math.max(memoryGBs, gbs(cache.work.globalBytes, cache.kernelNs - launchNs)),
    sectorBytes: isGpu ? 32 : 64,
    residentItems: isGpu ? gpuResidentItems : 1,
    instructionNs: isGpu ? (chain.kernelNs - launchNs) / (chain.work.float / 2 + chain.work.integer) : 0,
    accessNs: isGpu ? (chase.kernelNs - launchNs) / chase.work.global : 0,
    ...{ launchUs: launchNs / 1000, itemNs, groupNs, copyUs: (empty.writeNs + empty.readNs) / 2000 },
    writeGBs: gbs(memory.bytes, memory.writeNs),
    readGBs: gbs(memory.bytes, memory.readNs),
    errorFactor: options.errorFactor ?? 4,
    sources: [`small kernels run on ${device.facts.name}, driver ${device.facts.driver}`],
    assumed: ['vectorisesLoops', 'doubleRatio', 'cacheMiB', 'sectorBytes', 'residentItems', 'errorFactor'],
  }
}

/** Each rate from the kernel that does most of its work, after what the rates found before it account for. */
function ratesOf(results: Results, cyclesOf: (timed: Timed) => number): UnitRates {
  const rates: Record<keyof UnitRates, number> = {
    ...{ integer: 1, float: 1, division: 1, special: 1, private: 1, local: 1, atomic: 1 },
  }
  const known: (keyof UnitRates)[] = []
  for (const kind of ['integer', 'float', 'division', 'special', 'private', 'local', 'atomic'] as const) {
    const { work } = results[kind]
    const cycles = cyclesOf(results[kind])
    const spent = known.reduce((sum, other) => sum + work[other] / rates[other], 0)
    rates[kind] = work[kind] / Math.max(cycles - spent, cycles * 0.1)
    known.push(kind)
  }
  return rates
}

function perUnit({ kernelNs, items }: Timed, launchNs: number, units: number): number {
  return Math.max(0, ((kernelNs - launchNs) * units) / items)
}
