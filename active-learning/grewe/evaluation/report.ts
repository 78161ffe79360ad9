// What predictions amount to: scores with their intervals, by suite and program, and one training set against another.

import { Random } from '../../../synth/index.ts'
import type { DeviceLabel, GreweRow } from '../../data-set.ts'
import { bootstrapMean, type Interval, sumByProgram } from './bootstrap.ts'
import type { Evaluation, TrainedOn } from './evaluate.ts'
import { legacyFigure } from './legacy.ts'
import { bestStaticDevice, mean, meanScores, type Scores, scorePredictions, timeOn } from './scores.ts'
import { signFlipTest } from './sign-flip.ts'

/** Of a suite or a program. */
export interface GroupReport {
  readonly name: string
  readonly scores: Scores
}

export interface SetReport {
  readonly name: string
  /** Rows of the training set. */
  readonly trainRows: number
  /** Means over the seeds. */
  readonly scores: Scores
  /** 95 %, programs and seeds drawn again; the single device stays the one that all rows chose. */
  readonly accuracyInterval: Interval
  readonly geomeanSpeedupInterval: Interval
  /** Standard deviations over the seeds; NaN for one seed. */
  readonly accuracySpread: number
  readonly geomeanSpeedupSpread: number
  /** Predicted time over baseline time, as CGO 2017 printed it: above 1 is slower. */
  readonly legacy: number
  readonly suites: readonly GroupReport[]
  readonly programs: readonly GroupReport[]
  readonly twins: number
  readonly dropped: number
}

/** A training set against the first one, over the same rows and seeds. */
export interface SetComparison {
  readonly name: string
  readonly against: string
  /** Geometric mean of the time with the other over the time with this one: above 1 this one is better. */
  readonly speedup: number
  readonly speedupInterval: Interval
  readonly accuracyGain: number
  readonly accuracyGainInterval: Interval
  /** Share of the way from the other's speedup to the oracle's, in logarithms; negative where it is worse. */
  readonly gapClosed: number
  /**
   * p-values of speedup and accuracy, seeds as pairs: would other seeds say the same of these programs? NaN where the
   * seeds change nothing, as copies of one result are no evidence.
   */
  readonly seedsP: { readonly speedup: number; readonly accuracy: number }
  /** p-values with programs as pairs: would other programs say the same? 2/2^programs is the least there can be. */
  readonly programsP: { readonly speedup: number; readonly accuracy: number }
  readonly programs: number
}

export interface EvaluationReport {
  readonly test: string
  readonly testRows: number
  readonly testPrograms: number
  readonly seeds: number
  /** The single device that speedups are over. */
  readonly bestStatic: DeviceLabel
  readonly sets: readonly SetReport[]
  readonly comparisons: readonly SetComparison[]
}

export interface ReportOptions {
  /** Draws of the bootstrap, 100 up. Default 2000. */
  readonly resamples?: number
  /** Of the bootstrap. Default 0. */
  readonly seed?: number
}

export function reportEvaluation(evaluation: Evaluation, options: ReportOptions = {}): EvaluationReport {
  const { resamples = 2000, seed = 0 } = options
  if (!(Number.isInteger(resamples) && resamples >= 100)) {
    throw new RangeError(`resamples: expected an integer of at least 100, received ${resamples}`)
  }
  const { test, sets, seeds } = evaluation
  const context: Context = { rows: test.rows, bestStatic: bestStaticDevice(test.rows), resamples, seed }
  const [first, ...others] = sets
  return {
    ...{ test: test.name, testRows: test.rows.length, testPrograms: programsOf(test.rows), seeds: seeds.length },
    bestStatic: context.bestStatic,
    sets: sets.map((set) => reportSet(set, context)),
    comparisons: others.map((set) => compare(set, first, context)),
  }
}

interface Context {
  readonly rows: readonly GreweRow[]
  readonly bestStatic: DeviceLabel
  readonly resamples: number
  readonly seed: number
}

