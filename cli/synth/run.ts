// Synthesis from the command line: searches for one target or many, files what they find, shows progress.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type NamedSpace, namedSpaces, Store, writeManifest, writeSummary } from '../../corpora/index.ts'
import { featureSpaces, partsOf } from '../../features/index.ts'
import { packagePath } from '../../kernels/index.ts'
import {
  type Benchmark,
  type Job,
  type JobProgress,
  readModelInfo,
  runCampaign,
  SearchTrace,
} from '../../synth/index.ts'
import { Clock } from '../clock.ts'
import type { CliIo } from '../io.ts'
import { JobSequence } from './job-sequence.ts'
import { type SynthRunOptions, storeName } from './options.ts'
import { type PlannedTarget, planTargets } from './plan.ts'
import { Recorder, type SearchCourse } from './recorder.ts'
import { failedLineOf, lineOf } from './report.ts'
import { type BestFound, briefOf, type SearchResult } from './search-result.ts'
import { Standings } from './standings.ts'
import { SynthView } from './view.ts'

/** How often manifest and summary are written while searches go on. */
const manifestEveryMs = 300_000

/** A search under way. */
interface OpenSearch {
  readonly planned: PlannedTarget
  best: BestFound | undefined
  kept: number
  readonly trace: SearchTrace
  progress: JobProgress | undefined
}

/**
 * Search until all rounds are done, the time is over, or Ctrl-C; either way what was found is verified, stored and
 * listed. Searches that an earlier run of the same command has done are not done again, unless `isAgain`. A search that
 * fails does not end the others.
 */
export async function runSynth(options: SynthRunOptions, io: CliIo): Promise<Standings> {
  const { out, workers, device } = options
  const planned = await planTargets(options, io)
  const model = readModelInfo(options.model ?? packagePath('model'))
  makeFolder(out)
  using store = Store.open(join(out, storeName))
  const recorder = new Recorder(store, model)
  const asked = new Set(planned.flatMap(({ target }) => [...partsOf(target.space), target.space]))
  const spaces: readonly NamedSpace[] = [...new Set([...featureSpaces, ...asked])]
  for (const { id, names } of spaces.slice(featureSpaces.length)) store.kernels.nameFeatures(id, names)
  const writeResults = async (): Promise<void> => {
    // What earlier runs left in the folder may lie in other spaces.
    const others = namedSpaces(store).filter(({ id }) => !spaces.some((space) => space.id === id))
    await writeManifest(out, store.benchmarks.results(), [...spaces, ...others])
    try {
      await writeSummary(out, store)
    } catch (error) {
      // A picture that cannot be drawn must not end a night of searching.
      io.err(`summary: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  using clock = new Clock(options.totalMs, io.signal)
  const standings = new Standings()
  const plan = new JobSequence(planned, options, recorder, (job, { target }) => {
    const earlier = recorder.resultOf(job, target)
    if (earlier !== undefined) standings.addEarlier(earlier)
  })
  const open = new Map<Job, OpenSearch>()
  using view = new SynthView(options, planned, io)
  let writtenMs = performance.now()
  try {
    for await (const event of runCampaign(model, plan.jobs(), { workers, device, signal: clock.signal })) {
      const { job } = event
      const known = event.kind === 'started' ? undefined : open.get(job)
      const entry = known ?? {
        planned: plan.targetOf(job),
        best: undefined,
        kept: 0,
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
          recorder.commit(job, event.benchmark, event.isFinal, entry.progress?.funnel)
          if (event.isFinal) addFinal(entry, event.benchmark)
          break
        case 'failed':
          recorder.finish(job, 'failed', courseOf(entry))
          open.delete(job)
          plan.settle(job)
          standings.addFailed()
          if (options.isQuiet) io.out(failedLineOf(entry.planned.target, job, event.error))
          io.err(`${job.target.name}, seed ${job.options.seed}: ${event.error.message}`)
          break
        case 'done': {
          const status = clock.signal.aborted ? 'stopped' : 'finished'
          recorder.finish(job, status, { ...courseOf(entry), funnel: event.funnel })
          open.delete(job)
          plan.settle(job)
          const result = resultOf(entry, job, { ...event, status })
          standings.add(result)
          if (options.isQuiet) io.out(lineOf(result))
          if (performance.now() - writtenMs < manifestEveryMs) break
          await writeResults()
          writtenMs = performance.now()
        }
      }
      view.update({ standings, open: [...open.values()], expected: plan.expected, timeShare: clock.share })
    }
  } catch (error) {
    recorder.fail((job) => courseOf(open.get(job)))
    throw error
  }
  await writeResults()
  return standings
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

/** The nearest comes first. */
function addFinal(entry: OpenSearch, benchmark: Benchmark): void {
  entry.kept++
  entry.best ??= { ...briefOf(benchmark), key: benchmark.key, values: benchmark.features[benchmark.target.space.id] }
}

function resultOf(
  { planned: { target }, best, kept }: OpenSearch,
  { options: { seed } }: Job,
  { status, funnel, refused, generations, elapsedMs }: Omit<SearchResult, 'target' | 'seed' | 'best' | 'kept'>,
): SearchResult {
  return { target, seed, status, best, kept, funnel, refused, generations, elapsedMs }
}
