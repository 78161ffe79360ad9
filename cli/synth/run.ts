// Synthesis from the command line: searches for one target or many, files what they find, shows progress.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { keptBenchmarks, Store, withoutRepeats, writeManifest, writeSummary } from '../../corpora/index.ts'
import { featureSpaces, partsOf } from '../../features/index.ts'
import { packagePath } from '../../kernels/index.ts'
import {
  type Benchmark,
  type Funnel,
  type Job,
  type JobProgress,
  readModelInfo,
  runCampaign,
  SearchTrace,
} from '../../synth/index.ts'
import { Clock } from '../clock.ts'
import type { CliIo } from '../io.ts'
import { type Progress, startProgress } from '../progress.ts'
import { type SynthRunOptions, storeName } from './options.ts'
import { jobOf, type PlannedTarget, planTargets } from './plan.ts'
import { Recorder, type SearchCourse } from './recorder.ts'
import { lineOf, nearestResults, proximityOf, type SearchResult } from './report.ts'

/** How often manifest and summary are written while searches go on. */
const manifestEveryMs = 300_000

/** A search under way. */
interface OpenSearch {
  readonly planned: PlannedTarget
  readonly kept: Benchmark[]
  readonly trace: SearchTrace
  progress: JobProgress | undefined
}

/**
 * Search until all rounds are done, the time is over, or Ctrl-C; either way what was found is verified, stored and
 * listed. Searches that an earlier run of the same command has done are not done again, unless `isAgain`.
 * @returns the searches of this run, in the order they ended
 */
