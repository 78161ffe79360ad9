// The building blocks against published values and hand-made tables.

import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile, tCdf, tQuantile, wilson } from '../../../evaluation/index.ts'
import { krippendorffAlpha, labelsByItem } from '../../../studies/turing/analysis/agreement.ts'
import { countLabels, detectionOf, meanDetection, meanOf } from '../../../studies/turing/analysis/detection.ts'
import { medianOf, quantileOf } from '../../../studies/turing/analysis/judgments.ts'
import { proportionOf } from '../../../studies/turing/analysis/proportion.ts'
import { clusteredVariance, crossingOf } from '../../../studies/turing/analysis/two-way.ts'

describe('distributions', () => {
  it('agree with the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6)
    expect(normalCdf(-1.644854)).toBeCloseTo(0.05, 6)
    expect(tQuantile(0.975, 9)).toBeCloseTo(2.262157, 6)
    expect(tCdf(-1.812461, 10)).toBeCloseTo(0.05, 6)
    expect(tQuantile(0.95, 1e6)).toBeCloseTo(normalQuantile(0.95), 6)
  })
})

describe('wilson', () => {
  it('gives the intervals of Newcombe (1998, table I)', () => {
    const rounded = (successes: number, count: number): number[] =>
      wilson(successes, count).map((end) => Number(end.toFixed(4)))
    expect(rounded(81, 263)).toEqual([0.2553, 0.3662])
    expect(rounded(15, 148)).toEqual([0.0624, 0.1605])
    expect(rounded(0, 20)).toEqual([0, 0.1611])
    expect(rounded(1, 29)).toEqual([0.0061, 0.1718])
  })
})

describe('proportionOf', () => {
  const verdicts = (isTrue: (p: number, i: number) => boolean) =>
    Array.from({ length: 200 }, (_, k) => ({
      participant: `p${k % 10}`,
      item: `i${Math.floor(k / 10)}`,
      isTrue: isTrue(k % 10, Math.floor(k / 10)),
    }))

  it('counts judgments that depend on the participant alone as one each', () => {
    const { share, effectiveCount } = proportionOf(verdicts((p) => p < 5))
    expect(share).toBe(0.5)
    expect(effectiveCount).toBeLessThan(10)
  })

  it('counts judgments that depend on nothing as nearly all that they are', () => {
    const { effectiveCount } = proportionOf(verdicts((p, i) => (p + i) % 2 === 0))
    expect(effectiveCount).toBeGreaterThan(150)
  })

  it('takes full agreement for no more than the fewer of participants and items', () => {
    expect(proportionOf(verdicts(() => true))).toMatchObject({
      share: 1,
      effectiveCount: 10,
      interval: [expect.closeTo(0.7225, 4), 1],
    })
  })

  it('knows nothing of nothing', () => {
    expect(proportionOf([])).toEqual({ count: 0, share: null, interval: null, effectiveCount: 0 })
  })
})

describe('clusteredVariance', () => {
  it('adds participants and items and takes off what both counted', () => {
    const judgments = ['a', 'b'].flatMap((participant) => ['x', 'y'].map((item) => ({ participant, item })))
    const values = Float64Array.of(1, 2, 3, 4)
    // Participants 3 and 7: 2 · 58. Items 4 and 6: 2 · 52. Judgments: 30.
    expect(clusteredVariance(crossingOf(judgments), values, [0, 0]).variance).toBe(116 + 104 - 30)
  })

  it('is unknown of one participant', () => {
    const judgments = ['x', 'y'].map((item) => ({ participant: 'a', item }))
    expect(clusteredVariance(crossingOf(judgments), Float64Array.of(1, -1), [0, 0]).variance).toBeNaN()
  })
})

describe('krippendorffAlpha', () => {
  it('gives 0.095 for the two observers of Krippendorff (2011, section B)', () => {
    const first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    const second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    const verdicts = [first, second].flatMap((labels, participant) =>
      labels.map((label, item) => ({ participant: `${participant}`, item: `${item}`, isTrue: label === 1 })),
    )
    expect(krippendorffAlpha(labelsByItem(verdicts).values())).toBeCloseTo(0.095, 3)
  })

  it('is 1 for full agreement and not defined for a single label', () => {
    expect(
      krippendorffAlpha([
        { human: 3, machine: 0 },
        { human: 0, machine: 3 },
      ]),
    ).toBe(1)
    expect(krippendorffAlpha([{ human: 3, machine: 0 }])).toBeNull()
    expect(krippendorffAlpha([{ human: 1, machine: 0 }])).toBeNull()
  })
})

describe('detection', () => {
  it('is 0 at chance, and leans to what is said more often', () => {
    const atChance = { sensitivity: expect.closeTo(0, 12), bias: expect.closeTo(0, 12) }
    expect(detectionOf({ hits: 5, misses: 5, falseAlarms: 5, rejections: 5 })).toEqual(atChance)
    expect(detectionOf({ hits: 9, misses: 1, falseAlarms: 9, rejections: 1 }).bias).toBeLessThan(-1)
  })

  it('stays finite for perfect scores, by the log-linear correction', () => {
    const { sensitivity } = detectionOf({ hits: 20, misses: 0, falseAlarms: 0, rejections: 20 })
    expect(sensitivity).toBeCloseTo(2 * normalQuantile(20.5 / 21), 10)
  })

  it('leaves out participants who saw one kind only', () => {
    const both = { hits: 3, misses: 1, falseAlarms: 1, rejections: 3 }
    expect(meanDetection([both, { ...both, falseAlarms: 0, rejections: 0 }])).toMatchObject({ participants: 1 })
  })

  it('counts labels', () => {
    const judgments = [true, true, false, false].map((isHumanKernel, i) => ({
      isHumanKernel,
      isLabelledHuman: i % 2 === 0,
    }))
    expect(countLabels(judgments)).toEqual({ hits: 1, misses: 1, falseAlarms: 1, rejections: 1 })
  })
})

describe('summaries', () => {
  it('have the mean with its t interval', () => {
    const { mean, deviation, interval } = meanOf([1, 2, 3, 4])
    expect([mean, deviation]).toEqual([2.5, expect.closeTo(1.290994, 6)])
    expect(interval?.[0]).toBeCloseTo(2.5 - (3.182446 * 1.290994) / 2, 5)
    expect(meanOf([1]).interval).toBeNull()
  })

  it('have quantiles between values', () => {
    expect(medianOf([4, 1, 3, 2])).toBe(2.5)
    expect(quantileOf([10, 20], 0.25)).toBe(12.5)
    expect(medianOf([])).toBeNaN()
  })
})
