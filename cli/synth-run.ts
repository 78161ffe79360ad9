// One synthesis run from the command line: searches, files what it finds, shows progress, prints the result.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { manifestName, type NewBenchmark, Store, writeManifest } from '../corpora/index.ts'
import { featureSpaces, partsOf } from '../features/index.ts'
import { DeviceBuilder, findClang, packagePath } from '../kernels/index.ts'
import {
  type Benchmark,
  checkFeasibility,
  type Funnel,
  Model,
  resolveSpaces,
  resolveTarget,
  type SearchOptions,
  type SynthEvent,
  synthesize,
  type Target,
} from '../synth/index.ts'
import type { CliIo } from './io.ts'
import { startProgress } from './progress.ts'
import { packageVersion } from './version.ts'

/** What one run is asked to do. */
export interface SynthRunOptions extends Omit<SearchOptions, 'signal'> {
  readonly space: string
  /** As `resolveTarget` reads it. */
  readonly target: string
  /** Folder for the results; may hold those of earlier runs. */
  readonly out: string
  /** Folder of the model; default the shipped one. */
  readonly model?: string
  readonly device?: string
  readonly seed: number
  readonly keep: number
  /** Go on with the nearest consistent point where the target contradicts itself? */
  readonly nearest: boolean
}

/** How one run went. */
export interface SynthRunResult {
  readonly target: Target
  readonly best: Benchmark | undefined
  readonly kept: number
  readonly funnel: Readonly<Funnel>
  readonly generations: number
  readonly elapsedMs: number
}

/** Run to the end of the budget or to Ctrl-C; either way what was found is verified, stored and listed. */
export async function runSynth(options: SynthRunOptions, io: CliIo): Promise<SynthRunResult> {
  const {
    out,
    keep,
    seed,
    nearest: _,
    space: spaceId,
    target: targetText,
    model: modelFolder,
    device,
    ...limits
  } = options
  const { space, weights } = await resolveSpaces(spaceId)
  const wanted = { ...(await resolveTarget(targetText, space)), weights }
  const target = requireFeasible(wanted, options.nearest, io)
  using model = await Model.load(modelFolder ?? packagePath('model'))
  using builder = await DeviceBuilder.open(device === undefined ? {} : { device })
  mkdirSync(out, { recursive: true })
  using store = Store.open(join(out, 'benchsteer.db'))
  const runId = store.runs.start({
    kind: 'synth',
    options: { space: spaceId, target: targetText, keep, ...limits },
    ...{ seed, modelHash: model.hash, version: packageVersion(), startedAtMs: Date.now() },
  })
  const search = { ...limits, keep, seed, signal: io.signal }
  const kept: Benchmark[] = []
  let end: Pick<SynthRunResult, 'funnel' | 'generations' | 'elapsedMs'> | undefined
  using progress = startProgress(io, { label: target.name, total: 100, unit: '' })
  for await (const event of recorded(store, runId, synthesize(model, target, builder, search))) {
    if (event.kind === 'progress') {
      const { generation, funnel, proximity, elapsedMs } = event.progress
      const rate = Math.round(funnel.sampled / Math.max(0.001, elapsedMs / 1000))
      const news = `generation ${generation}, ${funnel.sampled} sampled, ${rate}/s, ${funnel.compiled} compiled`
      progress.update(share(options, event.progress) * 100, `best ${proximity.toFixed(1)} %, ${news}`)
    } else if (event.kind === 'benchmark') {
      store.benchmarks.commit(newBenchmark(event.benchmark, runId))
      if (event.isFinal) kept.push(event.benchmark)
    } else end = event
  }
  if (end === undefined) throw new Error('the search ended without a result')
  const status = io.signal.aborted ? 'stopped' : 'finished'
  store.runs.finish(runId, { status, endedAtMs: Date.now(), funnel: { ...end.funnel } })
  store.benchmarks.rank(runId)
  await writeManifest(out, finalBenchmarks(store, keep), [...new Set([...featureSpaces, ...partsOf(space), space])])
  return { target, best: kept.at(0), kept: kept.length, ...end }
}

/** @throws {RangeError} saying why no kernel can be at the target, and what is nearest */
function requireFeasible(target: Target, isNearestWanted: boolean, io: CliIo): Target {
  const feasibility = checkFeasibility(target)
  if (feasibility.isFeasible) return feasibility.target
  const { reasons, nearest } = feasibility
  const changes = changesOf(target, nearest)
  if (isNearestWanted) {
    io.err(`target ${target.name} is infeasible; going on with ${changes}`)
    return { ...nearest, name: `${target.name} (nearest)` }
  }
  const why = reasons.map((reason) => `  ${reason}`).join('\n')
  throw new RangeError(
    `--target: no kernel can be at ${target.name}:\n${why}\nnearest consistent point: ${changes}; --nearest goes on with it`,
  )
}

