// Writes what searches find into a store, so that a campaign that was killed goes on where it was: searches that ended
// are known by what they were asked, and one that did not is begun again under its old number.

import type { NewBenchmark, Store, TracePoint } from '../../corpora/index.ts'
import { findClang } from '../../kernels/index.ts'
import type { Benchmark, Funnel, Job, ModelInfo, Target } from '../../synth/index.ts'
import { validationRecord } from '../run/validation-record.ts'
import { packageVersion } from '../version.ts'
import { briefOf, type SearchResult } from './search-result.ts'

const kind = 'synth'

/** What is known of how a search went. */
export interface SearchCourse {
  readonly funnel: Readonly<Funnel> | undefined
  readonly trace: readonly TracePoint[]
}

const noFunnel: Funnel = { sampled: 0, complete: 0, parsed: 0, novel: 0, compiled: 0, kept: 0, built: 0 }

/** A run under way. */
interface OpenRun {
  readonly id: number
  /** Benchmarks that its search has ended with so far. */
  finals: number
}

export class Recorder {
  readonly #store: Store
  readonly #model: Pick<ModelInfo, 'hash'>
  readonly #runs = new Map<Job, OpenRun>()

  constructor(store: Store, model: Pick<ModelInfo, 'hash'>) {
    this.#store = store
    this.#model = model
  }

  /** Has this search come to its end before? */
  isDone(job: Job): boolean {
    return this.#find(job)?.status === 'finished'
  }

  /** Proximity of the nearest kernel of all searches that were asked the same with any seed; 0 for none. */
  proximityOf(job: Job): number {
    return this.#store.benchmarks.proximityOf(this.#identity(job))
  }

  /** How a search went that came to its end before; undefined where it did not. Why kernels were refused is not kept. */
  resultOf(job: Job, target: Target): SearchResult | undefined {
    const run = this.#find(job)
    if (run === undefined) return undefined
    const { id: runId, status, funnel, trace } = run
    if (status !== 'finished') return undefined
    const [best] = this.#store.benchmarks.list({ runId, bestOnly: true, limit: 1 })
    const end = trace.at(-1)
    return {
      ...{ target, seed: job.options.seed, status, funnel: { ...noFunnel, ...funnel }, refused: {} },
      best: best && { ...briefOf(best), key: best.kernelKey, values: best.features[best.space] },
      kept: this.#store.benchmarks.count({ runId, kept: 'each' }),
      ...{ generations: end?.generation ?? 0, elapsedMs: end?.elapsedMs ?? 0 },
    }
  }

  start(job: Job): void {
    const alike = this.#find(job)
    const known = alike?.status === 'finished' ? undefined : alike
    if (known !== undefined) this.#store.runs.restart(known.id, Date.now())
    const run = { ...this.#identity(job), version: packageVersion(), startedAtMs: Date.now() }
    this.#runs.set(job, { id: known?.id ?? this.#store.runs.start(run), finals: 0 })
  }

  /** @param isFinal - has the search ended with it, in the order in which they come? */
  commit(job: Job, benchmark: Benchmark, isFinal: boolean, funnel: Readonly<Funnel> | undefined): void {
    const run = this.#runOf(job)
    const { id: runId } = run
    const place = isFinal ? ++run.finals : undefined
    this.#store.transaction(() => {
      const { kernelId } = this.#store.benchmarks.commit({ ...newBenchmark(benchmark, runId), place })
      if (benchmark.validated !== null) {
        this.#store.validations.add(validationRecord(benchmark.validated, kernelId, Date.now()))
      }
      if (funnel !== undefined) this.#store.runs.saveFunnel(runId, { ...funnel })
    })
  }

  finish(job: Job, status: 'finished' | 'stopped' | 'failed', { funnel, trace }: SearchCourse): void {
    const { id: runId } = this.#runOf(job)
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

  #runOf(job: Job): OpenRun {
    const run = this.#runs.get(job)
    if (run === undefined) throw new Error(`the search for ${job.target.name} was not started`)
    return run
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
