import { describe, expect, it } from 'vitest'
import { askMlp, lossAndGradient, newMlp, trainMlp } from '../../../active-learning/committee/mlp.ts'
import type { Example } from '../../../active-learning/committee/scaling.ts'
import { Random } from '../../../synth/index.ts'

const xor: readonly Example[] = [
  { point: [-1, -1], label: 'CPU' },
  { point: [-1, 1], label: 'GPU' },
  { point: [1, -1], label: 'GPU' },
  { point: [1, 1], label: 'CPU' },
]

describe('a multilayer perceptron', () => {
  it('has the gradient that differences of its loss have', () => {
    const sizes = [3, 5, 4, 1]
    const rng = new Random(7)
    const batch = Array.from({ length: 6 }, (_, i): Example => {
      return { point: [rng.next() - 0.5, 2 * rng.next(), -rng.next()], label: i % 2 === 0 ? 'CPU' : 'GPU' }
    })
    const { parameters } = newMlp(sizes, 3)
    const { gradient } = lossAndGradient(sizes, parameters, batch)
    const step = 1e-5
    const lossWith = (i: number, change: number): number =>
      lossAndGradient(
        sizes,
        parameters.map((value, j) => (i === j ? value + change : value)),
        batch,
      ).loss
    for (const i of parameters.keys()) {
      expect(gradient[i]).toBeCloseTo((lossWith(i, step) - lossWith(i, -step)) / (2 * step), 7)
    }
    expect(gradient.some((value) => Math.abs(value) > 1e-3)).toBe(true)
  })

  it('learns XOR, which no line parts, from every one of ten seeds', () => {
    for (let seed = 0; seed < 10; seed++) {
      const model = trainMlp(newMlp([2, 8, 1], seed), xor, 400)
      for (const { point, label } of xor) expect(askMlp(model, point) > 0.5).toBe(label === 'GPU')
    }
  })

  it('goes on after a stop to the numbers that it would have had, also from a file', () => {
    const whole = trainMlp(newMlp([2, 4, 1], 5), xor, 30)
    const stopped = JSON.parse(JSON.stringify(trainMlp(newMlp([2, 4, 1], 5), xor, 11)))
    expect(trainMlp(stopped, xor, 30)).toEqual(whole)
    expect(trainMlp(whole, xor, 30)).toEqual(whole)
  })

  it('differs by seed', () => {
    expect(newMlp([2, 4, 1], 1).parameters).not.toEqual(newMlp([2, 4, 1], 2).parameters)
  })
})
