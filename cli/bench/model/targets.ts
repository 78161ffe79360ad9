// Does directing bring single shots nearer? At every named target, the nearest of n kernels written with all features of
// the target given is held against the nearest of n undirected ones. The undirected side is no single draw: it is the
// mean over all choices of n from a larger pool, which is unbiased and steadier. The pool serves all targets of a seed.

import { type FeatureSpace, featureSpaces, measureKernel } from '../../../features/index.ts'
import { parseUnit } from '../../../kernels/index.ts'
import {
  type FeaturePrefix,
  featurePrefix,
  InfillPool,
  Random,
  sampleKernels,
  type Target,
  TargetMeter,
} from '../../../synth/index.ts'
import { startProgress } from '../../progress.ts'
import type { SampleLength } from '../../sampling-options.ts'
import { formatTable } from '../../table.ts'
import { distinctTargets } from '../distinct-targets.ts'
import { meanOf, meanOverMinima, medianOf } from '../statistics.ts'
import { decodingOf } from './directed.ts'
import type { ModelFlags } from './flags.ts'
import { type ModelBench, type ModelPart, shown } from './part.ts'
import { settingsOf } from './samples.ts'

/** Size of the undirected pool, in choices. */
const choicesPerPool = 16
/** Targets that kernels are drawn for at the same time. */
const targetsAtOnce = 16

/** How near the kernels of one side come to a target. Where none compiles, that is as far as the origin. */
export interface Nearness {
  readonly sampled: number
  readonly compiled: number
  /** Relative proximity of the nearest of n, as expected; 0 where none compiles. */
  readonly proximity: number
  /** Distance of the nearest of n, as expected; never farther than the origin. */
  readonly nearest: number
  /** Of all that compile; NaN where none does. */
  readonly meanDistance: number
}

/** One target with one seed. */
export interface TargetRun {
  readonly space: string
  readonly target: string
  readonly seed: number
  readonly directed: Nearness
  readonly undirected: Nearness
  /** Probability that the nearest directed kernel is nearer than that of n undirected ones; a tie counts half. */
  readonly chance: number
}

/** The targets of one space. */
export interface SpaceSummary {
  readonly space: string
  readonly targets: number
  readonly directed: SideSummary
  readonly undirected: SideSummary
  /** Share of targets with a chance of more than a half, by the median over the seeds. */
  readonly nearerShare: number
  /** Mean over the targets of what directing takes off the nearest distance, as a share of the larger of the two. */
  readonly reduction: number
}

/** Means of proximity over the targets: over all seeds, and the least and largest of a seed. */
interface SideSummary {
  readonly proximity: number
  readonly least: number
  readonly largest: number
  readonly compileRate: number
}

export const targetsPart: ModelPart = {
  name: 'targets',
  needs: [],
  isSlow: true,
  async measure(bench) {
    const { featureOffsets } = bench.model.card
    const known = featureSpaces.filter(({ id }) => id in featureOffsets)
    const unknown = featureSpaces.filter(({ id }) => !(id in featureOffsets))
    const runs = await aimAtTargets(
      bench,
      known.flatMap((space) => distinctTargets(space)),
    )
    const spaces = summarise(runs)
    const decoding = decodingOf(bench)
    const { targetSamples: samples, targetSeeds: seeds, guidance } = bench.flags
    const pool = choicesPerPool * samples
    const length = lengthOf(bench.flags)
    const title = `nearest of ${samples} kernels directed at each named target, beside the nearest of ${samples} undirected ones`
    const how = `relative proximity; ${seeds} seeds, ${pool} undirected kernels each, ${decoding} decoding, guidance ${guidance}, length ${length}`
    const missing = unknown.map(({ id }) => `${id} is left out: the model was not trained with it`)
    return {
      figures: { decoding, guidance, length, samples, pool, seeds, spaces, runs },
      lines: [title, how, ...tableOf(spaces), ...missing],
    }
  },
}

/**
 * Every target with every seed, seed by seed.
 * @param targets - in spaces that the model was trained with
 * @throws the signal's reason when aborted
 */
