// How many participants a study needs. In closed form: the variance of the difference has a part of the participants, one
// of the items, which more participants do not make smaller, and one of the single judgments; the two tests are those of
// the analysis, on Student's t. Then the analysis itself runs over drawn studies, to see whether the promise holds.

import { tCdf, tQuantile, wilson } from '../../../evaluation/index.ts'
import type { Random } from '../../../synth/index.ts'
import { testDifference } from '../analysis/difference.ts'
import type { Interval } from '../analysis/proportion.ts'
import { drawLabels, type ResponseModel, type StudySize } from './response-model.ts'

/** The tests that a study is planned for. */
export interface PowerOptions {
  readonly alpha: number
  /** Equivalence margin. */
  readonly margin: number
  /** The difference that the difference test is to find. */
  readonly effect: number
  /** That both tests are to reach, 0 to 1. */
  readonly power: number
  readonly itemsPerKind: number
  readonly model: ResponseModel
}

/** What a number of participants gives. */
export interface Power {
  readonly participants: number
  readonly standardError: number
  /** Chance to find equivalence where there is no difference. */
  readonly equivalence: number
  /** Chance to find the effect. */
  readonly difference: number
}

/** More are not looked at. */
export const mostParticipants = 1000

/** Power by the closed form. */
export function powerOf(participants: number, options: PowerOptions): Power {
  const { alpha, margin, effect } = options
  const { standardError, degreesOfFreedom } = errorOf(participants, options)
  const critical = tQuantile(1 - alpha, degreesOfFreedom)
  const twoSided = tQuantile(1 - alpha / 2, degreesOfFreedom)
  const shift = effect / standardError
  return {
    participants,
    standardError,
    equivalence: Math.max(0, 2 * tCdf(margin / standardError - critical, degreesOfFreedom) - 1),
    difference: tCdf(shift - twoSided, degreesOfFreedom) + tCdf(-shift - twoSided, degreesOfFreedom),
  }
}

/**
 * The fewest participants with which both tests reach the power.
 * @returns undefined where no number of them does: then it takes more items
 */
export function planParticipants(options: PowerOptions): Power | undefined {
  for (let participants = 2; participants <= mostParticipants; participants++) {
    const power = powerOf(participants, options)
    if (power.equivalence >= options.power && power.difference >= options.power) return power
  }
  return undefined
}

/** The fewest items of each kind with which some number of participants is enough, up to 500. */
export function itemsNeeded(options: PowerOptions): number | undefined {
  for (let itemsPerKind = options.itemsPerKind; itemsPerKind <= 500; itemsPerKind++) {
    const { equivalence, difference } = powerOf(mostParticipants, { ...options, itemsPerKind })
    if (equivalence >= options.power && difference >= options.power) return itemsPerKind
  }
  return undefined
}

/** Power as the analysis has it over drawn studies. */
export interface SimulatedPower {
  readonly studies: number
  readonly equivalence: { readonly share: number; readonly interval: Interval }
  readonly difference: { readonly share: number; readonly interval: Interval }
  /** Share of studies without a difference that find one; alpha is promised. */
  readonly falseDifference: { readonly share: number; readonly interval: Interval }
}

/** Run the analysis over `studies` drawn studies without, and as many with the effect. */
export function simulatePower(
  participants: number,
  options: PowerOptions,
  random: Random,
  studies = 400,
): SimulatedPower {
  const size: StudySize = { participants, itemsPerKind: options.itemsPerKind }
  const found = { equivalence: 0, difference: 0, falseDifference: 0 }
  for (let i = 0; i < studies; i++) {
    const none = testDifference(drawLabels(options.model, 0, size, random), options)
    const some = testDifference(drawLabels(options.model, options.effect, size, random), options)
    if (none?.isEquivalent) found.equivalence++
    if (none?.isDifferent) found.falseDifference++
    if (some?.isDifferent) found.difference++
  }
  const rate = (count: number): { share: number; interval: Interval } => ({
    share: count / studies,
    interval: wilson(count, studies),
  })
  return {
    studies,
    equivalence: rate(found.equivalence),
    difference: rate(found.difference),
    falseDifference: rate(found.falseDifference),
  }
}

/** The error of the difference, and Satterthwaite's degrees of freedom. */
function errorOf(
  participants: number,
  { itemsPerKind, model }: PowerOptions,
): { readonly standardError: number; readonly degreesOfFreedom: number } {
  const { share, skillDeviation, itemDeviation, leanDeviation } = model
  // Of all variance of a judgment, p (1 − p), what participants and items make is told apart.
  const rest = share * (1 - share) - skillDeviation ** 2 / 4 - itemDeviation ** 2 - leanDeviation ** 2
  const ofJudgments = (2 * Math.max(0, rest)) / (participants * itemsPerKind)
  const ofParticipants = skillDeviation ** 2 / participants + ofJudgments
  const ofItems = (2 * itemDeviation ** 2) / itemsPerKind + ofJudgments
  const variance = ofParticipants + ofItems - ofJudgments
  const freedom = { participants: participants - 1, items: 2 * (itemsPerKind - 1) }
  const square =
    ofParticipants ** 2 / freedom.participants +
    ofItems ** 2 / freedom.items +
    ofJudgments ** 2 / (freedom.participants * freedom.items)
  return { standardError: Math.sqrt(variance), degreesOfFreedom: variance ** 2 / square }
}
