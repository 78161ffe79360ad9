// Kernels from directed search: each request is one search in a process of its own, infills from a pool of models that
// all of them share.

import type { DeviceChoice } from '../../../kernels/index.ts'
import { type Job, type JobOptions, type ModelInfo, SearchPool } from '../../../synth/index.ts'
import type { FoundKernel, KernelRequest, KernelSource } from '../parts.ts'
import { countsOf, targetOfPoint } from '../point.ts'

export interface SearchSourceOptions {
  /** Of every search. One limited by generations or candidates, not by time, gives the same kernels on any day. */
  readonly search: Omit<JobOptions, 'seed' | 'keep'>
  /** Searches at once. Default: one per two cores. */
  readonly workers?: number
  /** That kernels are built on. Default: the first CPU. */
  readonly device?: DeviceChoice
}

/** Owns the processes that search. */
export class SearchSource implements KernelSource, Disposable {
  readonly identity: string
  readonly #pool: SearchPool
  readonly #search: SearchSourceOptions['search']

  constructor(model: ModelInfo, { search, workers, device }: SearchSourceOptions) {
    this.identity = `search with model ${model.hash} and ${JSON.stringify(search)}`
    this.#search = search
    this.#pool = new SearchPool(model, { workers, device })
  }

  /** Nearest first. */
  async find({ point, seed, keep, taken }: KernelRequest, signal: AbortSignal): Promise<readonly FoundKernel[]> {
    const { space: _, ...target } = targetOfPoint(point)
    // More than wanted, as some may be taken.
    const job: Job = { spaces: 'grewe', target, options: { ...this.#search, seed, keep: keep + spare } }
    const found = new Map<string, FoundKernel>() // a search that is begun again reports again
    for await (const event of this.#pool.run(job, signal)) {
      if (event.kind !== 'benchmark' || !event.isFinal) continue
      const { key, text, kernelName, features, distance } = event.benchmark
      found.set(key, { key, text, kernelName, counts: countsOf(features.grewe), distance })
    }
    signal.throwIfAborted()
    return [...found.values()].filter(({ key }) => !taken.has(key)).slice(0, keep)
  }

  [Symbol.dispose](): void {
    this.#pool[Symbol.dispose]()
  }
}

const spare = 3
