// The median of repeated times and where it lies, without assuming a distribution: order statistics, as Hoefler and
// Belli recommend for times (SC'15, section 3.2), with wider intervals where successive times resemble each other.

/** A median with the ends of its confidence interval. */
export interface MedianInterval {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** The faster kind of device; `undecided` where the intervals overlap. */
export type Label = 'CPU' | 'GPU' | 'undecided'

const logFactorials: number[] = [0]

/**
 * Confidence interval of the median from order statistics: the ranks are those of the binomial distribution, exact for
 * independent times. Times in a row are not independent where the machine drifts; then the ranks move outwards by the
 * square root of the correlation time of "is above the median".
 * @param times - in the order they were taken; outliers included
 * @param confidence - 0 to 1
 * @returns undefined where there are too few (six for 95 %, more where they drift)
 */
export function medianInterval(times: Float64Array, confidence = 0.95): MedianInterval | undefined {
  const sorted = Float64Array.from(times).sort()
  const count = sorted.length
  const rank = lowRank(count, (1 - confidence) / 2)
  if (rank === 0) return undefined
  const median = medianOfSorted(sorted)
  const reach = ((count + 1) / 2 - rank) * Math.sqrt(correlationTime(times, median))
  const low = Math.floor((count + 1) / 2 - reach)
  return low < 1 ? undefined : { median, low: sorted[low - 1], high: sorted[count - low] }
}

/** Do both ends lie within `tolerance` (0.05: 5 %) of the median? */
export function isTight({ median, low, high }: MedianInterval, tolerance: number): boolean {
  return low >= median * (1 - tolerance) && high <= median * (1 + tolerance)
}

/** Do the intervals share a point? */
export function overlap(a: MedianInterval, b: MedianInterval): boolean {
  return a.low <= b.high && b.low <= a.high
}

/** Which of the two is faster, as far as the intervals tell. */
export function labelOf(cpu: MedianInterval, gpu: MedianInterval): Label {
  if (overlap(cpu, gpu)) return 'undecided'
  return cpu.median < gpu.median ? 'CPU' : 'GPU'
}

/** The middle one, or the mean of the two in the middle; NaN for none. */
export function medianOf(times: Float64Array | readonly number[]): number {
  return medianOfSorted(Float64Array.from(times).sort())
}

function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The highest rank, from 1, that the median falls short of with at most this probability; 0 where there is none. */
function lowRank(count: number, probability: number): number {
  let below = 0
  for (let rank = 0; rank <= count / 2; rank++) {
    below += Math.exp(logFactorial(count) - logFactorial(rank) - logFactorial(count - rank) - count * Math.LN2)
    if (below > probability) return rank
  }
  return 0
}

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1] + Math.log(i))
  return logFactorials[n]
}

/**
 * 1 for independent times, more where neighbours lie on the same side of the median: 1 + 2 · the sum of
 * autocorrelations, up to where pairs of them stop being positive (Geyer, Statistical Science 7(4), 1992).
 */
function correlationTime(times: Float64Array, median: number): number {
  const sides = Float64Array.from(times, (time) => Math.sign(time - median))
  let sum = 0
  const correlation = (lag: number): number => {
    let product = 0
    for (let i = lag; i < sides.length; i++) product += sides[i] * sides[i - lag]
    return product
  }
  const own = correlation(0)
  if (own === 0) return 1
  for (let lag = 1; lag + 1 < sides.length / 2; lag += 2) {
    const pair = (correlation(lag) + correlation(lag + 1)) / own
    if (pair <= 0) break
    sum += pair
  }
  return 1 + 2 * sum
}
