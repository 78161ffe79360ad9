import { describe, expect, it } from 'vitest'
import { Random } from '../../synth/index.ts'
import { countClasses, Surrogate } from '../../synth/search/surrogate.ts'

describe('Surrogate', () => {
  it('finds the weights of classes whose effects add up', () => {
    const rng = new Random(1)
    const weights: Record<string, readonly number[]> = { '+:ff': [1, 2], '+:ii': [1, 0], '[:gi': [0, 3], if: [2, -1] }
    const surrogate = new Surrogate(2)
    const draw = (): Map<string, number> => new Map(Object.keys(weights).map((name) => [name, rng.below(7) - 3]))
    const effect = (counts: ReadonlyMap<string, number>, f: number): number =>
      [...counts].reduce((sum, [name, count]) => sum + count * weights[name][f], 0)
    for (let i = 0; i < 200; i++) {
      const counts = draw()
      surrogate.observe(counts, Float64Array.of(effect(counts, 0), effect(counts, 1)), 0.01)
    }
    for (let i = 0; i < 20; i++) {
      const counts = draw()
      const predicted = surrogate.predict(counts)
      expect(predicted[0]).toBeCloseTo(effect(counts, 0), 1)
      expect(predicted[1]).toBeCloseTo(effect(counts, 1), 1)
    }
  })

  it('knows nothing at first, and guesses a new class from its broad class', () => {
    const surrogate = new Surrogate(1)
    expect(surrogate.predict(new Map([['+:ff', 5]]))).toEqual(Float64Array.of(0))
    for (let i = 0; i < 50; i++) {
      surrogate.observe(new Map([['+:ff', 1]]), Float64Array.of(4), 0.1)
      surrogate.observe(new Map([['+:ii', 1]]), Float64Array.of(2), 0.1)
    }
    const [unseen] = surrogate.predict(new Map([['+:dd', 1]]))
    expect(unseen).toBeGreaterThan(1)
    expect(unseen).toBeLessThan(4)
  })

  it('trusts noisy observations less', () => {
    const learn = (noise: number): number => {
      const surrogate = new Surrogate(1)
      surrogate.observe(new Map([['if', 1]]), Float64Array.of(10), noise)
      return surrogate.predict(new Map([['if', 1]]))[0]
    }
    expect(learn(0.1)).toBeGreaterThan(learn(1))
    expect(learn(1)).toBeGreaterThan(learn(100))
  })

  it('keeps to its capacity, however many classes there are', () => {
    const surrogate = new Surrogate(1)
    for (let i = 0; i < 500; i++) surrogate.observe(new Map([[`call:f${i}`, 1]]), Float64Array.of(1), 1)
    expect(surrogate.predict(new Map([['call:f499', 1]]))[0]).toBeCloseTo(1, 0)
  })
})

it('counts classes, with sign, and skips what costs nothing', () => {
  const counts = countClasses(['+:ff', '', 'if', '+:ff'], -1)
  expect([...counts]).toEqual([
    ['+:ff', -2],
    ['if', -1],
  ])
  expect([...countClasses(['if', 'for'], 1, counts)]).toEqual([
    ['+:ff', -2],
    ['if', 0],
    ['for', 1],
  ])
})
