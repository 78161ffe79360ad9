// Writes what searches find into a store, so that a campaign that was killed goes on where it was: searches that ended
// are known by what they were asked, and one that did not is begun again under its old number.

import type { NewBenchmark, Store, TracePoint } from '../../corpora/index.ts'
import { findClang } from '../../kernels/index.ts'
import type { Benchmark, Funnel, Job, ModelInfo } from '../../synth/index.ts'
import { validationRecord } from '../run/validation-record.ts'
import { packageVersion } from '../version.ts'

const kind = 'synth'

/** What is known of how a search went. */
export interface SearchCourse {
  readonly funnel: Readonly<Funnel> | undefined
  readonly trace: readonly TracePoint[]
}

export class Recorder {
  readonly #store: Store
  readonly #model: ModelInfo
  readonly #runs = new Map<Job, number>()

  constructor(store: Store, model: ModelInfo) {
    this.#store = store
    this.#model = model
  }

  /** Has this search come to its end before? */
  isDone(job: Job): boolean {
    return this.#find(job)?.status === 'finished'
  }

  /** Proximity of the nearest that was kept for the target, by any search; 0 for none. */
  proximityOf(job: Job, space: string): number {
    return this.#store.benchmarks.nearest(space, job.target.name)?.proximity ?? 0
  }

  start(job: Job): void {
    const alike = this.#find(job)
    const known = alike?.status === 'finished' ? undefined : alike
    if (known !== undefined) this.#store.runs.restart(known.id, Date.now())
    const run = { ...this.#identity(job), version: packageVersion(), startedAtMs: Date.now() }
    this.#runs.set(job, known?.id ?? this.#store.runs.start(run))
  }

  commit(job: Job, benchmark: Benchmark, funnel: Readonly<Funnel> | undefined): void {
    const runId = this.#runOf(job)
    this.#store.transaction(() => {
      const { kernelId } = this.#store.benchmarks.commit(newBenchmark(benchmark, runId))
      if (benchmark.validated !== null) {
        this.#store.validations.add(validationRecord(benchmark.validated, kernelId, Date.now()))
      }
      if (funnel !== undefined) this.#store.runs.saveFunnel(runId, { ...funnel })
    })
  }

  finish(job: Job, status: 'finished' | 'stopped' | 'failed', { funnel, trace }: SearchCourse): void {
    const runId = this.#runOf(job)
    this.#store.transaction(() => {
      this.#store.runs.finish(runId, { status, endedAtMs: Date.now(), funnel: { ...funnel }, trace })
      this.#store.benchmarks.rank(runId)
    })
    this.#runs.delete(job)
  }

  /** Mark all searches under way as failed, as far as the store can still be written: why they failed matters more. */
  fail(courseOf: (job: Job) => SearchCourse): void {
    for (const job of [...this.#runs.keys()]) {
      try {
        this.finish(job, 'failed', courseOf(job))
      } catch {
        return
      }
    }
  }

  #find(job: Job): ReturnType<Store['runs']['findAlike']> {
    return this.#store.runs.findAlike(this.#identity(job))
  }

  #identity({ spaces, target, options }: Job) {
    const { seed, ...rest } = options
    const { name, values, upper, weights } = target
    const wanted = { target: name, values: [...values], upper: upper && [...upper], weights }
    return { kind, options: { space: spaces, ...wanted, ...rest }, seed, modelHash: this.#model.hash }
  }

  #runOf(job: Job): number {
    const runId = this.#runs.get(job)
    if (runId === undefined) throw new Error(`the search for ${job.target.name} was not started`)
    return runId
  }
}

function newBenchmark(benchmark: Benchmark, runId: number): NewBenchmark {
  const { key, text, tokenCount, kernelName, irKey, irBytes, features, target, validated: _, ...rest } = benchmark
  const { name: targetName, values, upper: targetUpper = null } = target
  const now = Date.now()
  return {
    ...{ runId, space: target.space.id, targetName, target: values, targetUpper, rank: null },
    ...rest,
    createdAtMs: now,
    kernel: {
      ...{ key, text, tokenCount, kernelName, irKey, irBytes, features, origin: 'synthesized' },
      ...{ repository: null, commit: null, path: null, templateKey: null, heldOut: null },
      ...{ licence: 'unknown', licenceClass: 'unknown', toolchain: `clang ${findClang().version}`, createdAtMs: now },
    },
  }
}
