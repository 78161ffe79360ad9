import { describe, expect, it } from 'vitest'
import { type Candidate, Random, special } from '../../synth/index.ts'
import {
  chooseParent,
  HoleTally,
  type ProposalRequest,
  proposeInfill,
  proposeScratch,
} from '../../synth/search/propose.ts'
import { candidateOf, sampleCandidate } from './sample-candidate.ts'
import { seedForms, seedTokenizer } from './seed-forms.ts'

const prefix = { ids: [0, 2], buckets: [3, 4] }
const common = { tokenizer: seedTokenizer, prefix, maxRow: 1024, directed: 0.5, generation: 7 }
const request: ProposalRequest = { ...common }

const candidates: readonly Candidate[] = seedForms
  .filter((_, i) => i % 5 === 0)
  .map(({ key, text, tokens }) => sampleCandidate({ key, text, tokens }))

describe('proposeInfill', () => {
  it('opens a kernel so that what stood there would give it back', () => {
    const rng = new Random(1)
    for (const parent of candidates) {
      const proposal = proposeInfill(request, parent, new HoleTally(), rng)
      if (proposal === undefined) continue
      const { left, right, context, step } = proposal
      const [start, end] = step.holeSpan
      expect([...left, ...parent.tokens.slice(start, end), ...right]).toEqual(parent.tokens)
      expect(context.ids.filter((id) => id === special.HOLE)).toHaveLength(1)
      expect(seedTokenizer.decode(context.ids)).toEqual([...left, ...right])
      expect(context.ids.length + prefix.ids.length + proposal.maxTokens).toBeLessThanOrEqual(request.maxRow)
      expect(step).toMatchObject({ generation: 7, parent: parent.key, holeKind: proposal.hole })
    }
  })

  it('proposes the same for the same seed', () => {
    const propose = (seed: number): unknown => proposeInfill(request, candidates[3], new HoleTally(), new Random(seed))
    expect(propose(5)).toEqual(propose(5))
    expect(Array.from({ length: 9 }, (_, seed) => propose(seed))).not.toEqual(
      Array.from({ length: 9 }, () => propose(0)),
    )
  })

  it('is directed as often as asked, and says so', () => {
    for (const [directed, low, high] of [
      [0, 0, 0],
      [1, 200, 200],
      [0.5, 70, 130],
    ]) {
      const rng = new Random(2)
      const proposals = Array.from({ length: 200 }, () => proposeScratch({ ...request, directed }, rng))
      const count = proposals.filter(({ context, step }) => {
        expect(step.proposal.startsWith(context.prefix.ids.length > 0 ? 'directed' : 'undirected')).toBe(true)
        return context.prefix.ids.length > 0
      }).length
      expect(count).toBeGreaterThanOrEqual(low)
      expect(count).toBeLessThanOrEqual(high)
    }
  })

  it('gives up kernels that do not fit the model', () => {
    const propose = (parent: Candidate, changes: Partial<ProposalRequest> = {}): unknown =>
      proposeInfill({ ...request, ...changes }, parent, new HoleTally(), new Random(1))
    const kernel = candidateOf('kernel void k(global int* a) { a[0] = 1; }')
    expect(propose(kernel)).toBeDefined()
    expect(propose(kernel, { maxRow: 20 })).toBeUndefined()
    const many = Array.from({ length: 40 }, (_, i) => `int a${i}`).join(', ')
    expect(propose(candidateOf(`kernel void k(${many}) { }`))).toBeUndefined()
  })
})

it('opens the empty kernel after `kernel void`', () => {
  const { left, right, context, step, hole } = proposeScratch(request, new Random(1))
  expect({ left, right, hole }).toEqual({ left: ['kernel', 'void'], right: [], hole: 'scratch' })
  expect(context.ids).toEqual([seedTokenizer.idOf('kernel'), seedTokenizer.idOf('void'), special.HOLE])
  expect(step).toMatchObject({ parent: null, holeKind: 'scratch', holeSpan: [2, 2] })
})

it('chooses better parents more often, and every one at times', () => {
  const beam = [0, 1, 2, 3].map((id) => sampleCandidate({ id }))
  const rng = new Random(1)
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < 4000; i++) counts[chooseParent(beam, rng).id]++
  expect([...counts].sort((a, b) => b - a)).toEqual(counts)
  expect(counts[3]).toBeGreaterThan(500)
})

it('opens what a kernel is better off without', () => {
  // As if every token but names were too much, or too little.
  const meanOwned = (sign: -1 | 0 | 1): number => {
    const rng = new Random(4)
    const owned = ({ tokens }: Candidate, start: number, end: number): number =>
      tokens.slice(start, end).filter((token) => !/^[a-z]/.test(token)).length
    const effortWithout = (parent: Candidate, start: number, end: number): number => sign * owned(parent, start, end)
    const counts = Array.from({ length: 120 }, () => {
      const parent = candidates[rng.below(candidates.length)]
      const asked = sign === 0 ? request : { ...request, effortWithout }
      const span = proposeInfill(asked, parent, new HoleTally(), rng)?.step.holeSpan
      return span === undefined ? 0 : owned(parent, ...span)
    })
    return counts.reduce((a, b) => a + b) / counts.length
  }
  expect(meanOwned(-1)).toBeGreaterThan(meanOwned(0))
  expect(meanOwned(1)).toBeLessThan(meanOwned(0))
})

describe('HoleTally', () => {
  it('prefers kinds that succeed at little cost, lets none die out, and forgets', () => {
    const tally = new HoleTally()
    const untried = tally.weight('body')
    for (let i = 0; i < 50; i++) {
      tally.record('expression', 1, 100)
      tally.record('statement', 1, 800)
      tally.record('body', 0, 100)
    }
    const [expression, statement, body] = (['expression', 'statement', 'body'] as const).map((kind) =>
      tally.weight(kind),
    )
    expect(expression).toBeGreaterThan(statement)
    expect(statement).toBeGreaterThan(body)
    expect(body).toBeGreaterThan(0)
    expect(body).toBeLessThan(untried)
    for (let i = 0; i < 3000; i++) tally.record('loop-body', 0, 0)
    expect(tally.weight('expression')).toBeCloseTo(untried, 4)
  })
})
