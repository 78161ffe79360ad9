// An evaluation as a person reads it.

import type { EvaluationReport, GroupReport, SetComparison, SetReport } from '../../../active-learning/index.ts'
import { formatTable } from '../../table.ts'
import { digits } from './options.ts'

export function evaluationLines(report: EvaluationReport, cv: string): string[] {
  const { test, testRows, testPrograms, seeds, bestStatic, sets, comparisons } = report
  const [{ scores }] = sets
  return [
    `tested on ${test}: ${testRows} rows of ${testPrograms} programs; ${cv}, ${seeds} seeds`,
    `best single device: ${bestStatic}; always right would be ${digits(scores.oracleGeomeanSpeedup)} times as fast ` +
      `(geometric mean; arithmetic ${digits(scores.oracleMeanSpeedup)})`,
    ...(testPrograms < fewPrograms
      ? [`${testPrograms} programs are few: such intervals tend to be too narrow, and p over programs is coarse`]
      : []),
    '',
    ...sets.flatMap((set, i) => [...(i > 0 ? [''] : []), ...setLines(set)]),
    ...comparisons.flatMap((comparison) => ['', ...comparisonLines(comparison, seeds)]),
    ...sets.flatMap((set) => ['', ...groupLines(set)]),
  ]
}

function setLines(set: SetReport): string[] {
  const { scores, name, trainRows, twins, dropped } = set
  const facts = [
    ['accuracy', digits(scores.accuracy), range(set.accuracyInterval), `± ${digits(set.accuracySpread)} over seeds`],
    [
      'speedup, geometric mean',
      digits(scores.geomeanSpeedup),
      range(set.geomeanSpeedupInterval),
      `± ${digits(set.geomeanSpeedupSpread)} over seeds`,
    ],
    ['speedup, arithmetic mean', digits(scores.meanSpeedup), '', ''],
    ['share of oracle', digits(scores.shareOfOracle), '', ''],
    ['precision of CPU', digits(scores.cpu.precision), '', ''],
    ['recall of CPU', digits(scores.cpu.recall), '', ''],
    ['precision of GPU', digits(scores.gpu.precision), '', ''],
    ['recall of GPU', digits(scores.gpu.recall), '', ''],
    ['legacy', digits(set.legacy), '', 'CGO 2017, predicted over baseline time: above 1 is slower'],
  ]
  return [
    `trained on ${name} (${trainRows} rows)`,
    ...formatTable(['', 'mean', '95 % interval', ''], facts).map((line) => `  ${line}`),
    ...(dropped > 0 ? [`  ${dropped} training rows left out over all folds, as they give test rows away`] : []),
    ...(twins > 0
      ? [`  ${twins} test rows have a kernel of the same name and counts in another program of the set`]
      : []),
  ]
}

function comparisonLines(comparison: SetComparison, seeds: number): string[] {
  const { name, against, speedup, accuracyGain, gapClosed, seedsP, programsP, programs } = comparison
  const facts = [
    ['times as fast', digits(speedup), range(comparison.speedupInterval), p(seedsP.speedup), p(programsP.speedup)],
    [
      'accuracy gained',
      digits(accuracyGain),
      range(comparison.accuracyGainInterval),
      p(seedsP.accuracy),
      p(programsP.accuracy),
    ],
    ['gap to oracle closed', digits(gapClosed), '', '', ''],
  ]
  const header = ['', 'mean', '95 % interval', `p, ${seeds} seeds`, `p, ${programs} programs`]
  return [`${name} against ${against}`, ...formatTable(header, facts).map((line) => `  ${line}`)]
}

function groupLines({ name, suites, programs }: SetReport): string[] {
  const header = ['', 'rows', 'accuracy', 'speedup', 'oracle', 'share']
  const cells = (groups: readonly GroupReport[]): string[][] =>
    groups.map(({ name: group, scores }) => [
      ...[group, String(scores.rows), digits(scores.accuracy), digits(scores.geomeanSpeedup)],
      ...[digits(scores.oracleGeomeanSpeedup), digits(scores.shareOfOracle)],
    ])
  const many = programs.length > mostPrograms
  return [
    `${name}, by suite and program (speedup over the same single device everywhere)`,
    ...formatTable(header, [...cells(suites), ...(many ? [] : cells(programs))]).map((line) => `  ${line}`),
    ...(many ? [`  --json has the ${programs.length} programs`] : []),
  ]
}

/** Fewer clusters than the bootstrap does well with (Cameron, Gelbach and Miller, 2008). */
const fewPrograms = 20
/** A table of a thousand synthetic programs helps nobody. */
const mostPrograms = 100

function range({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${digits(low)} to ${digits(high)}`
}

function p(value: number): string {
  return value < 0.001 ? '< 0.001' : digits(value)
}
