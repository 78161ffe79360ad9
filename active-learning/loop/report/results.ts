// What a run has shown so far, worked out from its ledger: learning curves, comparisons, costs. Rounds count as far as
// every learner has come, so that all are compared after the same budget.

import { Random } from '../../../synth/index.ts'
import { type DeviceLabel, type GreweRow, labelOf } from '../../data-set.ts'
import { findOverlap } from '../../grewe/evaluation/leaks.ts'
import { bestStaticDevice, timeOn } from '../../grewe/evaluation/scores.ts'
import { signFlipTest } from '../../grewe/evaluation/sign-flip.ts'
import { type ArmName, arms } from '../arms.ts'
import type { Fold } from '../folds.ts'
import type { Ledger } from '../ledger.ts'
import type { StopRules } from '../options.ts'
import type { Attempt, Score, Trajectory } from '../records.ts'
import { isResting } from '../resting.ts'
import { type HeuristicOptions, heuristicTrees } from '../score.ts'
import { type AliasFindings, findAliasing } from './aliasing.ts'
import type { Course } from './courses.ts'
import { estimateGain, estimateShare, type Gain, type ProgramGains, type Share } from './gains.ts'

/** An arm after one round, over all folds and seeds. */
export interface CurvePoint {
  readonly round: number
  /** Over the best static device. */
  readonly speedup: Gain
  /** Of the held-out rows, 0 to 1; mean over seeds. */
  readonly accuracy: number
  /** Mean per learner. */
  readonly addedKernels: number
  readonly addedRows: number
  /** Bits, mean over learners. */
  readonly entropy: number
}

export interface Curve {
  readonly arm: ArmName
  readonly points: readonly CurvePoint[]
}

/** One arm against another, or against the baseline, after the last common round. */
export interface Comparison {
  readonly arm: ArmName
  readonly against: ArmName | 'baseline'
  readonly gain: Gain
  /** With programs as pairs, each the sum over its rows (sign-flip test): would other programs say the same? */
  readonly p: number
}

/** What the learners of an arm spent and met with; means per learner. */
export interface ArmCosts {
  readonly arm: ArmName
  readonly attempts: number
  readonly kernels: number
  readonly findMs: number
  readonly labelMs: number
  /** Kernels turned away, by stage, most first. */
  readonly rejections: readonly (readonly [stage: string, count: number])[]
}

/** Rows of a fold. */
export interface FoldFacts {
  readonly name: string
  readonly train: number
  readonly test: number
  /** Held-out rows with a twin among those learned from: same kernel name and counts, most likely the same code. */
  readonly twins: number
}

export interface LearnResults {
  /** Rows that each leaf of the scored tree keeps. */
  readonly minSamplesLeaf: number
  readonly folds: readonly FoldFacts[]
  readonly seeds: readonly number[]
  /** Trees that each figure is a mean over. */
  readonly trees: number
  /** Programs of the held-out rows, which intervals and tests draw. */
  readonly programs: number
  /** Rounds that every learner has done or rests from. */
  readonly rounds: number
  readonly staticBest: DeviceLabel
  /** Over the best static device. */
  readonly baseline: Gain
  readonly oracleSpeedup: number
  readonly curves: readonly Curve[]
  readonly comparisons: readonly Comparison[]
  /** Of the way from the baseline to the oracle, in logarithms; null where there is none to go. */
  readonly gapClosed: readonly { readonly arm: ArmName; readonly share: Share | null }[]
  readonly costs: readonly ArmCosts[]
  readonly aliasing: AliasFindings
  /** Where times of rows come from, with how many rows of base and added ones. */
  readonly timeSources: Readonly<Record<string, number>>
}

/** Seed of intervals and tests. */
const drawSeed = 1

/**
 * @param courses - of the ledger, over these folds
 * @param heuristic - that they were scored with
 * @returns undefined where no round is over for every learner
 */
