// One group against another over the same targets and seeds. The unit of the test is the program: its targets are alike,
// so their differences change sign together (Fisher's randomisation test).

import { type Interval, signFlipTest } from '../../active-learning/index.ts'
import { Random } from '../../synth/index.ts'
import { estimateMean, meanOf } from './estimate.ts'
import { type Grid, pairGrids, sumByProgram } from './grid.ts'
import { adjustByHolm } from './holm.ts'

/**
 * What a comparison amounts to. `too few`: with so few programs and so many comparisons even a rival that is worse at
 * each target could have gone unnoticed.
 */
export type Verdict = 'better' | 'no difference shown' | 'worse' | 'too few'

/** The subject against a rival. Larger figures are better. */
export interface Comparison {
  readonly subject: string
  readonly rival: string
  readonly targets: number
  readonly programs: number
  readonly seeds: number
  readonly subjectMean: number
  readonly rivalMean: number
  /** Subject less rival, mean over targets and seeds. */
  readonly difference: number
  /** 95 %, programs and seeds drawn again; not corrected for the number of comparisons. */
  readonly interval: Interval
  /** Targets by the mean over seeds. */
  readonly better: number
  readonly equal: number
  readonly worse: number
  /**
   * Matched-pairs rank-biserial correlation over targets (Kerby 2014): 1 where each target is better, -1 where each is
   * worse, 0 where neither side prevails or all are equal.
   */
  readonly effect: number
  readonly p: number
}

/** Undefined where the two have no target in common. @param seed - of bootstrap and test */
export function compareGroups(
  [subject, left]: readonly [string, Grid],
  [rival, right]: readonly [string, Grid],
  seed: number,
): Comparison | undefined {
  const pairs = pairGrids(left, right)
  const differences = pairs.left.map((row, i) => row.map((value, s) => value - pairs.right[i][s]))
  const estimate = estimateMean({ targets: pairs.targets, values: differences }, seed)
  if (estimate === undefined) return undefined
  const perTarget = differences.map((row) => round(meanOf([row])))
  const programs = sumByProgram(
    pairs.targets,
    perTarget.map((value) => [value]),
  ).sums.flat()
  return {
    ...{ subject, rival, targets: pairs.targets.length, programs: programs.length, seeds: pairs.seeds.length },
    ...{ subjectMean: meanOf(pairs.left), rivalMean: meanOf(pairs.right) },
    ...{ difference: estimate.mean, interval: { low: estimate.low, high: estimate.high } },
    better: perTarget.filter((value) => value > 0).length,
    equal: perTarget.filter((value) => value === 0).length,
    worse: perTarget.filter((value) => value < 0).length,
    effect: rankBiserial(perTarget),
    p: signFlipTest(programs, new Random(seed)),
  }
}

/** A comparison among others. */
export interface JudgedComparison extends Comparison {
  /** Holm, over all comparisons that were judged together. */
  readonly adjustedP: number
  readonly verdict: Verdict
}

/** Of the chance of one wrong verdict or more among all. */
export const alpha = 0.05

/** Judge comparisons together: Holm over all of them. */
export function judge<T extends Comparison>(comparisons: readonly T[]): (T & JudgedComparison)[] {
  const adjusted = adjustByHolm(comparisons.map(({ p }) => p))
  return comparisons.map((own, i) => ({
    ...own,
    adjustedP: adjusted[i],
    verdict: verdictOf(own, adjusted[i], comparisons.length),
  }))
}

function verdictOf({ difference, programs }: Comparison, adjustedP: number, together: number): Verdict {
  if (adjustedP >= alpha) return (together * 2) / 2 ** programs >= alpha ? 'too few' : 'no difference shown'
  return difference > 0 ? 'better' : 'worse'
}

/** Differences of no more than rounding are none. */
function round(value: number): number {
  return Math.abs(value) < 1e-9 ? 0 : value
}

/** Zeros are left out; ties share their ranks. */
function rankBiserial(differences: readonly number[]): number {
  const sizes = differences.filter((value) => value !== 0).sort((a, b) => Math.abs(a) - Math.abs(b))
  let [sum, all] = [0, 0]
  for (let from = 0; from < sizes.length; ) {
    let to = from
    while (to < sizes.length && Math.abs(Math.abs(sizes[to]) - Math.abs(sizes[from])) < 1e-9) to++
    const rank = (from + 1 + to) / 2
    for (let i = from; i < to; i++) {
      sum += Math.sign(sizes[i]) * rank
      all += rank
    }
    from = to
  }
  return all === 0 ? 0 : sum / all
}
