// Are human kernels labelled human more often than others? The difference of the two shares, with participants and items
// as random factors: a t test of difference, two one-sided tests of equivalence (Schuirmann 1987), and a permutation test
// that moves whole items between the two groups, within the bands in which they were matched.

import { tCdf, tQuantile } from '../../../evaluation/index.ts'
import type { Random } from '../../../synth/index.ts'
import { shufflePlaces } from '../shuffle.ts'
import type { Interval } from './proportion.ts'
import { type Crossing, clusteredVariance, crossingOf } from './two-way.ts'

/** A judgment as the tests see it. */
export interface LabelledKernel {
  readonly participant: string
  readonly item: string
  readonly isHumanKernel: boolean
  readonly isLabelledHuman: boolean
  /** Items of a band may change places. */
  readonly band: string
}

/** What is tested, settled before the first answer. */
export interface TestOptions {
  readonly alpha: number
  /** Differences smaller than this count as none, 0 to 1. */
  readonly margin: number
}

/** The difference and what the tests say of it. */
export interface Difference {
  readonly participants: number
  readonly items: number
  /** Share of human kernels labelled human, less the share of the others. */
  readonly difference: number
  readonly standardError: number
  readonly degreesOfFreedom: number
  /** At `1 − alpha`: does it hold 0? */
  readonly interval: Interval
  /** At `1 − 2 alpha`: does it lie within the margin? */
  readonly equivalenceInterval: Interval
  /** That there is no difference, two-sided. */
  readonly pDifference: number
  /** That the difference is as large as the margin, or larger: the larger one of the two one-sided tests. */
  readonly pEquivalence: number
  readonly isDifferent: boolean
  readonly isEquivalent: boolean
}

/**
 * @returns undefined where it cannot be told: it takes two participants, and two items of each kind
 */
export function testDifference(judgments: readonly LabelledKernel[], options: TestOptions): Difference | undefined {
  const table = tableOf(judgments)
  const kinds = [0, 1].map((kind) => table.kinds.filter((one) => one === kind).length)
  if (table.participants < 2 || kinds.some((items) => items < 2)) return undefined
  const { alpha, margin } = options
  const { difference, standardError, degreesOfFreedom } = estimate(table, table.kinds)
  const reach = (confidence: number): Interval => {
    const half = tQuantile(0.5 + confidence / 2, degreesOfFreedom) * standardError
    return [Math.max(-1, difference - half), Math.min(1, difference + half)]
  }
  const upper = tCdf((difference - margin) / standardError, degreesOfFreedom)
  const lower = tCdf((-margin - difference) / standardError, degreesOfFreedom)
  const pDifference = 2 * tCdf(-Math.abs(difference) / standardError, degreesOfFreedom)
  const pEquivalence = Math.max(lower, upper)
  return {
    ...{ participants: table.participants, items: table.items, difference, standardError, degreesOfFreedom },
    ...{ interval: reach(1 - alpha), equivalenceInterval: reach(1 - 2 * alpha), pDifference, pEquivalence },
    ...{ isDifferent: pDifference < alpha, isEquivalent: pEquivalence < alpha },
  }
}

/**
 * The chance of a difference as large as the one seen, where origin does not matter to the labels. What moves is an item
 * with all its labels, so participants stay as they are; what is compared is the difference over its standard error, so
 * that participants who differ in what they see do not pass for a common effect.
 * @returns p, two-sided; undefined where `testDifference` has none
 */
export function permutationTest(
  judgments: readonly LabelledKernel[],
  random: Random,
  permutations = 2000,
): number | undefined {
  const table = tableOf(judgments)
  const statistic = (kinds: ArrayLike<number>): number => {
    const { difference, standardError } = estimate(table, kinds)
    return Math.abs(difference) / standardError
  }
  const seen = statistic(table.kinds)
  if (Number.isNaN(seen)) return undefined
  const bands = [...new Set(table.bands)].map((band) => table.bands.flatMap((one, i) => (one === band ? [i] : [])))
  const kinds = table.kinds.slice()
  let asLarge = 1
  for (let n = 0; n < permutations; n++) {
    for (const band of bands) shufflePlaces(kinds, band, random)
    // Sums in another order differ in their last digits.
    if (statistic(kinds) >= seen * (1 - 1e-9)) asLarge++
  }
  return asLarge / (permutations + 1)
}

interface Table extends Crossing {
  /** `[judgment]`: 1 where the label is human. */
  readonly labels: Float64Array
  /** `[item]`: 1 for a human kernel. */
  readonly kinds: Int32Array
  /** `[item]` */
  readonly bands: readonly string[]
}

function tableOf(judgments: readonly LabelledKernel[]): Table {
  const crossing = crossingOf(judgments)
  const known = new Map(judgments.map((one) => [one.item, one]))
  const items = crossing.itemIds.map((id) => known.get(id))
  return {
    ...crossing,
    labels: Float64Array.from(judgments, ({ isLabelledHuman }) => (isLabelledHuman ? 1 : 0)),
    kinds: Int32Array.from(items, (one) => (one?.isHumanKernel ? 1 : 0)),
    bands: items.map((one) => one?.band ?? ''),
  }
}

function estimate(
  table: Table,
  kinds: ArrayLike<number>,
): { readonly difference: number; readonly standardError: number; readonly degreesOfFreedom: number } {
  const { labels, item, participants } = table
  const counts = [0, 0]
  const sums = [0, 0]
  for (let i = 0; i < labels.length; i++) {
    counts[kinds[item[i]]]++
    sums[kinds[item[i]]] += labels[i]
  }
  const shares = [sums[0] / counts[0], sums[1] / counts[1]]
  const values = labels.map((label, i) => {
    const kind = kinds[item[i]]
    return ((kind === 1 ? 1 : -1) * (label - shares[kind])) / counts[kind]
  })
  const { variance, degreesOfFreedom } = clusteredVariance(table, values, kinds)
  const least = leastVariance(sums, counts)
  const isSure = variance >= least
  return {
    difference: shares[1] - shares[0],
    standardError: Math.sqrt(isSure ? variance : Number.isNaN(variance) ? variance : least),
    degreesOfFreedom: isSure ? degreesOfFreedom : participants - 1,
  }
}

/**
 * What independent judgments would give, with one of each label added (Agresti and Caffo 2000): where all agree the
 * variance that is seen is 0.
 */
function leastVariance(sums: readonly number[], counts: readonly number[]): number {
  return [0, 1].reduce((total, kind) => {
    const share = (sums[kind] + 1) / (counts[kind] + 2)
    return total + (share * (1 - share)) / (counts[kind] + 2)
  }, 0)
}
