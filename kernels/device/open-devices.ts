// The devices of this process as DeviceInfo with their native side; imported by child processes only.

import { createHash } from 'node:crypto'
import type { DeviceInfo, DeviceKind, DeviceLimits } from './devices.ts'
import { type NativeDevice, readPlatforms } from './opencl.ts'

/** A device with the handle that builds on it. */
export interface OpenDevice extends DeviceInfo {
  readonly native: NativeDevice
}

/** Every device, numbered over all platforms. */
export function openDevices(): OpenDevice[] {
  const pairs = readPlatforms().flatMap((platform) => platform.devices.map((native) => ({ platform, native })))
  const seen = new Map<string, number>()
  return pairs.map(({ platform, native }, index) => ({
    index,
    id: idOf(native, seen),
    name: native.name,
    vendor: native.vendor,
    kind: kindOf(native.typeBits),
    version: native.version,
    driver: native.driver,
    platform: platform.name,
    platformVersion: platform.version,
    computeUnits: native.computeUnits,
    memoryBytes: native.memoryBytes,
    limits: limitsOf(native),
    native,
  }))
}

/** @param seen - how many devices of each kind came before; counted up */
function idOf({ vendor, name, driver }: NativeDevice, seen: Map<string, number>): string {
  const facts = [vendor, name, driver].join('\n')
  const ordinal = seen.get(facts) ?? 0
  seen.set(facts, ordinal + 1)
  const hash = createHash('sha256').update(`${facts}\n${ordinal}`).digest('hex')
  return `dev-${hash.slice(0, 8)}`
}

function limitsOf({ extensions, ...native }: NativeDevice): DeviceLimits {
  const { clockMhz, maxAllocationBytes, localMemoryBytes, constantBytes, hasImages } = native
  return {
    ...{ clockMhz, maxAllocationBytes, localMemoryBytes, constantBytes, hasImages },
    maxWorkGroupSize: native.maxWorkGroupSize,
    maxWorkItemSizes: native.maxWorkItemSizes,
    hasDoubles: extensions.includes('cl_khr_fp64'),
    hasHalfs: extensions.includes('cl_khr_fp16'),
  }
}

/** The facts alone, fit to be sent. */
export function describe({ native: _, ...info }: OpenDevice): DeviceInfo {
  return info
}

function kindOf(bits: number): DeviceKind {
  if (bits & 2) return 'cpu'
  if (bits & 4) return 'gpu'
  return bits & 8 ? 'accelerator' : 'other'
}
