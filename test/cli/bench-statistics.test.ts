import { expect, it } from 'vitest'
import { meanOf, meanOverMinima, medianOf, rankCorrelation } from '../../cli/bench/statistics.ts'

it('takes means and medians', () => {
  expect(meanOf([1, 2, 6])).toBe(3)
  expect(medianOf([9, 1, 2])).toBe(2)
  expect(medianOf([9, 1, 10, 2])).toBe(5.5)
  expect(meanOf([])).toBeNaN()
  expect(medianOf([])).toBeNaN()
})

it('takes means over the least of every choice', () => {
  const values = [8, 1, Number.POSITIVE_INFINITY, 3, 3]
  const proximity = (distance: number): number => 1 / (1 + distance)
  for (const count of [1, 2, 3, 4, 5]) {
    const minima = choices(values, count).map((choice) => Math.min(...choice))
    expect(meanOverMinima(values, count, proximity), `${count}`).toBeCloseTo(meanOf(minima.map(proximity)), 12)
  }
  expect(meanOverMinima([4, 2], 1, (least) => least)).toBe(3)
  expect(meanOverMinima([7], 1, (least) => least)).toBe(7)
})

function choices(values: readonly number[], count: number): number[][] {
  if (count === 0) return [[]]
  return values.flatMap((value, i) => choices(values.slice(i + 1), count - 1).map((rest) => [value, ...rest]))
}

it('correlates ranks, whatever the distances', () => {
  expect(rankCorrelation([1, 2, 3, 4], [0, 1, 100, 101])).toBeCloseTo(1)
  expect(rankCorrelation([1, 2, 3, 4], [9, 5, 4, -2])).toBeCloseTo(-1)
  // Without ties: 1 - 6 * Σd² / (n (n² - 1)), here d = 1, 1, 1, 1, 0.
  expect(rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(1 - (6 * 4) / (5 * 24))
})

it('gives equal values the mean of their ranks', () => {
  // Ranks 1.5, 1.5, 3.5, 3.5 against 1, 2, 3, 4: 4 / √(4 · 5).
  expect(rankCorrelation([0, 0, 7, 7], [1, 2, 3, 4])).toBeCloseTo(4 / Math.sqrt(20))
  expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNaN()
  expect(rankCorrelation([], [])).toBeNaN()
})