function reportSet(set: TrainedOn, context: Context): SetReport {
  const { rows, bestStatic } = context
  const bySeed = set.predictions.map((predictions) => scorePredictions(rows, predictions, bestStatic))
  const speedup = interval(rows, logSpeedups(set, context), context)
  return {
    ...{ name: set.name, trainRows: set.rows, scores: meanScores(bySeed) },
    accuracyInterval: interval(rows, hits(set, rows), context),
    geomeanSpeedupInterval: { low: Math.exp(speedup.low), high: Math.exp(speedup.high) },
    accuracySpread: deviation(bySeed.map(({ accuracy }) => accuracy)),
    geomeanSpeedupSpread: deviation(bySeed.map(({ geomeanSpeedup }) => geomeanSpeedup)),
    legacy: mean(set.predictions.map((predictions) => legacyFigure(rows, predictions))),
    suites: reportGroups(set, context, ({ suite }) => suite),
    programs: reportGroups(set, context, ({ program }) => program),
    ...{ twins: set.twins, dropped: set.dropped },
  }
}

function reportGroups(
  set: TrainedOn,
  { rows, bestStatic }: Context,
  groupOf: (row: GreweRow) => string,
): GroupReport[] {
  const names = [...new Set(rows.map(groupOf))].sort()
  return names.map((name) => {
    const own = [...rows.keys()].filter((i) => groupOf(rows[i]) === name)
    const ownRows = own.map((i) => rows[i])
    const scores = set.predictions.map((all) =>
      scorePredictions(
        ownRows,
        own.map((i) => all[i]),
        bestStatic,
      ),
    )
    return { name, scores: meanScores(scores) }
  })
}

function compare(set: TrainedOn, first: TrainedOn, context: Context): SetComparison {
  const { rows, seed } = context
  const gains = difference(logSpeedups(set, context), logSpeedups(first, context))
  const rights = difference(hits(set, rows), hits(first, rows))
  const gain = mean(gains.map(mean))
  const gap = mean(logOracle(context)) - mean(logSpeedups(first, context).map(mean))
  const speedup = interval(rows, gains, context)
  const test = (values: readonly number[]): number => signFlipTest(values, new Random(seed))
  return {
    ...{ name: set.name, against: first.name, speedup: Math.exp(gain) },
    speedupInterval: { low: Math.exp(speedup.low), high: Math.exp(speedup.high) },
    accuracyGain: mean(rights.map(mean)),
    accuracyGainInterval: interval(rows, rights, context),
    gapClosed: gain / gap,
    seedsP: { speedup: testSeeds(gains.map(mean), test), accuracy: testSeeds(rights.map(mean), test) },
    programsP: { speedup: test(programSums(rows, gains)), accuracy: test(programSums(rows, rights)) },
    programs: programsOf(rows),
  }
}

function testSeeds(differences: readonly number[], test: (values: readonly number[]) => number): number {
  const isSame = differences.every((value) => Math.abs(value - differences[0]) < 1e-12)
  return isSame ? Number.NaN : test(differences)
}

/** `[seed][row]` */
function logSpeedups(set: TrainedOn, { rows, bestStatic }: Context): number[][] {
  return set.predictions.map((labels) =>
    rows.map((row, i) => Math.log(timeOn(row, bestStatic) / timeOn(row, labels[i]))),
  )
}

function logOracle({ rows, bestStatic }: Context): number[] {
  return rows.map((row) => Math.log(timeOn(row, bestStatic) / Math.min(row.runtimeCpuMs, row.runtimeGpuMs)))
}

/** `[seed][row]`: 1 where the prediction is right. */
function hits(set: TrainedOn, rows: readonly GreweRow[]): number[][] {
  return set.predictions.map((labels) => rows.map(({ label }, i) => (label === labels[i] ? 1 : 0)))
}

function difference(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((values, seed) => values.map((value, i) => value - b[seed][i]))
}

function interval(rows: readonly GreweRow[], values: readonly (readonly number[])[], context: Context): Interval {
  return bootstrapMean(sumByProgram(rows, values), context.resamples, new Random(context.seed))
}

/** `[program]`: the mean over seeds of the sum over its rows, so that programs weigh as they do in the mean over rows. */
function programSums(rows: readonly GreweRow[], values: readonly (readonly number[])[]): number[] {
  return sumByProgram(rows, values).sums.map(mean)
}

function programsOf(rows: readonly GreweRow[]): number {
  return new Set(rows.map(({ program }) => program)).size
}

function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1))
}
