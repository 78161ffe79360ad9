// Pairs the times of a CPU and a GPU: same kernel, size, seed and payload. What a heuristic is trained on.

import { type Label, labelOf, type Provenance } from '../../kernels/index.ts'
import type { StoredMeasurement } from '../store/measurement-table.ts'
import type { StoredKernel } from '../store/records.ts'
import type { Store } from '../store/store.ts'

/** One kernel at one size, with the times of one CPU and one GPU; one of them may be missing. */
export interface TimePair {
  readonly kernel: StoredKernel
  readonly cpu: StoredMeasurement | undefined
  readonly gpu: StoredMeasurement | undefined
  /** Undefined where one is missing. */
  readonly label: Label | undefined
  readonly provenance: Provenance | 'mixed'
}

/** Which devices are paired. */
export interface PairOptions {
  /** Ids of devices; at most one CPU and one GPU. Default: all that the store has times of. */
  readonly devices?: readonly string[]
  /** Pair a measured device with a modelled one? Default false: that is refused. */
  readonly mix?: boolean
}

/** A device that a store has times of. */
interface TimedDevice {
  readonly id: string
  readonly name: string
  readonly role: 'cpu' | 'gpu'
  readonly provenance: Provenance
}

/**
 * Pairs by kernel, size and seed, in the order of their first measurement. Of several drivers the last one counts.
 * @throws {RangeError} where more than one CPU or GPU is to be paired, or measured times with modelled ones unasked
 */
export function pairTimes(store: Store, options: PairOptions = {}): TimePair[] {
  const chosen = chooseDevices(store, options)
  const kernels = new Map(
    Array.from(store.kernels.list({ includeDuplicates: true, heldOut: 'include' }), (kernel) => [kernel.id, kernel]),
  )
  const pairs = new Map<string, { kernel: StoredKernel; cpu?: StoredMeasurement; gpu?: StoredMeasurement }>()
  for (const device of chosen) {
    for (const row of store.measurements.list({ deviceId: device.id, okOnly: true })) {
      const kernel = kernels.get(row.kernelId)
      if (kernel === undefined) continue
      const key = `${row.kernelId} ${row.size} ${row.seed} ${row.payloadHash}`
      const pair = pairs.get(key) ?? { kernel }
      pair[device.role] = row
      pairs.set(key, pair)
    }
  }
  return [...pairs.values()].map(({ kernel, cpu, gpu }) => ({
    ...{ kernel, cpu, gpu },
    label: cpu?.total && gpu?.total ? labelOf(cpu.total, gpu.total) : undefined,
    provenance: provenanceOf([cpu, gpu]),
  }))
}

function chooseDevices(store: Store, { devices, mix = false }: PairOptions): TimedDevice[] {
  const timed = timedDevices(store)
  const chosen = devices === undefined ? timed : timed.filter(({ id }) => devices.includes(id))
  for (const role of ['cpu', 'gpu'] as const) {
    const several = chosen.filter((device) => device.role === role)
    if (several.length <= 1) continue
    const names = several.map(({ id, name }) => `${id} (${name})`).join(', ')
    throw new RangeError(`devices: expected one ${role.toUpperCase()} to be paired, the store has times of ${names}`)
  }
  const provenances = new Set(chosen.map(({ provenance }) => provenance))
  if (provenances.size > 1 && !mix) {
    const names = chosen.map(({ id, provenance }) => `${id} is ${provenance}`).join(', ')
    throw new RangeError(`mix: measured and modelled times are paired only on demand: ${names}`)
  }
  return chosen
}

function timedDevices(store: Store): TimedDevice[] {
  return store.measurements.devices().map(({ id, name, kind, provenance }) => {
    return { id, name, role: kind === 'cpu' ? 'cpu' : 'gpu', provenance } as const
  })
}

function provenanceOf(rows: readonly (StoredMeasurement | undefined)[]): Provenance | 'mixed' {
  const found = [...new Set(rows.flatMap((row) => (row === undefined ? [] : [row.provenance])))]
  return found.length > 1 ? 'mixed' : found[0]
}