export async function aimAtTargets(
  bench: Pick<ModelBench, 'model' | 'flags' | 'io'>,
  targets: readonly Target[],
): Promise<TargetRun[]> {
  const { targetSamples, targetSeeds, guidance, seed: firstSeed } = bench.flags
  const poolSize = choicesPerPool * targetSamples
  const total = targetSeeds * (poolSize + targets.length * targetSamples)
  using progress = startProgress(bench.io, { label: 'aiming', total, unit: 'kernels' })
  using infillers = new InfillPool(bench.model.folder)
  let done = 0
  const draw = async (what: string, settings: DrawSettings, rng: Random): Promise<CompilingKernel[]> => {
    const compiling: CompilingKernel[] = []
    for await (const { sampled, kernels } of drawKernels(bench, infillers, settings, rng)) {
      compiling.push(...kernels)
      done += sampled
      progress.update(done, what)
    }
    return compiling
  }
  const aim = async (target: Target, rng: Random): Promise<Float64Array[]> => {
    const { space, name, values } = target
    const prefix = featurePrefix(bench.model.card.featureOffsets, space, values)
    const settings = { samples: targetSamples, prefix, guidance }
    return vectorsOf(space, await draw(`${space.id} ${name}`, settings, rng))
  }
  const runs: TargetRun[] = []
  for (const seed of Array.from({ length: targetSeeds }, (_, i) => firstSeed + i)) {
    const rng = new Random(seed)
    const pool = await draw('undirected', { samples: poolSize }, rng.fork())
    const undirected = new Map(targets.map(({ space }) => [space, vectorsOf(space, pool)]))
    for (let start = 0; start < targets.length; start += targetsAtOnce) {
      const some = targets.slice(start, start + targetsAtOnce)
      const directed = await Promise.all(some.map((target) => aim(target, rng.fork())))
      some.forEach((target, i) => {
        runs.push(runOf(target, seed, directed[i], undirected.get(target.space) ?? [], targetSamples))
      })
    }
  }
  return runs
}

/** Of both sides alike: directing is not to win, or lose, by the lengths asked for. */
function lengthOf({ length = 'free' }: Pick<ModelFlags, 'length'>): SampleLength {
  return length
}

interface DrawSettings {
  readonly samples: number
  /** None: undirected. */
  readonly prefix?: FeaturePrefix
  readonly guidance?: number
}

interface CompilingKernel {
  readonly text: string
  readonly ir: string
}

/** What compiles of each batch. IR is made in all spaces, so that compiling is the same to all. */
async function* drawKernels(
  { model, flags, io }: Pick<ModelBench, 'model' | 'flags' | 'io'>,
  infillers: InfillPool,
  settings: DrawSettings,
  rng: Random,
): AsyncGenerator<{ readonly sampled: number; readonly kernels: readonly CompilingKernel[] }, void> {
  const { temperature, topP, nameTemperature } = flags
  const decoding = settingsOf(decodingOf({ flags }))
  const options = {
    temperature,
    topP,
    nameTemperature,
    length: lengthOf(flags),
    ...decoding,
    ...settings,
    withIr: true,
    signal: io.signal,
  }
  for await (const kernels of sampleKernels(model, options, rng, infillers)) {
    const compiling = kernels.flatMap(({ text, outcome }) => (outcome.ok ? [{ text, ir: outcome.ir }] : []))
    yield { sampled: kernels.length, kernels: compiling }
  }
  io.signal.throwIfAborted()
}

function vectorsOf(space: FeatureSpace, kernels: readonly CompilingKernel[]): Float64Array[] {
  return kernels.flatMap(({ text, ir }) => measureKernel(space, parseUnit(text), ir) ?? [])
}

/**
 * @param directed - vectors of what compiles of `samples` kernels
 * @param undirected - the same of the pool
 */
