// Modelled times of the launch that a row of the public data is about.

import type { DeviceLabel, GreweRow } from '../../../active-learning/index.ts'
import {
  type DeviceDescription,
  estimateLaunch,
  type LaunchCost,
  traitsOf,
  type WorkCounter,
} from '../../../kernels/index.ts'
import { holdsCopies, launchItems, type PlannedBytes, planBytes } from './launch-size.ts'
import { type SuiteKernel, suiteOfRow } from './match.ts'

/** Modelled time of one device, in ms. */
export interface ModelledTime {
  readonly kernelMs: number
  /** 0 where the published time holds none. */
  readonly copiesMs: number
}

/** A published row beside what the models say. */
export interface ComparedRow {
  readonly suite: string
  readonly benchmark: string
  readonly cpuMs: number
  readonly gpuMs: number
  readonly label: DeviceLabel
  readonly cpu: ModelledTime
  readonly gpu: ModelledTime
}

/** Two descriptions in the roles of the data. */
export interface ModelPair {
  readonly cpu: DeviceDescription
  readonly gpu: DeviceDescription
}

/** What rows have in common. */
export interface Tools {
  readonly counter: WorkCounter
  /** By id of the kernel; filled on the way. */
  readonly plans: Map<number, readonly [PlannedBytes, PlannedBytes]>
  readonly signal: AbortSignal
}

const seed = 1

/** @returns why there is no estimate, where there is none; @throws the signal's reason when aborted */
export async function compareRow(
  row: GreweRow,
  match: SuiteKernel,
  models: ModelPair,
  { counter, plans, signal }: Tools,
): Promise<ComparedRow | string> {
  const { text } = match.kernel
  const planned = plans.get(match.kernel.id) ?? planBytes(text, seed)
  if (planned === undefined) return 'no arguments can be made'
  plans.set(match.kernel.id, planned)
  const [small, large] = planned
  const items = launchItems(row, [small, large])
  if (typeof items === 'string') return items
  const counted = await counter.count(text, { items, seed }, signal)
  if (!counted.ok) return `not counted: ${counted.log.split('\n', 1)[0]}`
  const { mem, coalesced } = match.counts
  const launch: LaunchCost = {
    work: counted.work,
    items,
    groups: Math.max(1, items / Math.max(1, row.wgsize)),
    ...copiesOfRow(row, items, [small, large]),
    ...{ writes: large.writes, reads: large.reads },
    coalescedShare: mem > 0 ? Math.min(1, coalesced / mem) : 1,
    ...traitsOf(text),
  }
  const timeOn = (device: DeviceDescription): ModelledTime => {
    const { kernelNs, writeNs, readNs } = estimateLaunch(device, launch)
    return { kernelMs: kernelNs / 1e6, copiesMs: holdsCopies(row) ? (writeNs + readNs) / 1e6 : 0 }
  }
  return {
    suite: suiteOfRow(row),
    benchmark: `${row.program}-${row.kernel}`,
    ...{ cpuMs: row.runtimeCpuMs, gpuMs: row.runtimeGpuMs, label: row.label },
    ...{ cpu: timeOn(models.cpu), gpu: timeOn(models.gpu) },
  }
}

/** Published bytes, shared between the directions as our payload shares them; in NPB they are the whole program's. */
function copiesOfRow(
  row: GreweRow,
  items: number,
  [small, large]: readonly [PlannedBytes, PlannedBytes],
): Pick<LaunchCost, 'footprintBytes' | 'writeBytes' | 'readBytes'> {
  const written = large.writeBytes / (large.writeBytes + large.readBytes)
  const writeBytes = row.transferBytes * written
  const power = Math.log(large.writeBytes / small.writeBytes) / Math.log(large.items / small.items)
  const footprintBytes = suiteOfRow(row) === 'npb' ? large.writeBytes * (items / large.items) ** power : writeBytes
  return { footprintBytes, writeBytes, readBytes: row.transferBytes - writeBytes }
}
