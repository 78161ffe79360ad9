// Child process: sends one DeviceListing, then ends.

import { dieWithParent } from '../fork-module.ts'
import type { DeviceListing } from './devices.ts'

dieWithParent()
const listing = await list()
process.send?.(listing, () => process.exit())

async function list(): Promise<DeviceListing> {
  try {
    // Loaded here, not above: a missing library is an answer.
    const { describe, openDevices } = await import('./open-devices.ts')
    return { ok: true, devices: openDevices().map(describe) }
  } catch (error) {
    return { ok: false, log: error instanceof Error ? error.message : String(error) }
  }
}
