// `benchsteer devices`: every OpenCL device, what it takes, and what to call it.

import { type DeviceInfo, listDevices } from '../../kernels/index.ts'
import type { Command } from '../command.ts'
import { formatTable } from '../table.ts'

interface DevicesFlags {
  readonly json: boolean
}

export const devicesCommand: Command<DevicesFlags> = {
  name: 'devices',
  summary: 'List the OpenCL devices, with versions, limits and the ids that --device takes.',
  description:
    'Options named --device take an id, which stays the same while device and driver do, an index, which may change ' +
    'when drivers come and go, cpu, gpu or accelerator for the first of that type, or a part of the name of the device ' +
    'or its platform. The exit code is 1 where there is no device.',
  options: [{ syntax: '--json', summary: 'one JSON line a device' }],
  examples: ['devices', 'devices --json'],
  async run({ json }, io) {
    const devices = await listDevices()
    for (const device of devices) {
      if (json) io.out(JSON.stringify(device))
      else for (const line of describe(device)) io.out(line)
    }
    if (devices.length > 0) return 0
    io.err('no OpenCL device; apt-get install pocl-opencl-icd, or the driver of your GPU')
    return 1
  },
}

function describe(device: DeviceInfo): string[] {
  const { limits } = device
  const sizes = limits.maxWorkItemSizes.join(' x ')
  const extras = [limits.hasDoubles && 'double', limits.hasHalfs && 'half', limits.hasImages && 'images'].filter(
    Boolean,
  )
  const rows = [
    ['platform', `${device.platform}, ${device.platformVersion}`],
    ['version', `${device.version}, driver ${device.driver}`],
    ['vendor', device.vendor],
    ['compute', `${device.computeUnits} units at ${limits.clockMhz} MHz`],
    ['memory', `${size(device.memoryBytes)} global, ${size(limits.maxAllocationBytes)} at once`],
    ['', `${size(limits.localMemoryBytes)} local, ${size(limits.constantBytes)} constant`],
    ['work-group', `${limits.maxWorkGroupSize} at most, ${sizes}`],
    ['has', extras.join(', ') || 'nothing optional'],
  ]
  const [header, ...lines] = formatTable([`${device.index}`, `${device.name}  [${device.kind}]  ${device.id}`], rows)
  return [header, ...lines, '']
}

/** Powers of 1024, as OpenCL sizes are. */
function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`
}
