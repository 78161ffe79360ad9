// Devices to time on, as options name them: OpenCL devices by id, index, type or name, described ones as `model:<name>`.

import { MeasuredDevice, type MeasuredDeviceOptions } from './measured-device.ts'
import type { CountMemory } from './model/count-file.ts'
import { loadDescription } from './model/device-description.ts'
import { WorkCounter } from './model/work-counter.ts'
import { ModelledDevice } from './modelled-device.ts'
import type { TimingDevice } from './timing-device.ts'

const modelPrefix = 'model:'

/** Several devices that are opened and closed together. Hold it with `using`. */
export interface TimingDevices extends Disposable {
  readonly devices: readonly TimingDevice[]
}

/** How they measure, and what is known of kernels from before. */
export interface TimingDevicesOptions extends Omit<MeasuredDeviceOptions, 'device'> {
  /** For described devices. Default: every run counts anew. */
  readonly counts?: CountMemory
}

/**
 * @param names - an OpenCL device's id, index, type or part of its name; `model:<name>` or `model:<file>.json`
 * @throws {RangeError} for an unknown model, or two names of one device
 * @throws {BenchError} DEVICE_MISSING where an OpenCL device is not there
 */
export async function openTimingDevices(
  names: readonly string[],
  { counts, ...options }: TimingDevicesOptions = {},
): Promise<TimingDevices> {
  const counter = new WorkCounter(undefined, counts)
  const devices: TimingDevice[] = []
  const close = (): void => {
    for (const device of devices) device[Symbol.dispose]()
  }
  try {
    for (const name of names) {
      const device = name.startsWith(modelPrefix)
        ? new ModelledDevice(loadDescription(name.slice(modelPrefix.length)), counter)
        : await MeasuredDevice.open({ ...options, device: name })
      const twin = devices.find(({ facts }) => facts.id === device.facts.id)
      devices.push(device)
      if (twin !== undefined) throw new RangeError(`devices: '${name}' is ${twin.facts.name}, which is named twice`)
    }
  } catch (error) {
    close()
    throw error
  }
  return { devices, [Symbol.dispose]: close }
}
