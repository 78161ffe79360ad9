// Rows that tests make up, in numbers that a person can check.

import { combinedFeatures, type GreweRow, labelOf } from '../../../active-learning/data-set.ts'
import { Random } from '../../../synth/index.ts'

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

/** Rows of random kernels, three to a program, whose faster device follows a rule of F1 and F4 with a little noise. */
export function modelledRows(count: number, seed: number): GreweRow[] {
  const rng = new Random(seed)
  return Array.from({ length: count }, (_, i) => {
    const mem = 1 + rng.below(20)
    const counts = {
      ...{ comp: rng.below(100), rational: rng.below(5), mem, localmem: rng.below(4) * rng.below(2) },
      ...{ coalesced: rng.below(mem + 1), atomic: 0 },
    }
    const transferBytes = 4 * Math.round(2 ** (6 + 18 * rng.next()))
    const wgsize = 2 ** (5 + rng.below(4))
    const [f1, , , f4] = combinedFeatures(counts, transferBytes, wgsize)
    const runtimeCpuMs = (transferBytes / 1e5) * (1 + f4) * (0.99 + 0.02 * rng.next())
    const runtimeGpuMs = f1 < 20_000 ? runtimeCpuMs * 3 : runtimeCpuMs / (1 + f4)
    const program = `toy-1.0-p${Math.floor(i / 3)}`
    return sampleRow({
      ...{ suite: 'toy-1.0', program, kernel: `k${i % 3}`, counts, transferBytes, wgsize, runtimeCpuMs, runtimeGpuMs },
    })
  })
}