/** What the second target has other than the first, as `--target` takes it. */
function changesOf(target: Target, other: Target): string {
  const { space, values, upper = values } = target
  const { values: low, upper: high = low } = other
  const changed = space.names.flatMap((name, i) => {
    if (Number.isNaN(values[i]) || (values[i] === low[i] && upper[i] === high[i])) return []
    return [`${name}=${formatRange(low[i], high[i])}`]
  })
  return changed.join(',')
}

/** Passes events on and keeps the run's record: its funnel with each benchmark, and that it failed where it throws. */
async function* recorded(store: Store, runId: number, events: AsyncIterable<SynthEvent>): AsyncGenerator<SynthEvent> {
  let funnel: Readonly<Record<string, number>> = {}
  try {
    for await (const event of events) {
      if (event.kind === 'progress') funnel = { ...event.progress.funnel }
      else if (event.kind === 'benchmark') store.runs.saveFunnel(runId, funnel)
      yield event
    }
  } catch (error) {
    store.runs.finish(runId, { status: 'failed', endedAtMs: Date.now(), funnel })
    throw error
  }
}

/** The `keep` best per run, target and space; what several runs found alike is listed once. */
function finalBenchmarks(store: Store, keep: number): ReturnType<Store['benchmarks']['list']> {
  const seen = new Set<string>()
  function* listed(): ReturnType<Store['benchmarks']['list']> {
    for (const benchmark of store.benchmarks.list()) {
      const id = `${benchmark.space} ${benchmark.targetName} ${benchmark.kernelKey}`
      if (benchmark.rank === null || benchmark.rank > keep || seen.has(id)) continue
      seen.add(id)
      yield benchmark
    }
  }
  return listed()
}

/** How much of the tightest budget is spent, 0 to 1. */
function share(
  options: SearchOptions,
  progress: { readonly generation: number; readonly funnel: Readonly<Funnel>; readonly elapsedMs: number },
): number {
  const {
    budgetMs = Number.POSITIVE_INFINITY,
    generations = Number.POSITIVE_INFINITY,
    candidates = Number.POSITIVE_INFINITY,
  } = options
  const shares = [
    progress.elapsedMs / budgetMs,
    progress.generation / generations,
    progress.funnel.sampled / candidates,
  ]
  return Math.min(1, Math.max(...shares))
}

function newBenchmark(benchmark: Benchmark, runId: number): NewBenchmark {
  const { key, text, tokenCount, kernelName, irKey, irBytes, features, target, ...rest } = benchmark
  const now = Date.now()
  return {
    ...{
      runId,
      space: target.space.id,
      targetName: target.name,
      target: target.values,
      targetUpper: target.upper ?? null,
      rank: null,
    },
    ...rest,
    createdAtMs: now,
    kernel: {
      ...{ key, text, tokenCount, kernelName, irKey, irBytes, features, origin: 'synthesized' },
      ...{ repository: null, commit: null, path: null, templateKey: null, heldOut: null },
      ...{ licence: 'unknown', licenceClass: 'unknown', toolchain: `clang ${findClang().version}`, createdAtMs: now },
    },
  }
}

/** Print the best kernel, its features beside the target's, the funnel, and where the results lie. */
export function printResult(result: SynthRunResult, options: SynthRunOptions, io: CliIo): void {
  const { target, best, funnel } = result
  io.out('')
  if (best === undefined) io.out('No kernel was found that builds on the device.')
  else {
    io.out(best.text)
    printFeatures(target, best.features[target.space.id], io)
    const exact = best.distance === 0 ? ', an exact match' : ''
    io.out(`Relative proximity ${best.proximity.toFixed(2)} % (distance ${best.distance.toFixed(3)}${exact})`)
  }
  const stages = Object.entries(funnel).map(([stage, count]) => `${stage} ${count}`)
  io.out(`Funnel: ${stages.join(' > ')}`)
  io.out(`${result.generations} generations in ${(result.elapsedMs / 1000).toFixed(1)} s; ${result.kept} kernels kept`)
  io.out(`Results: ${options.out}/*.cl, ${join(options.out, manifestName)}, ${join(options.out, 'benchsteer.db')}`)
}

function printFeatures(target: Target, found: Float64Array, io: CliIo): void {
  const { space, values, upper = values } = target
  const shown = space.names.flatMap((name, i) => {
    const [low, high] = [values[i], upper[i]]
    if (Number.isNaN(low) || (low === 0 && high === 0 && found[i] === 0)) return []
    const wanted = formatRange(low, high)
    return [{ name, wanted, got: round(found[i]), mark: found[i] >= low && found[i] <= high ? '' : '  *' }]
  })
  const width = Math.max(7, ...shown.map(({ name }) => name.length))
  io.out(`${'feature'.padEnd(width)}  ${'target'.padStart(8)}  ${'kernel'.padStart(8)}`)
  for (const { name, wanted, got, mark } of shown) {
    io.out(`${name.padEnd(width)}  ${wanted.padStart(8)}  ${got.padStart(8)}${mark}`)
  }
}

function formatRange(low: number, high: number): string {
  if (low === high) return round(low)
  return `${Number.isFinite(low) ? round(low) : ''}..${Number.isFinite(high) ? round(high) : ''}`
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}
