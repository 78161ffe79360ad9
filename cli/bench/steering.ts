// How near the search comes to every named target in a given time, beside the nearest kernel of the mined corpus.
// Runs append to a file and are skipped when they are in it, so a long measurement can be cut up and go on.

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { loadMinedVectors } from '../../corpora/index.ts'
import { findFeatureSpace } from '../../features/index.ts'
import { DeviceBuilder, packagePath } from '../../kernels/index.ts'
import { Model, type SearchPart, searchParts, synthesize, type Target, TargetMeter } from '../../synth/index.ts'
import { type Command, duration, integer, listOf } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import { distinctTargets } from './distinct-targets.ts'
import { medianOf } from './statistics.ts'

const partNames = Object.keys(searchParts) as SearchPart[]

interface SteeringFlags {
  readonly spaces: string
  readonly only?: string
  readonly seeds: number
  readonly budget: number
  readonly results: string
  readonly shard: string
  readonly edits: number
  readonly holes: number
  readonly without: readonly SearchPart[]
  readonly model?: string
  readonly table: boolean
}

/** One line of the results file. */
interface SteeringRun {
  readonly space: string
  readonly target: string
  readonly seed: number
  readonly budgetMs: number
  readonly modelHash: string
  readonly edits: number
  readonly holes: number
  readonly without?: readonly SearchPart[]
  readonly proximity: number
  readonly distance: number
  /** When the best was found. */
  readonly bestMs: number
  readonly sampled: number
  readonly compiled: number
  readonly generations: number
  /** By how much the best has too much of each feature, where it has. */
  readonly off?: Readonly<Record<string, number>>
}

export const steeringBench: Command<SteeringFlags> = {
  name: 'steering',
  summary: 'Best relative proximity per target, beside the nearest kernel of the mined corpus.',
  description: 'Targets with equal vectors are searched once. Runs that the results file has already are not repeated.',
  options: [
    { syntax: '--spaces <list>', summary: 'feature spaces', default: 'grewe,instcount,autophase' },
    { syntax: '--only <list>', summary: 'targets whose names contain any of these (default: all)' },
    { syntax: '--seeds <n>', summary: 'runs per target', parse: integer(1), default: 3 },
    { syntax: '--budget <time>', summary: 'per run', parse: duration, default: 60_000 },
    { syntax: '--results <file>', summary: 'JSON lines, appended', default: 'results/bench/steering.jsonl' },
    { syntax: '--shard <i/n>', summary: 'do every n-th run, from the i-th (1 to n)', default: '1/1' },
    { syntax: '--edits <n>', summary: 'as in `synth`', parse: integer(0, 64), default: 4 },
    { syntax: '--holes <n>', summary: 'as in `synth`', parse: integer(0, 64), default: 4 },
    { syntax: '--without <list>', summary: 'as in `synth`', parse: listOf(partNames), default: [] },
    { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
    { syntax: '--table', summary: 'search nothing, print the table of what is there' },
  ],
  async run(flags, io) {
    const parts = flags.only?.split(',') ?? ['']
    const isWanted = ({ name }: Target): boolean => parts.some((part) => name.includes(part))
    const spaces = flags.spaces.split(',').map(findFeatureSpace)
    const targets = interleave(spaces.map((space) => distinctTargets(space).filter(isWanted)))
    if (!flags.table) await measure(targets, flags, io)
    printTable(
      targets,
      readRuns(flags.results).filter((run) => isAsked(run, flags)),
      io,
    )
  },
}

/** The first of each list, then the second of each, and so on: a run cut short has seen every space. */
function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
}

async function measure(targets: readonly Target[], flags: SteeringFlags, io: CliIo): Promise<void> {
  using model = await Model.load(flags.model ?? packagePath('model'))
  using builder = await DeviceBuilder.open()
  const [index, shards] = parseShard(flags.shard)
  const seeds = Array.from({ length: flags.seeds }, (_, i) => i + 1)
  const jobs = seeds
    .flatMap((seed) => targets.map((target) => ({ target, seed })))
    .filter((_, i) => i % shards === index - 1)
  mkdirSync(dirname(flags.results), { recursive: true })
  using progress = startProgress(io, { label: 'steering', total: jobs.length, unit: 'runs' })
  for (const [done, { target, seed }] of jobs.entries()) {
    progress.update(done, `${target.space.id} ${target.name}`)
    const known = readRuns(flags.results).some(
      (run) =>
        run.space === target.space.id &&
        run.target === target.name &&
        run.seed === seed &&
        isAsked(run, flags) &&
        run.modelHash === model.hash,
    )
    if (known) continue
    const run = await steer(model, builder, target, seed, flags, io.signal)
    io.signal.throwIfAborted()
    appendFileSync(flags.results, `${JSON.stringify(run)}\n`)
  }
}

