// What OpenCL devices there are, as plain data, and which one an option means. The listing itself runs in a child
// process: loading a broken driver can crash.

import { BenchError } from '../errors.ts'
import { forkModule } from '../fork-module.ts'

/** From CL_DEVICE_TYPE. */
export type DeviceKind = 'cpu' | 'gpu' | 'accelerator' | 'other'

/** One OpenCL device, as the driver describes it. */
export interface DeviceInfo {
  /** Position over all platforms, from 0. Changes when drivers come and go. */
  readonly index: number
  /**
   * Stays the same while the device and its driver do: a hash of vendor, name and driver, and of its place among
   * devices that are equal in all of them.
   */
  readonly id: string
  readonly name: string
  readonly vendor: string
  readonly kind: DeviceKind
  /** `OpenCL 3.0 PoCL …` */
  readonly version: string
  readonly driver: string
  readonly platform: string
  readonly platformVersion: string
  readonly computeUnits: number
  readonly memoryBytes: number
  readonly limits: DeviceLimits
}

/** What a device takes, and what of the optional it has. */
export interface DeviceLimits {
  readonly clockMhz: number
  readonly maxAllocationBytes: number
  readonly localMemoryBytes: number
  readonly constantBytes: number
  readonly maxWorkGroupSize: number
  /** `[dimension]` */
  readonly maxWorkItemSizes: readonly number[]
  readonly hasImages: boolean
  readonly hasDoubles: boolean
  readonly hasHalfs: boolean
}

/**
 * By id, by index, by kind (`cpu`, `gpu`, `accelerator`: the first of it), or by a part of its name or its platform's
 * name (any case); tried in this order. Default: the first CPU, else the first.
 */
export type DeviceChoice = number | string

/** For the help of options that take a DeviceChoice. */
export const deviceChoiceSyntax = 'id, index, cpu, gpu or part of its name (see `benchsteer devices`)'

/** How to come by a device, for messages. */
export const deviceRemedy = 'run `npm start` once, or: apt-get install ocl-icd-libopencl1 pocl-opencl-icd'

/** What `list-worker.ts` sends. */
export type DeviceListing =
  | { readonly ok: true; readonly devices: readonly DeviceInfo[] }
  | { readonly ok: false; readonly log: string }

/**
 * All devices of all platforms, in the loader's order; empty where no driver is installed.
 * @param timeoutMs - a driver that takes longer is killed
 * @throws {BenchError} DEVICE_MISSING where the loader is missing or a driver breaks down
 */
export function listDevices(timeoutMs = 30_000): Promise<readonly DeviceInfo[]> {
  return new Promise((resolve, reject) => {
    const child = forkModule(new URL('./list-worker.ts', import.meta.url))
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    const fail = (log: string): void => reject(new BenchError('DEVICE_MISSING', log))
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-1000)
    })
    child.on('message', (listing: DeviceListing) => {
      if (listing.ok) resolve(listing.devices)
      else fail(listing.log)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const lastWords = stderr.trim().split('\n').at(-1)
      fail(
        `an OpenCL driver failed: ${signal ?? `exit code ${code}`}${lastWords ? `, ${lastWords}` : ''}; ${deviceRemedy}`,
      )
    })
  })
}

/** @throws {BenchError} DEVICE_MISSING, naming the devices that there are */
export function chooseDevice<D extends DeviceInfo>(devices: readonly D[], choice?: DeviceChoice): D {
  if (devices.length === 0) throw new BenchError('DEVICE_MISSING', `no OpenCL device found; ${deviceRemedy}`)
  const found =
    choice === undefined ? (devices.find(({ kind }) => kind === 'cpu') ?? devices[0]) : findDevice(devices, choice)
  if (found !== undefined) return found
  const known = devices.map((device) => `${device.index} (${device.name})`).join(', ')
  throw new BenchError('DEVICE_MISSING', `no OpenCL device matches '${choice}'; there are: ${known}`)
}

function findDevice<D extends DeviceInfo>(devices: readonly D[], choice: number | string): D | undefined {
  if (typeof choice === 'number' || /^\d+$/.test(choice)) return devices.find(({ index }) => index === Number(choice))
  const word = choice.toLowerCase()
  return (
    devices.find(({ id }) => id === word) ??
    devices.find(({ kind }) => kind === word) ??
    devices.find(({ name, platform }) => `${name}\n${platform}`.toLowerCase().includes(word))
  )
}

/**
 * Build options that accept the most of what clang accepts as OpenCL C 2.0. OpenCL 3.0 devices take 3.0 best: of
 * 298 seed kernels PoCL 3.1 builds 297 as CL3.0, 297 as CL1.2 (without C11 atomics) and 282 as CL2.0 (no `vload`).
 */
export function buildOptions(device: DeviceInfo): string {
  const version = Number(/^OpenCL (\d+\.\d+)/.exec(device.version)?.[1] ?? 1.2)
  return `-cl-std=${version >= 3 ? 'CL3.0' : version >= 2 ? 'CL2.0' : 'CL1.2'} -w`
}
