// Tells tests whether there is an OpenCL device; where there is none they skip, loudly.

import { listDevices } from '../../kernels/device/devices.ts'

/** Why device tests cannot run, or undefined where they can. */
export async function whyNoDevice(): Promise<string | undefined> {
  try {
    return (await listDevices()).length > 0 ? undefined : 'no OpenCL device; apt-get install pocl-opencl-icd'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
