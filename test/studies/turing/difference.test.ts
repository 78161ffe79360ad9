// The tests over drawn studies of which the truth is known.

import { describe, expect, it } from 'vitest'
import { type LabelledKernel, permutationTest, testDifference } from '../../../studies/turing/analysis/difference.ts'
import { proportionOf } from '../../../studies/turing/analysis/proportion.ts'
import { planParticipants, powerOf, simulatePower } from '../../../studies/turing/power/power.ts'
import { defaultResponseModel, drawLabels } from '../../../studies/turing/power/response-model.ts'
import { Random } from '../../../synth/random.ts'
import { expectShare } from './expect-share.ts'

const options = { alpha: 0.05, margin: 0.15 }
const size = { participants: 12, itemsPerKind: 12 }

describe('testDifference', { timeout: 20_000 }, () => {
  it.each([0, 0.15, 0.5])('covers a true difference of %f at the rate that its interval promises', (truth) => {
    const random = new Random(41)
    const covered = { difference: 0, share: 0 }
    const draws = 200
    for (let n = 0; n < draws; n++) {
      const labels = drawLabels(defaultResponseModel, truth, size, random)
      const [low, high] = testDifference(labels, options)!.interval
      if (low <= truth && truth <= high) covered.difference++
      const human = labels.filter((one) => one.isHumanKernel)
      const { interval } = proportionOf(human.map((one) => ({ ...one, isTrue: one.isLabelledHuman })))
      const share = 0.5 + truth / 2
      if (interval![0] <= share && share <= interval![1]) covered.share++
    }
    expectShare(covered.difference, draws, 0.95)
    expectShare(covered.share, draws, 0.95)
  })

  it('finds a difference in one of twenty studies where there is none, whatever participants and items vary in', () => {
    for (const model of [
      { ...defaultResponseModel, itemDeviation: 0.2 },
      { ...defaultResponseModel, skillDeviation: 0.25, itemDeviation: 0.05 },
    ]) {
      const random = new Random(17)
      const found = Array.from({ length: 200 }, () => testDifference(drawLabels(model, 0, size, random), options)!)
      expectShare(found.filter(({ isDifferent }) => isDifferent).length, 200, 0.05)
    }
  })

  it('calls a difference as large as the margin equivalent in one of twenty studies', () => {
    const random = new Random(8)
    const large = { participants: 30, itemsPerKind: 30 }
    const found = Array.from(
      { length: 150 },
      () => testDifference(drawLabels(defaultResponseModel, options.margin, large, random), options)!,
    )
    expectShare(found.filter(({ isEquivalent }) => isEquivalent).length, 150, 0.05)
  })

  it('would find far more than one of twenty if items were taken for fixed: the simulation can tell', () => {
    const random = new Random(9)
    const model = { ...defaultResponseModel, itemDeviation: 0.25 }
    const naive = Array.from({ length: 80 }, () => {
      const labels = drawLabels(model, 0, { participants: 30, itemsPerKind: 6 }, random)
      const each = labels.map((one, i) => ({ ...one, item: `${i}` }))
      return testDifference(each, options)!
    })
    expect(naive.filter(({ isDifferent }) => isDifferent).length).toBeGreaterThan(24)
  })

  it('cannot tell from one participant, or from one item of a kind', () => {
    const labels = drawLabels(defaultResponseModel, 0, { participants: 3, itemsPerKind: 2 }, new Random(1))
    expect(
      testDifference(
        labels.filter(({ participant }) => participant === 'p0'),
        options,
      ),
    ).toBeUndefined()
    expect(
      testDifference(
        labels.filter(({ item }) => item !== 'i0'),
        options,
      ),
    ).toBeUndefined()
    expect(
      permutationTest(
        labels.filter(({ participant }) => participant === 'p0'),
        new Random(1),
      ),
    ).toBeUndefined()
  })

  it('stays uncertain where everybody agrees', () => {
    const labels = drawLabels(defaultResponseModel, 0, { participants: 5, itemsPerKind: 3 }, new Random(1))
    const perfect = labels.map((one): LabelledKernel => ({ ...one, isLabelledHuman: one.isHumanKernel }))
    const test = testDifference(perfect, options)!
    expect(test).toMatchObject({ difference: 1, isDifferent: true, isEquivalent: false })
    expect(test.interval[0]).toBeLessThan(0.95)
  })
})

describe('permutationTest', { timeout: 20_000 }, () => {
  it('finds a real difference, and one of twenty where there is none', () => {
    const random = new Random(3)
    const small = { participants: 10, itemsPerKind: 8 }
    const rejected = (truth: number, draws: number): number =>
      Array.from({ length: draws }, () => drawLabels(defaultResponseModel, truth, small, random)).filter(
        (labels) => permutationTest(labels, random, 99)! <= 0.05,
      ).length
    expectShare(rejected(0, 100), 100, 0.05)
    expect(rejected(0.5, 30)).toBeGreaterThan(25)
  })

  it('moves items within their bands only', () => {
    // Each band has one kind alone: nothing can move.
    const labels = drawLabels(defaultResponseModel, 0.5, { participants: 6, itemsPerKind: 4 }, new Random(4))
    const apart = labels.map((one) => ({ ...one, band: String(one.isHumanKernel) }))
    expect(permutationTest(apart, new Random(5), 50)).toBe(1)
  })
})

describe('planParticipants', { timeout: 20_000 }, () => {
  const planned = { ...options, effect: 0.3, power: 0.8, itemsPerKind: 30, model: defaultResponseModel }

  it('promises the power that the analysis has over drawn studies', () => {
    const plan = planParticipants(planned)!
    expect(plan.equivalence).toBeGreaterThanOrEqual(0.8)
    expect(powerOf(plan.participants - 1, planned).equivalence).toBeLessThan(0.8)
    const simulated = simulatePower(plan.participants, planned, new Random(5), 100)
    expectShare(Math.round(simulated.equivalence.share * 100), 100, plan.equivalence)
    expectShare(Math.round(simulated.falseDifference.share * 100), 100, 0.05)
    expect(simulated.difference.share).toBeGreaterThan(0.98)
  })

  it('wants more for a smaller margin, a smaller effect or more power', () => {
    const fewest = planParticipants(planned)!.participants
    expect(planParticipants({ ...planned, margin: 0.14 })!.participants).toBeGreaterThan(fewest)
    expect(planParticipants({ ...planned, power: 0.84 })!.participants).toBeGreaterThan(fewest)
    expect(planParticipants({ ...planned, effect: 0.12 })!.participants).toBeGreaterThan(fewest)
  })

  it('has no answer where the items alone are too uncertain', () => {
    expect(planParticipants({ ...planned, itemsPerKind: 5 })).toBeUndefined()
  })
})
