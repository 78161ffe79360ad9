// Measurements as JSON lines: all that is known of each, every repetition included.

import type { StoredMeasurement } from '../store/measurement-table.ts'
import type { Store } from '../store/store.ts'
import { benchmarkName } from './benchmark-name.ts'

/** One JSON object a measurement, failures included; times in ns. */
export function* measurementLines(store: Store, deviceIds?: readonly string[]): Generator<string> {
  const names = new Map(
    Array.from(store.kernels.list({ includeDuplicates: true, heldOut: 'include' }), (kernel) => [
      kernel.id,
      { key: kernel.key, benchmark: benchmarkName(kernel) },
    ]),
  )
  for (const row of store.measurements.list()) {
    if (deviceIds !== undefined && !deviceIds.includes(row.deviceId)) continue
    yield JSON.stringify({ ...names.get(row.kernelId), ...plain(row) })
  }
}

function plain({ id: _, kernelId: __, writeNs, kernelNs, readNs, ...row }: StoredMeasurement): object {
  return { ...row, writeNs: [...writeNs], kernelNs: [...kernelNs], readNs: [...readNs] }
}
