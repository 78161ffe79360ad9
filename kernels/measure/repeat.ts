// Repeats a timed run until its median is known well enough or the budget ends. Batches grow, so that the interval is
// looked at a few times only: looking after every run would stop at the luckiest moment.

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
  /** Wall-clock time after which no batch begins, in ms. Default 2000, at least 1. */
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
  const all: Repetition[] = []
  for (let wanted = warmUps + minRepetitions; ; ) {
    const batchMs = performance.now()
    const batch = await run(wanted)
    if (isFailure(batch)) return batch
    all.push(...batch)
    const times = summarise(all.slice(warmUps), options)
    const nowMs = performance.now()
    const leftMs = budgetMs - (nowMs - startMs)
    const affordable = Math.floor((leftMs * batch.length) / (nowMs - batchMs))
    const room = maxRepetitions - times.kernelNs.length
    wanted = Math.min(Math.ceil(all.length / 2), affordable, room)
    if (times.isTight || wanted < 1) return times
  }
}

function summarise(repetitions: readonly Repetition[], { warmUps, tolerance }: Required<RepeatOptions>): RepeatedTimes {
  const writeNs = Float64Array.from(repetitions, (repetition) => repetition.writeNs)
  const kernelNs = Float64Array.from(repetitions, (repetition) => repetition.kernelNs)
  const readNs = Float64Array.from(repetitions, (repetition) => repetition.readNs)
  const kernel = medianInterval(kernelNs)
  const totals = kernelNs.map((time, i) => time + writeNs[i] + readNs[i])
  const total = medianInterval(totals)
  const areTight = [kernel, total].every((interval) => interval !== undefined && isTight(interval, tolerance))
  return {
    ...{ warmUps, writeNs, kernelNs, readNs },
    kernel: kernel ?? wholeRange(kernelNs),
    total: total ?? wholeRange(totals),
    isTight: areTight,
  }
}

/** The most that can be said where times are too few or drift too much. */
function wholeRange(times: Float64Array): MedianInterval {
  return { median: medianOf(times), low: Math.min(...times), high: Math.max(...times) }
}

function isFailure<Failure extends { readonly ok: false }>(batch: readonly Repetition[] | Failure): batch is Failure {
  return !Array.isArray(batch)
}

function mustBeInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new RangeError(`${name}: expected an integer from ${min} to ${max}, received ${value}`)
}
