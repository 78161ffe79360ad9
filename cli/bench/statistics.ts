// Summaries that the benches print. Percentiles: corpora/statistics.ts.

/** NaN for no values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The middle one, or the mean of the two in the middle; NaN for no values. */
export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Mean of `f` over the least value of every choice of `count` values: what is expected of the best of `count`.
 * @param count - 1 to the number of values
 */
export function meanOverMinima(values: readonly number[], count: number, f: (minimum: number) => number): number {
  const sorted = Float64Array.from(values).sort()
  const last = sorted.length - count
  let mean = 0
  let share = count / sorted.length // of the choices, those with `sorted[i]` as their least
  for (let i = 0; i <= last; i++) {
    mean += share * f(sorted[i])
    share *= (last - i) / (sorted.length - 1 - i)
  }
  return mean
}

/**
 * Spearman's: 1 where `ys` rises with `xs`, -1 where it falls; equal values share the mean of their ranks.
 * @returns NaN where one of the two never changes
 */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): number {
  const [a, b] = [deviationsOf(ranksOf(xs)), deviationsOf(ranksOf(ys))]
  const product = (left: readonly number[], right: readonly number[]): number =>
    left.reduce((sum, value, i) => sum + value * right[i], 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

function deviationsOf(values: readonly number[]): number[] {
  const mean = meanOf(values)
  return values.map((value) => value - mean)
}

function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b])
  const ranks: number[] = []
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && (end === start || values[order[end]] === values[order[start]])) end++
    for (const i of order.slice(start, end)) ranks[i] = (start + end - 1) / 2
  }
  return ranks
}
