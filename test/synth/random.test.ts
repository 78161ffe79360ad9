import { describe, expect, it } from 'vitest'
import { Random } from '../../synth/index.ts'

const draw = (rng: Random, count = 20): number[] => Array.from({ length: count }, () => rng.next())

describe('Random', () => {
  it('gives the same values for the same seed, others for others', () => {
    for (const seed of [0, 1, -5, 123456789, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      expect(draw(new Random(seed))).toEqual(draw(new Random(seed)))
    }
    const firsts = Array.from({ length: 500 }, (_, seed) => new Random(seed).next())
    expect(new Set(firsts).size).toBe(500)
    expect(firsts.reduce((a, b) => a + b) / 500).toBeCloseTo(0.5, 1)
  })

  it('stays in [0, 1) and fills it evenly', () => {
    const values = draw(new Random(3), 10_000)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = values.filter((value) => Math.floor(value * 10) === tenth).length / values.length
      expect(share).toBeCloseTo(0.1, 1)
    }
  })

  it('forks generators that do not disturb their parent, nor each other', () => {
    const [quiet, busy] = [new Random(7), new Random(7)]
    quiet.fork()
    draw(busy.fork(), 1000)
    expect(draw(busy)).toEqual(draw(quiet))
    const parent = new Random(7)
    const [a, b] = [parent.fork(), parent.fork()]
    expect(draw(a)).not.toEqual(draw(b))
    expect(draw(new Random(7).fork())).toEqual(draw(new Random(7).fork()))
  })

  it('draws below a bound and from a list', () => {
    const rng = new Random(1)
    expect(new Set(Array.from({ length: 500 }, () => rng.below(5)))).toEqual(new Set([0, 1, 2, 3, 4]))
    expect(new Set(Array.from({ length: 100 }, () => rng.pick(['a', 'b'])))).toEqual(new Set(['a', 'b']))
    expect(rng.below(1)).toBe(0)
  })

  it('draws in proportion to weights, never what has none', () => {
    const rng = new Random(2)
    const counts = [0, 0, 0, 0]
    for (let i = 0; i < 6000; i++) counts[rng.weighted([1, 0, 2, 3])]++
    expect(counts[1]).toBe(0)
    expect(counts.map((count) => count / 1000).map(Math.round)).toEqual([1, 0, 2, 3])
    expect(rng.weighted([0, 5])).toBe(1)
  })
})
