// Rows that tests make up, in numbers that a person can check.

import { combinedFeatures, type GreweRow, labelOf } from '../../../active-learning/data-set.ts'

/** A row of a program of its own; what is given replaces what is usual, features and label follow from it. */
export function sampleRow(given: Partial<GreweRow> = {}): GreweRow {
  const counts = { comp: 4, rational: 1, mem: 2, localmem: 0, coalesced: 2, atomic: 0, ...given.counts }
  const { transferBytes = 600, wgsize = 64, runtimeCpuMs = 2, runtimeGpuMs = 1 } = given
  return {
    ...{ suite: 'toy-1.0', program: 'toy-1.0-sum', kernel: 'sum', dataset: 'default', timeSource: 'measured' },
    ...{ intervalCpuMs: null, intervalGpuMs: null, devices: null, seed: null, date: null, sourceKey: null, extras: {} },
    ...{ transferBytes, wgsize, runtimeCpuMs, runtimeGpuMs, label: labelOf(runtimeCpuMs, runtimeGpuMs) },
    features: combinedFeatures(counts, transferBytes, wgsize),
    ...given,
    counts,
  }
}