export async function runSynth(options: SynthRunOptions, io: CliIo): Promise<SearchResult[]> {
  const { out, workers, device } = options
  const planned = await planTargets(options, io)
  const model = readModelInfo(options.model ?? packagePath('model'))
  makeFolder(out)
  using store = Store.open(join(out, storeName))
  const recorder = new Recorder(store, model)
  const spaces = new Set([
    ...featureSpaces,
    ...planned.flatMap(({ target }) => [...partsOf(target.space), target.space]),
  ])
  const writeResults = async (): Promise<void> => {
    await writeManifest(out, withoutRepeats(keptBenchmarks(store)), [...spaces])
    try {
      await writeSummary(out, store)
    } catch (error) {
      // A picture that cannot be drawn must not end a night of searching.
      io.err(`summary: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  using clock = new Clock(options.totalMs, io.signal)
  const plan = new JobSequence(planned, options, recorder)
  const open = new Map<Job, OpenSearch>()
  const results: SearchResult[] = []
  using view = new SynthView(options, planned, io)
  let writtenMs = performance.now()
  try {
    for await (const event of runCampaign(model, plan.jobs(), { workers, device, signal: clock.signal })) {
      const { job } = event
      const known = event.kind === 'started' ? undefined : open.get(job)
      const entry = known ?? {
        planned: plan.targetOf(job),
        kept: [],
        trace: new SearchTrace(),
        progress: undefined,
      }
      open.set(job, entry)
      switch (event.kind) {
        case 'started':
          recorder.start(job)
          break
        case 'progress':
          entry.progress = event.progress
          entry.trace.add(event.progress)
          break
        case 'benchmark':
          recorder.commit(job, event.benchmark, entry.progress?.funnel)
          if (event.isFinal) entry.kept.push(event.benchmark)
          break
        case 'failed':
          recorder.finish(job, 'failed', courseOf(entry))
          open.delete(job)
          io.err(`${job.target.name}, seed ${job.options.seed}: ${event.error.message}`)
          break
        case 'done': {
          recorder.finish(job, clock.signal.aborted ? 'stopped' : 'finished', {
            ...courseOf(entry),
            funnel: event.funnel,
          })
          open.delete(job)
          const result = resultOf(entry, job, event)
          results.push(result)
          if (options.isQuiet) io.out(lineOf(result))
          if (performance.now() - writtenMs < manifestEveryMs) break
          await writeResults()
          writtenMs = performance.now()
        }
      }
      view.update(results, [...open.values()], clock.share)
    }
  } catch (error) {
    recorder.fail((job) => courseOf(open.get(job)))
    throw error
  }
  await writeResults()
  return results
}

/** @throws {RangeError} where there can be none */
function makeFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`--out: cannot write to ${out} (${reason}); expected a folder, or a place for one`, { cause })
  }
}

function courseOf(search: OpenSearch | undefined): SearchCourse {
  return { funnel: search?.progress?.funnel, trace: search?.trace.points() ?? [] }
}

function resultOf(
  { planned, kept }: OpenSearch,
  { options }: Job,
  { funnel, refused, generations, elapsedMs }: Pick<SearchResult, 'funnel' | 'refused' | 'generations' | 'elapsedMs'>,
): SearchResult {
  const { target } = planned
  return { target, seed: options.seed, best: kept.at(0), kept: kept.length, funnel, refused, generations, elapsedMs }
}

/** The searches of all rounds. */
class JobSequence {
  readonly #planned: readonly PlannedTarget[]
  readonly #options: SynthRunOptions
  readonly #recorder: Recorder
  readonly #targets = new WeakMap<Job, PlannedTarget>()

  constructor(planned: readonly PlannedTarget[], options: SynthRunOptions, recorder: Recorder) {
    this.#planned = planned
    this.#options = options
    this.#recorder = recorder
  }

  /**
   * Round by round, those done before left out. After the first round only targets that were not matched yet, as long
   * as there are some.
   */
  *jobs(): Generator<Job, void> {
    for (let round = 0; round < this.#options.rounds; round++) {
      const missed = this.#planned.filter((planned) => !this.#isMatched(planned))
      const wanted = round === 0 || missed.length === 0 ? this.#planned : missed
      for (const planned of wanted) {
        const job = jobOf(planned, this.#options, round)
        if (!this.#options.isAgain && this.#recorder.isDone(job)) continue
        this.#targets.set(job, planned)
        yield job
      }
    }
  }

  targetOf(job: Job): PlannedTarget {
    const planned = this.#targets.get(job)
    if (planned === undefined) throw new Error(`no search for ${job.target.name} is under way`)
    return planned
  }

  #isMatched(planned: PlannedTarget): boolean {
    return this.#recorder.proximityOf(jobOf(planned, this.#options, 0), planned.target.space.id) === 100
  }
}

/** Progress of all searches together. */
class SynthView implements Disposable {
  readonly #options: SynthRunOptions
  readonly #planned: number
  readonly #progress: Progress | undefined
  readonly #startedMs = performance.now()

  constructor(options: SynthRunOptions, planned: readonly PlannedTarget[], io: CliIo) {
    this.#options = options
    this.#planned = planned.length
    const label = planned.length === 1 ? planned[0].target.name : 'synthesizing'
    this.#progress = options.isQuiet ? undefined : startProgress(io, { label, total: 100, unit: '' })
  }

  update(results: readonly SearchResult[], open: readonly OpenSearch[], timeShare: number): void {
    if (this.#progress === undefined) return
    const funnels = [...results, ...open.flatMap(({ progress }) => progress ?? [])].map(({ funnel }) => funnel)
    const sum = (stage: keyof Funnel): number => funnels.reduce((total, funnel) => total + funnel[stage], 0)
    const seconds = Math.max(0.001, (performance.now() - this.#startedMs) / 1000)
    const share = (stage: keyof Funnel): string => `${Math.round((100 * sum(stage)) / Math.max(1, sum('sampled')))} %`
    const stages = (['parsed', 'novel', 'compiled'] as const).map((stage) => `${share(stage)} ${stage}`)
    const rate = `${sum('sampled')} sampled, ${Math.round(sum('sampled') / seconds)}/s, ${stages.join(', ')}`
    this.#progress.update(
      100 * Math.max(timeShare, this.#shareDone(results, open)),
      `${this.#stateOf(results, open)}, ${rate}`,
    )
  }

  #stateOf(results: readonly SearchResult[], open: readonly OpenSearch[]): string {
    const best = open.reduce((most, { progress }) => Math.max(most, progress?.proximity ?? 0), 0)
    if (this.#planned === 1) return `best ${best.toFixed(1)} %, generation ${open.at(0)?.progress?.generation ?? 0}`
    const nearest = nearestResults(results).map(proximityOf)
    const mean = nearest.reduce((total, value) => total + value, 0) / Math.max(1, nearest.length)
    const exact = nearest.filter((value) => value === 100).length
    const names = open.map(
      ({ planned, progress }) => `${planned.target.name} ${(progress?.proximity ?? 0).toFixed(0)} %`,
    )
    return `${nearest.length}/${this.#planned} targets, ${exact} exact, mean ${mean.toFixed(1)} %; ${names.join(', ')}`
  }

  /** How much of the rounds, or of the tightest budget of a single search, is done. */
  #shareDone(results: readonly SearchResult[], open: readonly OpenSearch[]): number {
    const { budgetMs = Infinity, generations = Infinity, candidates = Infinity } = this.#options.search
    const under = open.reduce((total, { progress }) => {
      if (progress === undefined) return total
      const shares = [
        progress.elapsedMs / budgetMs,
        progress.generation / generations,
        progress.funnel.sampled / candidates,
      ]
      return total + Math.min(1, Math.max(...shares))
    }, 0)
    return (results.length + under) / (this.#planned * this.#options.rounds)
  }

  [Symbol.dispose](): void {
    this.#progress?.[Symbol.dispose]()
  }
}
