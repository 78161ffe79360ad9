import { describe, expect, it } from 'vitest'
import { Random } from '../../synth/index.ts'
import { logSoftmax, type SamplingOptions, sampleToken } from '../../synth/sampling.ts'

const probabilities = [0.5, 0.3, 0.15, 0.05]
const scores = Float32Array.from([99, ...probabilities.map(Math.log), 99])

/** Share of each token over many draws. */
function shares(options: SamplingOptions, allows?: (token: number) => boolean): number[] {
  const rng = new Random(1)
  const counts = probabilities.map(() => 0)
  for (let i = 0; i < 8000; i++) counts[sampleToken(scores, 1, 4, options, rng, allows)?.token ?? 0]++
  return counts.map((count) => Math.round((count / 8000) * 50) / 50)
}

describe('sampleToken', () => {
  it('draws by probability, from its own part of the logits', () => {
    expect(shares({ temperature: 1, topP: 1 })).toEqual([0.5, 0.3, 0.16, 0.04].map((p) => expect.closeTo(p, 1)))
  })

  it('sharpens and flattens with temperature', () => {
    const squared = probabilities.map((p) => p ** 2)
    const total = squared.reduce((a, b) => a + b)
    expect(shares({ temperature: 0.5, topP: 1 })).toEqual(squared.map((p) => expect.closeTo(p / total, 1)))
    expect(shares({ temperature: 0.01, topP: 1 })).toEqual([1, 0, 0, 0])
    const flat = shares({ temperature: 4, topP: 1 })
    expect(flat[0] - flat[3]).toBeLessThan(0.25)
  })

  it('sharpens the choice within a range, which stays as likely as it was', () => {
    const drawn = shares({ temperature: 1, topP: 1, sharpened: { start: 1, end: 3, temperature: 0.5 } })
    const within = [0.3, 0.15].map((p) => (0.45 * p ** 2) / (0.3 ** 2 + 0.15 ** 2))
    expect(drawn).toEqual([0.5, ...within, 0.05].map((p) => expect.closeTo(p, 1)))
    const greedy = shares({ temperature: 1, topP: 1, sharpened: { start: 1, end: 4, temperature: 0.01 } })
    expect(greedy).toEqual([expect.closeTo(0.5, 1), expect.closeTo(0.5, 1), 0, 0])
    expect(shares({ temperature: 1, topP: 1, sharpened: { start: 3, end: 9, temperature: 0.1 } })).toEqual(
      shares({ temperature: 1, topP: 1 }),
    )
  })

  it('keeps to the smallest nucleus of the given mass', () => {
    expect(shares({ temperature: 1, topP: 0.5 })).toEqual([1, 0, 0, 0])
    expect(shares({ temperature: 1, topP: 0.51 }).slice(2)).toEqual([0, 0])
    expect(shares({ temperature: 1, topP: 0.51 })[0]).toBeCloseTo(0.5 / 0.8, 1)
    expect(shares({ temperature: 1, topP: 0.9 })[3]).toBe(0)
  })

  it('draws only what is allowed, and undefined where nothing likely is', () => {
    expect(shares({ temperature: 1, topP: 1 }, (token) => token === 2)).toEqual([0, 0, 1, 0])
    const options = { temperature: 1, topP: 1 }
    expect(sampleToken(scores, 1, 4, options, new Random(1), () => false)).toBeUndefined()
  })

  it('gives the log-probability, whatever the temperature', () => {
    const drawn = sampleToken(scores, 1, 4, { temperature: 0.01, topP: 0.1 }, new Random(1))
    expect(drawn).toEqual({ token: 0, logProbability: expect.closeTo(Math.log(0.5), 4) })
    const only = sampleToken(scores, 1, 4, { temperature: 2, topP: 1 }, new Random(1), (token) => token === 3)
    expect(only?.logProbability).toBeCloseTo(Math.log(0.05), 4)
  })

  it('draws the same for the same seed, ties by token', () => {
    const options = { temperature: 1, topP: 0.9 }
    const draw = (seed: number): number[] => {
      const rng = new Random(seed)
      return Array.from({ length: 50 }, () => sampleToken(scores, 1, 4, options, rng)?.token ?? -1)
    }
    expect(draw(3)).toEqual(draw(3))
    expect(draw(3)).not.toEqual(draw(4))
    const equal = sampleToken(new Float32Array(8), 0, 8, { temperature: 1, topP: 0.01 }, new Random(1))
    expect(equal?.token).toBe(0)
  })
})

describe('logSoftmax', () => {
  it('turns the logits of each row into log-probabilities, large ones too', () => {
    const expected = probabilities.map(Math.log)
    const logits = Float32Array.from([...expected.map((logit) => logit + 400), ...expected.map((logit) => logit - 400)])
    for (const [i, score] of logSoftmax(logits, 4).entries()) expect(score).toBeCloseTo(expected[i % 4], 3)
  })
})
