import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import { isTight, labelOf, medianInterval, medianOf } from '../../../kernels/measure/median-interval.ts'
import { batchedInterval, repeatUntilTight, resolveRepeatOptions } from '../../../kernels/measure/repeat.ts'

/** Standard normal numbers, each of which keeps `memory` of the one before. */
function* noise(seed: number, memory: number): Generator<number> {
  const rng = xoroshiro128plus(seed)
  const uniform = (): number => (rng.next() >>> 0) / 2 ** 32 + 1e-12
  for (let value = 0; ; ) {
    value = memory * value + Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    yield value
  }
}

/** Share of series of `length` whose interval holds the true median, 0. */
function coverage(length: number, memory: number): number {
  const source = noise(length, memory)
  let [held, found] = [0, 0]
  for (let series = 0; series < 400; series++) {
    const interval = medianInterval(Float64Array.from({ length }, () => source.next().value as number))
    if (interval === undefined) continue
    found++
    if (interval.low <= 0 && interval.high >= 0) held++
  }
  expect(found).toBeGreaterThan(200)
  return held / found
}

describe('medianInterval', () => {
  it('has the ranks of the binomial distribution', () => {
    const times = Float64Array.of(5, 1, 9, 3, 7, 2, 8, 4, 10, 6)
    // P(2nd of 10 ≤ median ≤ 9th) = 1 - 2 · 11/1024 = 97.9 %; the 3rd and the 8th give 89 %.
    expect(medianInterval(times)).toEqual({ median: 5.5, low: 2, high: 9 })
    expect(medianInterval(Float64Array.of(6, 1, 5, 2, 4, 3))).toEqual({ median: 3.5, low: 1, high: 6 })
  })

  it('does not exist for five times', () => {
    expect(medianInterval(Float64Array.of(1, 2, 3, 4, 5))).toBeUndefined()
    expect(medianInterval(new Float64Array(0))).toBeUndefined()
  })

  it('holds the true median about as often as it says, also where neighbours are alike', () => {
    for (const memory of [0, 0.3, 0.6]) expect(coverage(100, memory)).toBeGreaterThan(0.92)
    expect(coverage(20, 0)).toBeGreaterThan(0.93)
  })

  it('is wider where the machine drifts', () => {
    const steady = Float64Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? i : 39 - i))
    const drifting = Float64Array.from({ length: 40 }, (_, i) => i)
    const width = (times: Float64Array): number => {
      const interval = medianInterval(times)
      return interval === undefined ? Number.POSITIVE_INFINITY : interval.high - interval.low
    }
    expect(width(drifting)).toBeGreaterThan(2 * width(steady))
  })

  it('is one point for equal times', () => {
    expect(medianInterval(new Float64Array(50).fill(3))).toEqual({ median: 3, low: 3, high: 3 })
  })
})

describe('labelOf', () => {
  it('decides only where the intervals lie apart', () => {
    const short = { median: 10, low: 9, high: 11 }
    const long = { median: 20, low: 12, high: 21 }
    expect(labelOf(short, long)).toBe('CPU')
    expect(labelOf(long, short)).toBe('GPU')
    expect(labelOf(short, { ...long, low: 11 })).toBe('undecided')
  })
})

describe('isTight', () => {
  it('looks at both ends', () => {
    expect(isTight({ median: 100, low: 95, high: 105 }, 0.05)).toBe(true)
    expect(isTight({ median: 100, low: 94, high: 101 }, 0.05)).toBe(false)
    expect(isTight({ median: 100, low: 99, high: 106 }, 0.05)).toBe(false)
  })
})

describe('batchedInterval', () => {
  it('is that of the times where batches are alike, that of the batches where they are not', () => {
    const alike = Array.from({ length: 8 }, (_, b) =>
      Float64Array.from({ length: 20 }, (_, i) => 100 + ((i * 7 + b) % 10)),
    )
    const apart = alike.map((batch, b) => batch.map((time) => time + 50 * ((b * 3) % 8)))
    const [close, far] = [batchedInterval(alike), batchedInterval(apart)]
    expect(close.high - close.low).toBeLessThan(5)
    expect(far.low).toBeLessThanOrEqual(medianOf(apart[0]) + 50)
    expect(far.high).toBeGreaterThanOrEqual(medianOf(apart[0]) + 300)
  })

  it('is the whole range for a few batches', () => {
    const batches = [Float64Array.of(3, 1), Float64Array.of(2, 9)]
    expect(batchedInterval(batches)).toEqual({ median: 2.5, low: 1, high: 9 })
  })
})

describe('repeatUntilTight', () => {
  const repetition = (kernelNs: number): { writeNs: number; kernelNs: number; readNs: number } => {
    return { writeNs: 10, kernelNs, readNs: 20 }
  }

  it('drops the warm-up, keeps outliers and stops after six batches where the intervals are narrow', async () => {
    const asked: number[] = []
    const run = async (count: number) => {
      asked.push(count)
      const isOutlier = (i: number): boolean => asked.length === 1 || (asked.length === 2 && i === 1)
      return Array.from({ length: count }, (_, i) => repetition(isOutlier(i) ? 9000 : 1000 + (i % 3)))
    }
    const times = await repeatUntilTight(run, resolveRepeatOptions({ maxRepetitions: 60, budgetMs: 400 }))
    expect(asked).toEqual([3, 10, 10, 10, 10, 10, 10])
    expect(times).toMatchObject({ isTight: true, warmUps: 3, kernel: { median: 1001 }, total: { median: 1031 } })
    if (!('kernelNs' in times)) throw new Error('expected times')
    expect([...times.kernelNs].filter((time) => time === 9000)).toHaveLength(1)
  })

  it('goes on where they are not, up to the most repetitions, and says so', async () => {
    const source = noise(7, 0)
    const slow = async (count: number) => {
      await new Promise((resolve) => setTimeout(resolve, 10 * count))
      return Array.from({ length: count }, () => repetition(1000 * Math.exp(source.next().value as number)))
    }
    const times = await repeatUntilTight(slow, resolveRepeatOptions({ maxRepetitions: 20, budgetMs: 1000 }))
    expect(times).toMatchObject({ isTight: false })
    if (!('kernelNs' in times)) throw new Error('expected times')
    expect(times.kernelNs).toHaveLength(20)
    expect(times.kernel.median).toBe(medianOf(times.kernelNs))
  })

  it('ends with the budget, but not before the fewest repetitions', async () => {
    let runs = 0
    const run = async (count: number) => {
      runs += count
      await new Promise((resolve) => setTimeout(resolve, 5 * count))
      return Array.from({ length: count }, (_, i) => repetition((runs + i) % 2 === 0 ? 1 : 1000))
    }
    const times = await repeatUntilTight(run, resolveRepeatOptions({ budgetMs: 12 }))
    expect(runs).toBe(3 + 10)
    expect(times).toMatchObject({ isTight: false })
  })

  it('ends with what went wrong', async () => {
    const failure = { ok: false, log: 'the device is gone' } as const
    expect(await repeatUntilTight(async () => failure, resolveRepeatOptions())).toBe(failure)
  })

  it('refuses options that make no sense, by name', () => {
    expect(() => resolveRepeatOptions({ minRepetitions: 5 })).toThrow(
      'minRepetitions: expected an integer from 6 to 100000, received 5',
    )
    expect(() => resolveRepeatOptions({ tolerance: 0 })).toThrow(/^tolerance: expected a number above 0/)
    expect(() => resolveRepeatOptions({ budgetMs: Number.NaN })).toThrow(/^budgetMs: /)
  })
})
