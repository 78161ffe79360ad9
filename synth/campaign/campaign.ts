// Many searches: as many at once as there are processes, all of whose infills one pool of models writes.

import { availableParallelism } from 'node:os'
import type { DeviceChoice } from '../../kernels/index.ts'
import { InfillPool } from '../infill-pool.ts'
import type { ModelInfo } from '../model-info.ts'
import { ProcessDied } from '../process-died.ts'
import type { Job } from './job.ts'
import { type JobEvent, SearchProcess } from './search-process.ts'

/** How a campaign is run. */
export interface CampaignOptions {
  /** Searches at once, one process each. Default: one per two cores, at least one. */
  readonly workers?: number
  readonly device?: DeviceChoice
  /** Ends all searches early; what they have is still verified. */
  readonly signal?: AbortSignal
}

/** What a campaign reports; events of several jobs come interleaved. */
export type CampaignEvent =
  /** Comes again where a job is begun again. */
  | { readonly kind: 'started'; readonly job: Job }
  | ({ readonly job: Job } & JobEvent)
  /** Its process died, or one that wrote its infills, twice; the campaign goes on. */
  | { readonly kind: 'failed'; readonly job: Job; readonly error: Error }

/** Times that a job is begun whose process dies. */
const attempts = 2

/**
 * Do the jobs, in their order where there is one worker. A job that needs what is not there (a model, a device) ends
 * the campaign; one whose process dies is begun again.
 * @param jobs - taken one by one as workers become free; who waits for a job does nothing meanwhile
 * @throws {BenchError} MODEL_CORRUPT, DEVICE_MISSING
 */
export async function* runCampaign(
  model: ModelInfo,
  jobs: Iterable<Job> | AsyncIterable<Job>,
  options: CampaignOptions = {},
): AsyncGenerator<CampaignEvent, void> {
  const { workers = Math.max(1, availableParallelism() >> 1), device, signal } = options
  using infiller = new InfillPool(model.folder, workers)
  const queue = new EventQueue()
  const processes = new Set<SearchProcess>()
  const iterator = Symbol.asyncIterator in jobs ? jobs[Symbol.asyncIterator]() : jobs[Symbol.iterator]()
  let isLeft = false // by whoever reads the events: a process that is killed then must not be replaced
  const isStopped = (): boolean => isLeft || signal?.aborted === true
  const work = async (): Promise<void> => {
    let process: SearchProcess | undefined
    while (!isStopped()) {
      const next = await iterator.next()
      if (next.done === true || isStopped()) break
      const job = next.value
      for (let attempt = 1; ; attempt++) {
        queue.push({ kind: 'started', job })
        if (process === undefined || process.end !== undefined) {
          process = new SearchProcess({ model: model.folder, device, infiller })
          processes.add(process)
        }
        try {
          for await (const event of process.run(job, signal)) queue.push({ job, ...event })
          break
        } catch (error) {
          if (!(error instanceof ProcessDied)) throw error
          process[Symbol.dispose]() // where only its infills failed, what it had begun goes with it
          if (attempt < attempts && !isStopped()) continue
          queue.push({ kind: 'failed', job, error })
          break
        }
      }
    }
  }
  try {
    const all = Promise.all(Array.from({ length: workers }, work))
    all.then(
      () => queue.end(),
      (error) => queue.end(error),
    )
    yield* queue.events()
  } finally {
    isLeft = true
    for (const process of processes) process[Symbol.dispose]()
  }
}

/** Events of several producers for one consumer. */
class EventQueue {
  readonly #events: CampaignEvent[] = []
  #wake: () => void = () => {}
  #isEnded = false
  #error: unknown

  push(event: CampaignEvent): void {
    this.#events.push(event)
    this.#wake()
  }

  /** After the events so far there are none, or an error. */
  end(error?: unknown): void {
    this.#isEnded = true
    this.#error = error
    this.#wake()
  }

  async *events(): AsyncGenerator<CampaignEvent, void> {
    for (;;) {
      const event = this.#events.shift()
      if (event !== undefined) yield event
      else if (this.#isEnded) {
        if (this.#error !== undefined) throw this.#error
        return
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }
}
