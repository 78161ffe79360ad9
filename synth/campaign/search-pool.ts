// Searches as they are asked for, one after another in each process: for callers whose next search depends on what the
// last ones found, which the list of a campaign cannot.

import { availableParallelism } from 'node:os'
import { type DeviceChoice, DisposedError } from '../../kernels/index.ts'
import { InfillPool } from '../infill-pool.ts'
import type { Infiller } from '../infill-process.ts'
import type { ModelInfo } from '../model-info.ts'
import { ProcessDied } from '../process-died.ts'
import type { Job } from './job.ts'
import { type JobEvent, SearchProcess } from './search-process.ts'

export interface SearchPoolOptions {
  /** Searches at once, one process each, started when first needed. Default: one per two cores, at least one. */
  readonly workers?: number
  readonly device?: DeviceChoice
}

/** Times that a search is begun whose process dies. */
const attempts = 2

/** Owns processes that search. Requests beyond their number wait their turn. */
export class SearchPool implements Disposable {
  readonly #model: ModelInfo
  readonly #device: DeviceChoice | undefined
  readonly #workers: number
  #infiller: InfillPool | undefined
  readonly #idle: SearchProcess[] = []
  readonly #busy = new Set<SearchProcess>()
  readonly #waiting: (() => void)[] = []
  #free: number
  #isDisposed = false

  constructor(model: ModelInfo, options: SearchPoolOptions = {}) {
    const { workers = Math.max(1, availableParallelism() >> 1), device } = options
    this.#model = model
    this.#device = device
    this.#free = workers
    this.#workers = workers
  }

  /**
   * Search, as `SearchProcess.run`. A search whose process dies is begun again, once, and its events with it.
   * @throws {BenchError} MODEL_CORRUPT, DEVICE_MISSING
   * @throws {ProcessDied} where the process died twice, or one that wrote its infills
   */
  async *run(job: Job, signal?: AbortSignal): AsyncGenerator<JobEvent, void> {
    await this.#acquire()
    try {
      for (let attempt = 1; ; attempt++) {
        const process = this.#take()
        try {
          yield* process.run(job, signal)
          return
        } catch (error) {
          if (!(error instanceof ProcessDied)) throw error
          process[Symbol.dispose]() // where only its infills failed, what it had begun goes with it
          if (attempt === attempts || this.#isDisposed || signal?.aborted === true) throw error
        } finally {
          this.#giveBack(process)
        }
      }
    } finally {
      this.#release()
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true
    for (const process of [...this.#idle, ...this.#busy]) process[Symbol.dispose]()
    this.#infiller?.[Symbol.dispose]()
  }

  async #acquire(): Promise<void> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** The place passes to who waits longest. */
  #release(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free++
    else next()
  }

  #take(): SearchProcess {
    if (this.#isDisposed) throw new DisposedError('SearchPool')
    const infiller: Infiller = { infill: (...request) => this.#models().infill(...request) }
    const place = { model: this.#model.folder, device: this.#device, infiller }
    const process = this.#idle.pop() ?? new SearchProcess(place)
    this.#busy.add(process)
    return process
  }

  /** Each takes 200 MB and a second to start, and searches by edits alone need none. */
  #models(): InfillPool {
    if (this.#isDisposed) throw new DisposedError('SearchPool')
    this.#infiller ??= new InfillPool(this.#model.folder, this.#workers)
    return this.#infiller
  }

  #giveBack(process: SearchProcess): void {
    this.#busy.delete(process)
    if (process.end === undefined) this.#idle.push(process)
  }
}
