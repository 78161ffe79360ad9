// An analytical cost model of a CPU and a GPU, for tests: it labels real kernels by what they count and how they are
// launched. Its rows say `modelled`. It is no device, and nothing measured is claimed from it.

import { combinedFeatures, type GreweCounts, type GreweRow, labelOf } from '../../active-learning/data-set.ts'
import type { Labeller } from '../../active-learning/loop/parts.ts'
import { Random } from '../../synth/index.ts'

/** Time in ms: each work-item does `comp` and moves 4 bytes per access; the GPU pays for transfers and strided accesses. */
export function modelTimes(counts: GreweCounts, transferBytes: number, wgsize: number): { cpu: number; gpu: number } {
  const items = transferBytes / 4
  const { comp, mem, coalesced, localmem } = counts
  const strided = mem - Math.min(coalesced, mem)
  const cpu = 0.01 + (items * (comp + 2 * mem + 2 * localmem)) / 4e6
  const slowest = Math.max(1, 32 / wgsize)
  const gpu = 0.05 + transferBytes / 1.5e6 + (slowest * items * (comp + coalesced + 16 * strided + localmem)) / 1e8
  return { cpu, gpu }
}

const noTimes = { timeSource: 'modelled', intervalCpuMs: null, intervalGpuMs: null, devices: null } as const

/** Rows with counts as kernels have them; suites `s0` to `s3`, three sizes of each program. */
export function modelledRows(programs: number, seed: number): GreweRow[] {
  const rng = new Random(seed)
  return Array.from({ length: programs }, (_, i) => {
    const mem = 1 + rng.below(12)
    const counts = {
      ...{ comp: rng.below(80), rational: 0, mem, localmem: rng.below(2) * rng.below(8) },
      ...{ coalesced: rng.below(mem + 1), atomic: 0 },
    }
    return [4096, 65_536, 2 ** 20].map((size): GreweRow => {
      const [transferBytes, wgsize] = [size * (1 + rng.below(4)), 2 ** (4 + rng.below(5))]
      const { cpu, gpu } = modelTimes(counts, transferBytes, wgsize)
      const program = `s${i % 4}-p${i}`
      return {
        ...{ suite: `s${i % 4}`, program, kernel: 'f0', dataset: String(size), counts, transferBytes, wgsize },
        features: combinedFeatures(counts, transferBytes, wgsize),
        ...{ label: labelOf(cpu, gpu), runtimeCpuMs: cpu, runtimeGpuMs: gpu, ...noTimes },
        ...{ seed: null, date: null, sourceKey: program, extras: {} },
      }
    })
  }).flat()
}

/** Labels as the cost model says; turns away kernels without a memory access, as validation would. */
export function modelledLabeller(onLabel: () => void = () => {}): Labeller {
  return {
    identity: 'modelled by test/active-learning/modelled.ts',
    async label({ kernel, launch, seed }) {
      onLabel()
      if (kernel.counts.mem === 0) return { ok: false, stage: 'has output', log: 'writes nothing' }
      const { transferBytes, wgsize } = launch
      const { cpu, gpu } = modelTimes(kernel.counts, transferBytes, wgsize)
      const times = { runtimeCpuMs: cpu, runtimeGpuMs: gpu, ...noTimes }
      return {
        ok: true,
        launches: [{ dataset: `${transferBytes}/${wgsize}`, ...launch, ...times, seed, date: null, extras: {} }],
      }
    },
  }
}
