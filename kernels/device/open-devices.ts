// The devices of this process as DeviceInfo with their native side; imported by child processes only.

import type { DeviceInfo, DeviceKind } from './devices.ts'
import { type NativeDevice, readPlatforms } from './opencl.ts'

/** A device with the handle that builds on it. */
export interface OpenDevice extends DeviceInfo {
  readonly native: NativeDevice
}

/** Every device, numbered over all platforms. */
export function openDevices(): OpenDevice[] {
  const pairs = readPlatforms().flatMap((platform) => platform.devices.map((native) => ({ platform, native })))
  return pairs.map(({ platform, native }, index) => ({
    index,
    name: native.name,
    kind: kindOf(native.typeBits),
    version: native.version,
    driver: native.driver,
    platform: platform.name,
    platformVersion: platform.version,
    computeUnits: native.computeUnits,
    memoryBytes: native.memoryBytes,
    native,
  }))
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
