// Repeats a timed run until its median is known well enough or the budget ends. Repetitions come in batches with pauses
// between them: on a machine that does other things too, times within a millisecond resemble each other more than times
// within a second, and an interval from the former would be too narrow for the latter.

import { setTimeout } from 'node:timers/promises'
import { isTight, type MedianInterval, medianInterval, medianOf } from './median-interval.ts'

/** Times of one repetition, in ns, from the device's own clock. */
export interface Repetition {
  /** Host to device, before the kernel. */
  readonly writeNs: number
  readonly kernelNs: number
  /** Device to host, after the kernel. */
  readonly readNs: number
}

/** How long a run is repeated. */
export interface RepeatOptions {
  /** Repetitions that are run first and dropped. Default 2, 0 to 1000. */
  readonly warmUps?: number
  /** Repetitions at least, also where the budget ends. Default 10, 6 to 100000. */
  readonly minRepetitions?: number
  /** Repetitions at most. Default 500, `minRepetitions` to 100000. */
  readonly maxRepetitions?: number
  /** Wall-clock time after which no batch begins, in ms. A fortieth of it lies between batches. Default 2000, at least 1. */
  readonly budgetMs?: number
  /** How far from the median the ends of its 95 % interval may lie: 0.05 is 5 %. Default 0.05, above 0 to 1. */
  readonly tolerance?: number
}

/** All repetitions that count, and what they say. */
export interface RepeatedTimes {
  readonly warmUps: number
  /** `[repetition]` */
  readonly writeNs: Float64Array
  /** `[repetition]` */
  readonly kernelNs: Float64Array
  /** `[repetition]` */
  readonly readNs: Float64Array
  readonly kernel: MedianInterval
  /** Of write, kernel and read of a repetition together. */
  readonly total: MedianInterval
  readonly isTight: boolean
}

/** Six medians of batches are the fewest that have a 95 % interval. */
const minBatches = 6
/** Of the budget that a batch may take, so that twice the fewest fit. */
const batchShare = 1 / (2 * minBatches)
const pauseShare = 1 / 40
/** The interval is looked at after so many times more batches: looking after each would stop at the luckiest moment. */
const growth = 1.5

/** Options with defaults. @throws {RangeError} naming the option, what was expected and what came */
export function resolveRepeatOptions(options: RepeatOptions = {}): Required<RepeatOptions> {
  const { warmUps = 2, minRepetitions = 10, maxRepetitions = 500, budgetMs = 2000, tolerance = 0.05 } = options
  mustBeInteger('warmUps', warmUps, 0, 1000)
  mustBeInteger('minRepetitions', minRepetitions, 6, 100_000)
  mustBeInteger('maxRepetitions', maxRepetitions, minRepetitions, 100_000)
  if (!(budgetMs >= 1)) throw new RangeError(`budgetMs: expected at least 1, received ${budgetMs}`)
  if (!(tolerance > 0 && tolerance <= 1)) {
    throw new RangeError(`tolerance: expected a number above 0, at most 1, received ${tolerance}`)
  }
  return { warmUps, minRepetitions, maxRepetitions, budgetMs, tolerance }
}

/**
 * @param run - does `count` repetitions in a row; what it returns in place of them ends the measurement
 * @returns the times, or what `run` returned in place of repetitions
 */
export async function repeatUntilTight<Failure extends { readonly ok: false }>(
  run: (count: number) => Promise<readonly Repetition[] | Failure>,
  options: Required<RepeatOptions>,
): Promise<RepeatedTimes | Failure> {
  const { warmUps, minRepetitions, maxRepetitions, budgetMs } = options
  const startMs = performance.now()
  const warm = await run(warmUps + 1)
  if (isFailure(warm)) return warm
  let runMs = (performance.now() - startMs) / warm.length
  const batches: (readonly Repetition[])[] = []
  for (let count = 0, lookAt = minBatches; ; ) {
    const affordable = Math.floor((budgetMs * batchShare) / runMs)
    const size = Math.max(1, Math.min(Math.ceil(maxRepetitions / minBatches), affordable))
    const batchMs = performance.now()
    const batch = await run(Math.min(size, maxRepetitions - count))
    if (isFailure(batch)) return batch
    runMs = Math.min(runMs, (performance.now() - batchMs) / batch.length) // the first runs cost more
    batches.push(batch)
    count += batch.length
    const isOver = count >= maxRepetitions || performance.now() - startMs >= budgetMs * (1 - pauseShare - batchShare)
    if (count >= minRepetitions && (isOver || batches.length >= lookAt)) {
      const times = summarise(batches, options)
      if (times.isTight || isOver) return times
      lookAt = Math.ceil(batches.length * growth)
    }
    await setTimeout(budgetMs * pauseShare)
  }
}

function summarise(
  batches: readonly (readonly Repetition[])[],
  { warmUps, tolerance }: Required<RepeatOptions>,
): RepeatedTimes {
  const each = (read: (repetition: Repetition) => number): Float64Array[] =>
    batches.map((batch) => Float64Array.from(batch, read))
  const kernelNs = each((repetition) => repetition.kernelNs)
  const kernel = batchedInterval(kernelNs)
  const total = batchedInterval(each(({ writeNs, kernelNs, readNs }) => writeNs + kernelNs + readNs))
  return {
    warmUps: warmUps + 1,
    writeNs: joined(each((repetition) => repetition.writeNs)),
    kernelNs: joined(kernelNs),
    readNs: joined(each((repetition) => repetition.readNs)),
    ...{ kernel, total },
    isTight: batches.length >= minBatches && isTight(kernel, tolerance) && isTight(total, tolerance),
  }
}

/**
 * The median of all times, with the wider of two intervals: that of the times, and that of the batches' medians, which
 * holds what changes from batch to batch (Kalibera and Jones, ISMM 2013: repeat at the level that varies most).
 * @param batches - `[batch][repetition]`
 */
export function batchedInterval(batches: readonly Float64Array[]): MedianInterval {
  const times = joined(batches)
  const median = medianOf(times)
  const whole: MedianInterval = { median, low: Math.min(...times), high: Math.max(...times) }
  const within = medianInterval(times) ?? whole
  const between = medianInterval(Float64Array.from(batches, medianOf)) ?? whole
  return {
    median,
    low: Math.min(within.low, between.low, median),
    high: Math.max(within.high, between.high, median),
  }
}

function joined(batches: readonly Float64Array[]): Float64Array {
  return Float64Array.from(batches.flatMap((batch) => [...batch]))
}

function isFailure<Failure extends { readonly ok: false }>(batch: readonly Repetition[] | Failure): batch is Failure {
  return !Array.isArray(batch)
}

function mustBeInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new RangeError(`${name}: expected an integer from ${min} to ${max}, received ${value}`)
}
