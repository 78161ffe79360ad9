import { describe, expect, it } from 'vitest'
import { askKMeans, trainKMeans } from '../../../active-learning/committee/k-means.ts'
import { askNaiveBayes, trainNaiveBayes } from '../../../active-learning/committee/naive-bayes.ts'
import { askNearest, trainNearest } from '../../../active-learning/committee/nearest.ts'
import { type Example, fitScaling, scalePoint } from '../../../active-learning/committee/scaling.ts'
import { askTreeMember, trainTreeMember } from '../../../active-learning/committee/tree.ts'
import { Random } from '../../../synth/index.ts'
import { modelledRows } from '../modelled.ts'

/** Two clouds that lie far apart. */
function clouds(count: number): Example[] {
  const rng = new Random(1)
  return Array.from({ length: count }, (_, i): Example => {
    const middle = i % 2 === 0 ? -2 : 2
    return { point: [middle + rng.next(), middle - rng.next()], label: i % 2 === 0 ? 'CPU' : 'GPU' }
  })
}

describe('scaling', () => {
  it('gives the logarithms of the training data mean 0 and variance 1', () => {
    const rows = modelledRows(40, 1)
    const scaling = fitScaling(rows)
    const points = rows.map(({ features }) => scalePoint(scaling, features))
    for (const i of [0, 1, 2, 3]) {
      const values = points.map((point) => point[i])
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(mean).toBeCloseTo(0, 9)
      expect(values.reduce((sum, value) => sum + value ** 2, 0) / values.length).toBeCloseTo(1, 9)
    }
    const alike = rows.map((row) => ({ ...row, features: [row.features[0], 1, 0, 1] as const }))
    const [, second, third] = scalePoint(fitScaling(alike), [1, 1, 1, 1])
    expect(second).toBeCloseTo(0, 9)
    expect(third).toBeCloseTo(Math.log(2) / 0.1, 9)
    expect(() => fitScaling([])).toThrow('rows: expected at least one')
  })
})

describe.each([
  ['k-means', (examples: Example[]) => (point: number[]) => askKMeans(trainKMeans(examples, 3), point)],
  ['k-NN', (examples: Example[]) => (point: number[]) => askNearest(trainNearest(examples, 3), point)],
  [
    'a tree',
    (examples: Example[]) => (point: number[]) => askTreeMember(trainTreeMember(examples, 1, new Random(1)), point),
  ],
  ['naive Bayes', (examples: Example[]) => (point: number[]) => askNaiveBayes(trainNaiveBayes(examples), point)],
])('%s', (_, train) => {
  it('tells clouds apart', () => {
    const ask = train(clouds(80))
    expect(ask([-2, -2])).toBeLessThan(0.2)
    expect(ask([2, 2])).toBeGreaterThan(0.8)
  })

  it('answers with a probability far from all data, and where there is one class or one point', () => {
    for (const examples of [clouds(80), clouds(2).slice(0, 1), clouds(80).filter(({ label }) => label === 'GPU')]) {
      const ask = train(examples)
      for (const point of [
        [0, 0],
        [1e6, -1e6],
      ]) {
        expect(ask(point)).toBeGreaterThanOrEqual(0)
        expect(ask(point)).toBeLessThanOrEqual(1)
      }
    }
  })
})

describe('k-NN', () => {
  it('asks the k nearest, of equally near ones the first, and the nearest count most', () => {
    const examples: Example[] = [
      { point: [0], label: 'GPU' },
      { point: [2], label: 'CPU' },
      { point: [-2], label: 'GPU' },
    ]
    expect(askNearest(trainNearest(examples, 1), [1])).toBe(1)
    expect(askNearest(trainNearest(examples, 2), [0])).toBeCloseTo(1 / 0.05 / (1 / 0.05 + 1 / 2.05), 12)
    expect(askNearest(trainNearest(examples, 9), [0])).toBeGreaterThan(0.9)
  })
})

describe('naive Bayes', () => {
  it('has the log odds that its densities have', () => {
    const examples: Example[] = [
      { point: [0], label: 'CPU' },
      { point: [2], label: 'CPU' },
      { point: [5], label: 'GPU' },
      { point: [9], label: 'GPU' },
    ]
    const density = (value: number, mean: number, variance: number): number =>
      Math.exp(-((value - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance)
    const [cpu, gpu] = [density(3, 1, 1), density(3, 7, 4)]
    expect(askNaiveBayes(trainNaiveBayes(examples), [3])).toBeCloseTo(gpu / (cpu + gpu), 12)
  })
})