function parseShard(text: string): readonly [index: number, shards: number] {
  const [index, shards] = text.split('/').map(Number)
  if (Number.isInteger(index) && Number.isInteger(shards) && index >= 1 && index <= shards) return [index, shards]
  throw new RangeError(`--shard: expected i/n with i from 1 to n, received '${text}'`)
}

function isAsked(run: SteeringRun, { budget, edits, holes, without }: SteeringFlags): boolean {
  const isAlike = (run.without ?? []).join() === without.join()
  return isAlike && run.budgetMs === budget && run.edits === edits && run.holes === holes
}

async function steer(
  model: Model,
  builder: DeviceBuilder,
  target: Target,
  seed: number,
  { budget, edits, holes, without }: SteeringFlags,
  signal: AbortSignal,
): Promise<SteeringRun> {
  const options = { seed, budgetMs: budget, edits, holes, without }
  const run = { space: target.space.id, target: target.name, modelHash: model.hash, ...options }
  const none = { proximity: 0, distance: Number.MAX_VALUE, bestMs: 0, sampled: 0, compiled: 0, generations: 0 }
  let result: Omit<SteeringRun, keyof typeof run> = none
  let nearest = Number.MAX_VALUE
  for await (const event of synthesize(model, target, builder, { ...options, keep: 1, signal })) {
    if (event.kind === 'progress') {
      const { best, funnel, generation, elapsedMs } = event.progress
      const { sampled, compiled } = funnel
      const isNearer = best !== undefined && best.distance < nearest
      if (isNearer) nearest = best.distance
      const bestMs = isNearer ? Math.round(elapsedMs) : result.bestMs
      result = { ...result, bestMs, sampled, compiled, generations: generation }
    } else if (event.kind === 'benchmark' && event.isFinal) {
      const { proximity, distance, features } = event.benchmark
      const values = features[target.space.id]
      const surplus = target.space.names.map((name, i) => [name, values[i] - target.values[i]] as const)
      const off = Object.fromEntries(surplus.filter(([, difference]) => difference !== 0))
      result = { ...result, proximity, distance, off }
    }
  }
  return { ...run, ...result }
}

function readRuns(path: string): SteeringRun[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
  return lines.map((line) => JSON.parse(line) as SteeringRun)
}

/** Markdown: a line per target, then means per space. */
function printTable(targets: readonly Target[], runs: readonly SteeringRun[], io: CliIo): void {
  const mined = loadMinedVectors()
  const summaries = new Map<
    string,
    { corpus: number; medians: number[]; spreads: number[]; exact: number; corpusExact: number; nearer: number }
  >()
  io.out('| space | target | corpus % | search % median | min to max | runs | time to best s |')
  io.out('|---|---|---:|---:|---:|---:|---:|')
  for (const target of [...targets].sort((a, b) => (a.space.id < b.space.id ? -1 : a.space.id > b.space.id ? 1 : 0))) {
    const own = runs.filter((run) => run.space === target.space.id && run.target === target.name)
    if (own.length === 0) continue
    const meter = new TargetMeter(target)
    const distances = mined.spaces[target.space.id].map((vector) => meter.distance(Float64Array.from(vector)))
    const corpus = meter.proximity(distances.reduce((a, b) => Math.min(a, b)))
    const sorted = own.map((run) => run.proximity).sort((a, b) => a - b)
    const median = medianOf(sorted)
    const seconds = medianOf(own.map((run) => run.bestMs / 1000))
    const spread = `${sorted[0].toFixed(1)} to ${sorted[sorted.length - 1].toFixed(1)}`
    io.out(
      `| ${target.space.id} | ${target.name} | ${corpus.toFixed(1)} | ${median.toFixed(1)} | ${spread} | ${own.length} | ${seconds.toFixed(0)} |`,
    )
    const summary = summaries.get(target.space.id) ?? {
      corpus: 0,
      medians: [],
      spreads: [],
      exact: 0,
      corpusExact: 0,
      nearer: 0,
    }
    summaries.set(target.space.id, summary)
    summary.corpus += corpus
    summary.medians.push(median)
    summary.spreads.push(sorted[sorted.length - 1] - sorted[0])
    if (median === 100) summary.exact++
    if (corpus === 100) summary.corpusExact++
    if (median > corpus) summary.nearer++
  }
  io.out('')
  for (const [space, { corpus, medians, spreads, exact, corpusExact, nearer }] of summaries) {
    const count = medians.length
    const mean = (values: readonly number[]): string => (values.reduce((a, b) => a + b, 0) / count).toFixed(2)
    io.out(
      `${space}: ${count} targets; search mean ${mean(medians)} % (${exact} exact, mean seed spread ${mean(spreads)}), ` +
        `corpus mean ${(corpus / count).toFixed(2)} % (${corpusExact} exact); search nearer on ${nearer}`,
    )
  }
}
