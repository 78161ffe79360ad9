import { describe, expect, it } from 'vitest'
import {
  errorReductions,
  formatCommittee,
  inspectCommittee,
  marginScore,
  type Poll,
  parseCommittee,
  pickApart,
  poll,
  scoreCandidates,
  trainCommittee,
  voteEntropy,
} from '../../../active-learning/committee/index.ts'
import type { CombinedFeatures, GreweRow } from '../../../active-learning/data-set.ts'
import { modelledRows } from '../modelled.ts'

const rows = modelledRows(60, 1)
const committee = trainCommittee(rows, { seed: 4 })

function polled(...probabilities: number[]): Poll {
  const gpuVotes = probabilities.filter((value) => value > 0.5).length
  return { probabilities, gpuVotes, label: 2 * gpuVotes > probabilities.length ? 'GPU' : 'CPU' }
}

describe('trainCommittee', () => {
  it('gives the same committee for the same rows and seed, and another for another seed', () => {
    expect(trainCommittee(rows, { seed: 4 })).toEqual(committee)
    expect(trainCommittee(rows, { seed: 5 })).not.toEqual(committee)
  })

  it('leaves the other members as they are when there is one more', () => {
    const more = trainCommittee(rows, { seed: 4, members: { mlp: 4 } })
    const others = ({ kind }: { kind: string }) => kind !== 'mlp'
    expect(more.members.filter(others)).toEqual(committee.members.filter(others))
    expect(more.members.slice(0, 3)).toEqual(committee.members.slice(0, 3))
  })

  it('learns: it labels rows that it has not seen better than always the same device', () => {
    const fresh = modelledRows(60, 2)
    const right = fresh.filter(({ features, label }) => poll(committee, features).label === label).length
    const gpus = fresh.filter(({ label }) => label === 'GPU').length
    expect(right / fresh.length).toBeGreaterThan(Math.max(gpus, fresh.length - gpus) / fresh.length + 0.05)
  })

  it('has members that differ within a kind, by bags alone too', () => {
    const bags = committee.members.map(({ bag }) => bag.join())
    expect(new Set(bags).size).toBe(committee.members.length)
    const plain = trainCommittee(rows, { seed: 4, isBagged: false })
    expect(plain.members.every(({ bag }) => bag.length === 0)).toBe(true)
  })

  it.each([
    [{ mlp: -1 }, 'members.mlp: expected an integer from 0 to 64, received -1'],
    [{ mlp: 0, 'k-means': 0, 'k-nn': 0, 'naive-bayes': 0, tree: 0 }, 'members: expected one at least, received none'],
    [{ oracle: 1 } as object, "received 'oracle'"],
  ])('refuses %j', (members, message) => {
    expect(() => trainCommittee(rows, { seed: 1, members })).toThrow(message)
  })
})

describe('acquisition', () => {
  it('is greatest where votes are even, and nothing where they agree', () => {
    expect(voteEntropy(polled(0.9, 0.8, 0.1, 0.2))).toBe(1)
    expect(voteEntropy(polled(0.9, 0.8, 0.7))).toBe(0)
    expect(voteEntropy(polled(0.9, 0.2, 0.2, 0.2))).toBeCloseTo(0.8113, 4)
    expect(marginScore(polled(0.5, 0.5))).toBe(1)
    expect(marginScore(polled(1, 1))).toBe(0)
    expect(marginScore(polled(0.9, 0.5))).toBeCloseTo(0.6, 12)
  })

  it('scores as a committee votes', () => {
    const candidates = modelledRows(30, 3).map(({ features }) => features)
    const scores = scoreCandidates('vote-entropy', committee, rows, candidates, [])
    const best = scores.indexOf(Math.max(...scores))
    const worst = scores.indexOf(Math.min(...scores))
    expect(voteEntropy(poll(committee, candidates[best]))).toBeGreaterThan(0.5)
    expect(voteEntropy(poll(committee, candidates[worst]))).toBe(0)
  })

  it('expects more of a label where the pool lies than of one far off', () => {
    const rowAt = (f1: number, label: 'CPU' | 'GPU'): GreweRow => ({ ...rows[0], features: [f1, 0, 0, 1], label })
    const known = [10, 12, 14, 16].flatMap((f1) => [rowAt(f1, 'CPU'), rowAt(100 * f1, 'GPU')])
    const own = trainCommittee(known, { seed: 1 })
    const pool = [110, 120, 130].map((f1): CombinedFeatures => [f1, 0, 0, 1])
    const [near, far] = errorReductions(own, known, [pool[1], [1e7, 0, 0, 1]], pool)
    expect(near).toBeGreaterThan(0)
    expect(near).toBeGreaterThan(far + 0.02)
  })

  it('works expected error out for the most disputed candidates only, the same each time', () => {
    const features = (seed: number) => modelledRows(10, seed).map((row) => row.features)
    const reductions = errorReductions(committee, rows.slice(0, 40), features(6), features(5))
    expect(reductions.filter(Number.isFinite)).toHaveLength(24)
    expect(errorReductions(committee, rows.slice(0, 40), features(6), features(5))).toEqual(reductions)
  })

  it('picks best first, but not two beside one another', () => {
    const points = [[0], [0.01], [3], [6]]
    expect(pickApart([5, 4.9, 3, 1], points, 3)).toEqual([0, 2, 3])
    expect(pickApart([1, Number.NEGATIVE_INFINITY, 1], [[0], [0], [9]], 9)).toEqual([0, 2, 1])
  })
})

describe('a committee file', () => {
  it('gives the committee back to the last bit', () => {
    const text = formatCommittee(committee)
    const loaded = parseCommittee(text, 'c.json')
    expect(loaded).toEqual(committee)
    expect(formatCommittee(loaded)).toBe(text)
  })

  it.each([
    ['x', 'expected JSON'],
    ['7', 'expected an object'],
    ['{}', "expected format 'benchsteer-committee'"],
    [formatCommittee(committee).replace('"version":1', '"version":2'), 'expected version 1, received 2'],
    [formatCommittee(committee).replace(/"seed":4/, '"seed":5'), 'expected content with hash'],
  ])('refuses %.20s', (text, message) => {
    expect(() => parseCommittee(text, 'c.json')).toThrow(message)
    expect(() => parseCommittee(text, 'c.json')).toThrow('committee c.json:')
  })

  it('can be looked into, member by member', () => {
    const { accuracy, members } = inspectCommittee(committee, rows)
    expect(accuracy).toBeGreaterThan(0.8)
    expect(members).toHaveLength(committee.members.length)
    expect(members[0]).toMatchObject({ kind: 'mlp', details: '4-8-1, 60 epochs' })
    for (const { seen, accuracy: own, agreement } of members) {
      expect(seen).toBeLessThan(rows.length)
      expect(Math.min(own, agreement)).toBeGreaterThan(0.5)
    }
  })
})