export function readResults(
  ledger: Ledger,
  folds: readonly Fold[],
  courses: readonly Course[],
  heuristic: HeuristicOptions = {},
): LearnResults | undefined {
  const rounds = commonRounds(courses, ledger.rules())
  if (rounds === undefined) return undefined
  const names = arms.map(({ name }) => name).filter((name) => courses.some(({ trajectory }) => trajectory.arm === name))
  const seeds = [...new Set(courses.map(({ trajectory }) => trajectory.seed))]
  const view = new HeldOut(courses, folds, seeds)
  const staticBest = view.staticBest()
  const fixed =
    (device: DeviceLabel): Chooser =>
    () =>
      device
  const oracle: Chooser = ({ runtimeCpuMs, runtimeGpuMs }) => labelOf(runtimeCpuMs, runtimeGpuMs)
  const after = (arm: ArmName, round: number): Chooser => view.chooserOf(arm, round)
  const gainOf = (own: Chooser, other: Chooser): Gain => estimateGain(view.gains(own, other), drawSeed)
  const baseline = after(names[0], 0)
  const oracleSpeedup = gainOf(oracle, fixed(staticBest)).ratio
  const baselineGain = gainOf(baseline, fixed(staticBest))
  const compare = (arm: ArmName, against: Comparison['against']): Comparison => {
    const gains = view.gains(after(arm, rounds), against === 'baseline' ? baseline : after(against, rounds))
    const differences = gains.map(({ sums }) => sums.reduce((sum, value) => sum + value, 0) / seeds.length)
    return { arm, against, gain: estimateGain(gains, drawSeed), p: signFlipTest(differences, new Random(drawSeed)) }
  }
  const way = view.gains(oracle, baseline)
  const others = names.filter((name) => name !== 'active')
  return {
    minSamplesLeaf: heuristic.minSamplesLeaf ?? 1,
    folds: folds.map(factsOf),
    ...{ seeds, trees: heuristicTrees, programs: way.length, rounds, staticBest },
    ...{ baseline: baselineGain, oracleSpeedup },
    curves: names.map((arm) => ({
      arm,
      points: Array.from({ length: rounds + 1 }, (_, round) => ({
        ...meansOf(courses, arm, round),
        speedup: gainOf(after(arm, round), fixed(staticBest)),
        accuracy: view.accuracy(after(arm, round)),
      })),
    })),
    comparisons: [
      ...names.map((arm) => compare(arm, 'baseline')),
      ...(names.includes('active') ? others : []).map((against) => compare('active', against)),
    ],
    gapClosed: names.map((arm) => {
      return { arm, share: estimateShare(view.gains(after(arm, rounds), baseline), way, drawSeed) }
    }),
    costs: names.map((arm) =>
      costsOf(
        courses.filter(({ trajectory }) => trajectory.arm === arm),
        rounds,
      ),
    ),
    aliasing: findAliasing(
      ledger,
      [...new Set(folds.flatMap(({ train, test }) => [...train, ...test]))],
      courses,
      drawSeed,
    ),
    timeSources: countSources([...folds.flatMap(({ train, test }) => [...train, ...test]), ...rowsOf(ledger)]),
  }
}

function factsOf({ name, train, test }: Fold): FoldFacts {
  const twins = findOverlap(train, test).leaks.filter(({ kind }) => kind === 'twin').length
  return { name, train: train.length, test: test.length, twins }
}

/** The last round that every learner has done or rests from. */
function commonRounds(courses: readonly Course[], stop: StopRules): number | undefined {
  const done = courses.map(({ scores }) => scores.length - 1)
  if (done.length === 0 || Math.min(...done) < 0) return undefined
  const awake = courses.filter(({ scores }) => !isResting(scores, stop)).map(({ scores }) => scores.length - 1)
  return Math.min(Math.max(...done), ...awake)
}

/** Says where a row should run, as a tree of a learner with that seed has it. */
type Chooser = (
  row: GreweRow,
  place: { readonly fold: number; readonly row: number; readonly seed: number; readonly tree: number },
) => DeviceLabel

/** The held-out rows of all folds as one set. */
class HeldOut {
  readonly #courses: ReadonlyMap<string, Course>
  readonly #folds: readonly Fold[]
  readonly #seeds: readonly number[]

  constructor(courses: readonly Course[], folds: readonly Fold[], seeds: readonly number[]) {
    this.#courses = new Map(courses.map((course) => [keyOf(course.trajectory), course]))
    this.#folds = folds
    this.#seeds = seeds
  }

