// Kernels that somebody has measured already, as source and labeller at once: the loop chooses among their rows as it
// would among kernels to be written, and learns what choosing is worth without a device.

import { createHash } from 'node:crypto'
import { Random } from '../../../synth/index.ts'
import { fitScaling, type Scaling, scalePoint } from '../../committee/index.ts'
import { squaredDistance } from '../../committee/scaling.ts'
import type { DataSet, GreweRow } from '../../data-set.ts'
import type { FoundKernel, KernelSource, Labeller } from '../parts.ts'
import { featuresOfPoint } from '../point.ts'

interface PoolRow {
  /** Of program, kernel and dataset: each row counts as a kernel of its own. */
  readonly key: string
  readonly row: GreweRow
  readonly point: readonly number[]
}

export class LabelledPool {
  readonly #name: string
  readonly #scaling: Scaling
  readonly #rows: ReadonlyMap<string, PoolRow>

  /** @param data - rows of which none is learned from or scored on; of those with one name the last counts */
  constructor({ name, rows }: DataSet) {
    const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
    this.#name = `${name}, ${rows.length} rows, ${digest.slice(0, 16)}`
    this.#scaling = fitScaling(rows)
    this.#rows = new Map(
      rows.map((row) => {
        const key = `${row.program} ${row.kernel} ${row.dataset}`
        return [key, { key, row, point: scalePoint(this.#scaling, row.features) }]
      }),
    )
  }

  /** Rows by how near their F1 to F4 are to the point's, scaled; of equally near ones the earlier. */
  nearest(): KernelSource {
    return {
      identity: `nearest rows of ${this.#name}`,
      find: async ({ point, keep, taken }) => {
        const wanted = scalePoint(this.#scaling, featuresOfPoint(point))
        return [...this.#rows.values()]
          .filter(({ key }) => !taken.has(key))
          .map((own) => foundKernel(own, Math.sqrt(squaredDistance(own.point, wanted))))
          .sort((a, b) => a.distance - b.distance)
          .slice(0, keep)
      },
    }
  }

  /** Rows drawn from all that are left, whatever the point. */
  drawn(): KernelSource {
    return {
      identity: `rows drawn from ${this.#name}`,
      find: async ({ seed, keep, taken }) => {
        const rng = new Random(seed)
        const left = [...this.#rows.values()].filter(({ key }) => !taken.has(key))
        return Array.from({ length: Math.min(keep, left.length) }, () => {
          const [own] = left.splice(rng.below(left.length), 1)
          return foundKernel(own, null)
        })
      },
    }
  }

  /** What the rows say. */
  labeller(): Labeller {
    return {
      identity: `labels of ${this.#name}`,
      isFixed: true,
      label: async ({ kernel }) => {
        const known = this.#rows.get(kernel.key)
        if (known === undefined) return { ok: false, stage: 'pool', log: `no row ${kernel.key}` }
        const { dataset, transferBytes, wgsize, runtimeCpuMs, runtimeGpuMs, timeSource } = known.row
        const { intervalCpuMs, intervalGpuMs, devices, seed, date, extras } = known.row
        const times = { runtimeCpuMs, runtimeGpuMs, timeSource, intervalCpuMs, intervalGpuMs }
        return { ok: true, launches: [{ dataset, transferBytes, wgsize, ...times, devices, seed, date, extras }] }
      },
    }
  }
}

/** Rows have no text. */
function foundKernel<T extends number | null>({ key, row }: PoolRow, distance: T): FoundKernel & { distance: T } {
  return { key, text: '', kernelName: row.kernel, counts: row.counts, distance }
}
