// How good predictions are. A speedup is the time of the best single device over the time of the predicted device: above
// 1 the heuristic is worth having. The best single device is chosen in hindsight, over all rows that are tested, as the
// one with the lower geometric-mean time: the hardest such baseline, and the same for every suite and program.

import { type DeviceLabel, deviceLabels, type GreweRow } from '../../data-set.ts'

/** Of one device: how often a prediction of it is right, and how many of its rows are found; NaN for none. */
export interface ClassScores {
  readonly precision: number
  readonly recall: number
}

export interface Scores {
  readonly rows: number
  /** Share of right predictions, 0 to 1. */
  readonly accuracy: number
  readonly cpu: ClassScores
  readonly gpu: ClassScores
  /** Over the best single device. */
  readonly geomeanSpeedup: number
  readonly meanSpeedup: number
  /** What a model that is always right reaches. */
  readonly oracleGeomeanSpeedup: number
  readonly oracleMeanSpeedup: number
  /** Geometric mean of oracle time over predicted time, 0 to 1. */
  readonly shareOfOracle: number
}

export function timeOn(row: GreweRow, device: DeviceLabel): number {
  return device === 'CPU' ? row.runtimeCpuMs : row.runtimeGpuMs
}

/** The lower geometric-mean time; CPU for equal ones. */
export function bestStaticDevice(rows: readonly GreweRow[]): DeviceLabel {
  const sum = rows.reduce((total, row) => total + Math.log(row.runtimeGpuMs / row.runtimeCpuMs), 0)
  return sum < 0 ? 'GPU' : 'CPU'
}

/**
 * @param predictions - `[row]`
 * @param baseline - the single device that is compared with
 */
export function scorePredictions(
  rows: readonly GreweRow[],
  predictions: readonly DeviceLabel[],
  baseline: DeviceLabel,
): Scores {
  const speedups = rows.map((row, i) => timeOn(row, baseline) / timeOn(row, predictions[i]))
  const best = rows.map((row) => timeOn(row, baseline) / Math.min(row.runtimeCpuMs, row.runtimeGpuMs))
  const right = rows.filter(({ label }, i) => label === predictions[i]).length
  const [cpu, gpu] = deviceLabels.map((device) => scoreClass(rows, predictions, device))
  const [geomeanSpeedup, oracleGeomeanSpeedup] = [geomean(speedups), geomean(best)]
  return {
    ...{ rows: rows.length, accuracy: right / rows.length, cpu, gpu, geomeanSpeedup, meanSpeedup: mean(speedups) },
    ...{ oracleGeomeanSpeedup, oracleMeanSpeedup: mean(best), shareOfOracle: geomeanSpeedup / oracleGeomeanSpeedup },
  }
}

function scoreClass(rows: readonly GreweRow[], predictions: readonly DeviceLabel[], device: DeviceLabel): ClassScores {
  const predicted = predictions.filter((label) => label === device).length
  const actual = rows.filter(({ label }) => label === device).length
  const hits = rows.filter(({ label }, i) => label === device && predictions[i] === device).length
  return { precision: hits / predicted, recall: hits / actual }
}

/** Each score averaged; where a precision is undefined for a seed, over the others. */
export function meanScores(scores: readonly Scores[]): Scores {
  const over = (read: (score: Scores) => number): number =>
    mean(scores.map(read).filter((value) => !Number.isNaN(value)))
  const ofClass = (name: 'cpu' | 'gpu'): ClassScores => ({
    precision: over((score) => score[name].precision),
    recall: over((score) => score[name].recall),
  })
  return {
    ...{ rows: scores[0].rows, accuracy: over(({ accuracy }) => accuracy), cpu: ofClass('cpu'), gpu: ofClass('gpu') },
    geomeanSpeedup: over(({ geomeanSpeedup }) => geomeanSpeedup),
    meanSpeedup: over(({ meanSpeedup }) => meanSpeedup),
    oracleGeomeanSpeedup: scores[0].oracleGeomeanSpeedup,
    oracleMeanSpeedup: scores[0].oracleMeanSpeedup,
    shareOfOracle: over(({ shareOfOracle }) => shareOfOracle),
  }
}

/** Of positive values; NaN for none. */
export function geomean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)))
}

/** NaN for none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