  /** In hindsight, over all held-out rows. */
  staticBest(): DeviceLabel {
    return bestStaticDevice(this.#folds.flatMap(({ test }) => test))
  }

  /** A learner that rests keeps its last choices. */
  chooserOf(arm: ArmName, round: number): Chooser {
    return (_, place) => {
      const [fold, seed] = [this.#folds[place.fold].name, this.#seeds[place.seed]]
      const scores = this.#courses.get(keyOf({ arm, fold, seed }))?.scores ?? []
      const score = scores[Math.min(round, scores.length - 1)]
      return score.predictions[place.tree][place.row] === 'G' ? 'GPU' : 'CPU'
    }
  }

  /** By program, in the order of folds and rows. */
  gains(own: Chooser, other: Chooser): ProgramGains[] {
    const programs = new Map<string, { rows: number; sums: number[] }>()
    this.#eachRow((row, place) => {
      const known = programs.get(row.program) ?? { rows: 0, sums: this.#seeds.map(() => 0) }
      programs.set(row.program, known)
      known.rows++
      for (const at of this.#models(place)) {
        known.sums[at.seed] += (logTime(row, other(row, at)) - logTime(row, own(row, at))) / heuristicTrees
      }
    })
    return [...programs.values()]
  }

  accuracy(own: Chooser): number {
    let [right, all] = [0, 0]
    this.#eachRow((row, place) => {
      for (const at of this.#models(place)) {
        all++
        if (own(row, at) === row.label) right++
      }
    })
    return right / all
  }

  /** The trees of all learners of an arm. */
  #models<T>(place: T): (T & { seed: number; tree: number })[] {
    return [...this.#seeds.keys()].flatMap((seed) =>
      Array.from({ length: heuristicTrees }, (_, tree) => ({ ...place, seed, tree })),
    )
  }

  #eachRow(visit: (row: GreweRow, place: { fold: number; row: number }) => void): void {
    for (const [fold, { test }] of this.#folds.entries())
      for (const [i, row] of test.entries()) visit(row, { fold, row: i })
  }
}

function keyOf({ arm, fold, seed }: Pick<Trajectory, 'arm' | 'fold' | 'seed'>): string {
  return JSON.stringify([arm, fold, seed])
}

function logTime(row: GreweRow, device: DeviceLabel): number {
  return Math.log(timeOn(row, device))
}

function meansOf(
  courses: readonly Course[],
  arm: ArmName,
  round: number,
): Pick<CurvePoint, 'round' | 'addedKernels' | 'addedRows' | 'entropy'> {
  const scores = courses
    .filter(({ trajectory }) => trajectory.arm === arm)
    .map(({ scores: own }) => own[Math.min(round, own.length - 1)])
  const mean = (read: (score: Score) => number): number =>
    scores.reduce((sum, score) => sum + read(score), 0) / scores.length
  return {
    ...{ round, addedKernels: mean(({ addedKernels }) => addedKernels), addedRows: mean(({ addedRows }) => addedRows) },
    entropy: mean(({ poolEntropy }) => poolEntropy),
  }
}

function costsOf(courses: readonly Course[], rounds: number): ArmCosts {
  const attempts = courses.flatMap((course) =>
    course.rounds.filter(({ round }) => round <= rounds).flatMap((round) => round.attempts),
  )
  const perLearner = (read: (attempt: Attempt) => number): number =>
    attempts.reduce((sum, attempt) => sum + read(attempt), 0) / courses.length
  const counts = new Map<string, number>()
  for (const { outcome } of attempts) {
    for (const { stage } of outcome?.rejections ?? []) counts.set(stage, (counts.get(stage) ?? 0) + 1)
  }
  return {
    arm: courses[0].trajectory.arm,
    attempts: perLearner(() => 1),
    kernels: perLearner(({ outcome }) => (outcome?.ok === true ? 1 : 0)),
    findMs: perLearner(({ findMs }) => findMs),
    labelMs: perLearner(({ labelMs }) => labelMs ?? 0),
    rejections: [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
  }
}

function rowsOf(ledger: Ledger): GreweRow[] {
  return ledger.trajectories().flatMap(({ id }) => ledger.rows(id).map(({ row }) => row))
}

function countSources(rows: readonly GreweRow[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { timeSource } of new Set(rows)) counts[timeSource] = (counts[timeSource] ?? 0) + 1
  return counts
}
