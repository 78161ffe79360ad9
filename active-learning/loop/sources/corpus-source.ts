// Kernels of a corpus that lie nearest to the point wanted: what one has without synthesis.

import { createHash } from 'node:crypto'
import { TargetMeter } from '../../../synth/index.ts'
import type { FoundKernel, KernelRequest, KernelSource } from '../parts.ts'
import { targetOfPoint } from '../point.ts'

/** A kernel of a corpus. */
export interface CorpusKernel extends Omit<FoundKernel, 'counts' | 'distance'> {
  /** In the Grewe space. */
  readonly values: Float64Array
  readonly counts: FoundKernel['counts']
}

export class CorpusSource implements KernelSource {
  readonly identity: string
  readonly #kernels: readonly CorpusKernel[]

  /** @param kernels - those of equal keys once */
  constructor(kernels: readonly CorpusKernel[]) {
    this.#kernels = [...new Map(kernels.map((kernel) => [kernel.key, kernel])).values()]
    const digest = createHash('sha256')
      .update(this.#kernels.map(({ key }) => key).join('\n'))
      .digest('hex')
    this.identity = `${this.#kernels.length} corpus kernels, ${digest.slice(0, 16)}`
  }

  /** Nearest first; of equally near ones the lower key. Each kernel once to a learner. */
  async find({ point, keep, taken }: KernelRequest): Promise<readonly FoundKernel[]> {
    const meter = new TargetMeter(targetOfPoint(point))
    return this.#kernels
      .filter(({ key }) => !taken.has(key))
      .map(({ values, ...kernel }) => ({ ...kernel, distance: meter.distance(values) }))
      .sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1))
      .slice(0, keep)
  }
}