function runOf(
  target: Target,
  seed: number,
  directed: readonly Float64Array[],
  undirected: readonly Float64Array[],
  samples: number,
): TargetRun {
  const meter = new TargetMeter(target)
  const near = distancesOf(meter, directed, samples)
  const pool = distancesOf(meter, undirected, choicesPerPool * samples)
  const nearest = Math.min(...near)
  const chanceAgainst = (other: number): number => (nearest < other ? 1 : nearest === other ? 0.5 : 0)
  return {
    ...{ space: target.space.id, target: target.name, seed },
    directed: nearnessOf(meter, near, samples),
    undirected: nearnessOf(meter, pool, samples),
    chance: meanOverMinima(pool, samples, chanceAgainst),
  }
}

/** Of each sample; infinite for one that does not compile. */
function distancesOf(meter: TargetMeter, compiling: readonly Float64Array[], sampled: number): number[] {
  const missing = Array.from({ length: sampled - compiling.length }, () => Number.POSITIVE_INFINITY)
  return [...compiling.map((vector) => meter.distance(vector)), ...missing]
}

/** @param choice - how many of the samples the nearest is taken of */
function nearnessOf(meter: TargetMeter, distances: readonly number[], choice: number): Nearness {
  const compiling = distances.filter(Number.isFinite)
  const origin = meter.distance(new Float64Array(meter.target.values.length))
  return {
    sampled: distances.length,
    compiled: compiling.length,
    proximity: meanOverMinima(distances, choice, (nearest) => meter.proximity(nearest)),
    nearest: meanOverMinima(distances, choice, (nearest) => Math.min(nearest, origin)),
    meanDistance: meanOf(compiling),
  }
}

/** One a space, in the order of the runs. */
export function summarise(runs: readonly TargetRun[]): SpaceSummary[] {
  return groupsOf(runs, 'space').map((own): SpaceSummary => {
    const targets = groupsOf(own, 'target')
    return {
      ...{ space: own[0].space, targets: targets.length },
      directed: summariseSide(own, 'directed'),
      undirected: summariseSide(own, 'undirected'),
      nearerShare: meanOf(targets.map((some) => (medianOf(some.map(({ chance }) => chance)) > 0.5 ? 1 : 0))),
      reduction: meanOf(targets.map(reductionOf)),
    }
  })
}

function summariseSide(runs: readonly TargetRun[], side: 'directed' | 'undirected'): SideSummary {
  const proximities = groupsOf(runs, 'seed').map((own) => meanOf(own.map((run) => run[side].proximity)))
  return {
    proximity: meanOf(proximities),
    least: Math.min(...proximities),
    largest: Math.max(...proximities),
    compileRate: meanOf(runs.map((run) => run[side].compiled / run[side].sampled)),
  }
}

/** 1 where only directed kernels reach the target, 0 where both come as near, -1 where only undirected ones reach it. */
function reductionOf(runs: readonly TargetRun[]): number {
  const directed = meanOf(runs.map((run) => run.directed.nearest))
  const undirected = meanOf(runs.map((run) => run.undirected.nearest))
  return directed === undirected ? 0 : (undirected - directed) / Math.max(undirected, directed)
}

/** Runs with equal values of a key, in the order of their first. */
function groupsOf(runs: readonly TargetRun[], key: 'space' | 'target' | 'seed'): TargetRun[][] {
  return [...new Set(runs.map((run) => run[key]))].map((value) => runs.filter((run) => run[key] === value))
}

function tableOf(spaces: readonly SpaceSummary[]): string[] {
  const sideCells = ({ proximity, least, largest, compileRate }: SideSummary): string[] => [
    ...[shown(proximity, 1), `${shown(least, 1)} to ${shown(largest, 1)}`, shown(100 * compileRate, 0)],
  ]
  const rows = spaces.map(({ space, targets, directed, undirected, nearerShare, reduction }) => [
    ...[space, `${targets}`, ...sideCells(directed), ...sideCells(undirected)],
    ...[shown(100 * nearerShare, 0), shown(100 * reduction, 1)],
  ])
  const sides = ['directed', 'undirected'].flatMap((side) => [`${side} %`, 'of a seed', 'compile %'])
  return formatTable(['space', 'targets', ...sides, 'nearer %', 'distance less by %'], rows)
}
