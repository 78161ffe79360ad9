// What a launch would cost on a device that is only described: a roofline (Williams, Waterman and Patterson, CACM 52(4),
// 2009) with a floor for what latency leaves unhidden.
//
// Assumptions, all of them coarse:
// - Arithmetic, accesses to local memory and private arrays share the issue slots, so their times add up; main memory
//   works beside them, so the larger of the two counts.
// - A work-group stays on one unit: fewer groups than units leave units idle.
// - The static share of coalesced accesses (Grewe's) is that of the executed ones. Coalesced accesses move their own
//   bytes, others a whole sector each. On devices with `lanes`, only that share of the work runs in all lanes, and on some none of it in kernels with loops.
// - Buffers that fit into the cache are served from there after the first touch; of larger ones, the part that fits.
// - Work-items do the same work: divergence costs nothing, and no group is late.
// - Atomics do not collide. Cost of barriers: one instruction per work-item.

import type { DeviceDescription } from './device-description.ts'
import type { ExecutedWork } from './executed-work.ts'

/** A launch as the model sees it. */
export interface LaunchCost {
  readonly work: ExecutedWork
  readonly items: number
  readonly groups: number
  /** Bytes of all global buffers. */
  readonly footprintBytes: number
  /** Buffers that are copied before and after, and their bytes. */
  readonly writes: number
  readonly writeBytes: number
  readonly reads: number
  readonly readBytes: number
  /** Of the accesses to global memory, 0 to 1. */
  readonly coalescedShare: number
  /** Does it calculate in double precision? Then all its floating point is taken to be. */
  readonly usesDouble: boolean
  /** Does anything in it loop? */
  readonly hasLoops: boolean
}

/** Estimated times in ns, and what the kernel's is made of. */
export interface Estimate {
  readonly writeNs: number
  readonly kernelNs: number
  readonly readNs: number
  /** What bounds the kernel. */
  readonly bound: 'issue' | 'memory' | 'latency'
}

/** What the model reads off a kernel's text. */
export function traitsOf(source: string): Pick<LaunchCost, 'hasLoops' | 'usesDouble'> {
  return { hasLoops: /\b(?:for|while|goto)\b/.test(source), usesDouble: /\bdouble\d*\b/.test(source) }
}

/** Estimate one launch with its copies. */
export function estimateLaunch(device: DeviceDescription, launch: LaunchCost): Estimate {
  const times = { issue: issueNs(device, launch), memory: memoryNs(device, launch), latency: latencyNs(device, launch) }
  const bounds = Object.entries(times) as [Estimate['bound'], number][]
  const [bound, longest] = bounds.reduce((worst, entry) => (entry[1] > worst[1] ? entry : worst))
  return {
    writeNs: copyNs(device, launch.writes, launch.writeBytes, device.writeGBs),
    kernelNs: device.launchUs * 1000 + longest,
    readNs: copyNs(device, launch.reads, launch.readBytes, device.readGBs),
    bound,
  }
}

/** Time that the units spend issuing instructions and starting work-items. */
function issueNs(device: DeviceDescription, launch: LaunchCost): number {
  const { rates, lanes, doubleRatio } = device
  const { work, usesDouble, coalescedShare } = launch
  const precision = usesDouble ? doubleRatio : 1
  const shared =
    work.float / (rates.float * precision) + (work.integer + work.barrier) / rates.integer + work.global / rates.local
  const single =
    work.division / (rates.division * precision) +
    work.special / rates.special +
    work.private / rates.private +
    work.local / rates.local +
    work.atomic / rates.atomic
  const vectorised = launch.hasLoops && !device.vectorisesLoops ? 0 : coalescedShare
  const cycles = shared * (vectorised + lanes * (1 - vectorised)) + single
  const starting = launch.items * device.itemNs + launch.groups * device.groupNs
  return (cycles / device.clockGhz + starting) / activeUnits(device, launch)
}

/** Time that main memory and the cache need for the bytes moved. */
function memoryNs(device: DeviceDescription, { work, footprintBytes, coalescedShare }: LaunchCost): number {
  const scattered = Math.max(device.sectorBytes, work.global === 0 ? 0 : work.globalBytes / work.global)
  const traffic = coalescedShare * work.globalBytes + (1 - coalescedShare) * work.global * scattered
  const first = Math.min(traffic, footprintBytes) // everything comes from main memory once
  const cached = Math.min(1, (device.cacheMiB * 2 ** 20) / Math.max(footprintBytes, 1))
  const again = traffic - first
  const fromMemory = first + again * (1 - cached)
  return fromMemory / device.memoryGBs + (again * cached) / device.cacheGBs
}

/** Time of the longest work-item, as often as the device has to take new ones. */
function latencyNs(device: DeviceDescription, launch: LaunchCost): number {
  const { work, items } = launch
  if (items === 0) return 0
  const rounds = Math.max(1, items / (activeUnits(device, launch) * device.residentItems))
  const instructions =
    work.float + work.integer + work.division + work.special + work.private + work.local + work.barrier
  return (rounds * (instructions * device.instructionNs + work.global * device.accessNs)) / items
}

function activeUnits(device: DeviceDescription, { groups }: LaunchCost): number {
  return Math.max(1, Math.min(device.computeUnits, groups))
}

function copyNs(device: DeviceDescription, copies: number, bytes: number, ratePerNs: number): number {
  return copies * device.copyUs * 1000 + bytes / ratePerNs
}
