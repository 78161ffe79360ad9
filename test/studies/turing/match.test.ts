import { describe, expect, it } from 'vitest'
import { bandOf, finenesses } from '../../../studies/turing/export/bands.ts'
import { type Candidate, withoutCopies } from '../../../studies/turing/export/candidates.ts'
import { fitClassifier, logsOf } from '../../../studies/turing/export/classifier.ts'
import { layoutNames } from '../../../studies/turing/export/covariates.ts'
import { matchGroups } from '../../../studies/turing/export/match.ts'
import { Random } from '../../../synth/random.ts'
import { sampleCandidates } from './sample-corpora.ts'

const human = sampleCandidates('human', 120, 21)
const machine = sampleCandidates('machine', 60, 22)
const control = sampleCandidates('control', 60, 23)
const options = { items: 24, machines: ['machine'], fineness: 'medium' as const }

/** Kernels of one group per band. */
function countBands(kernels: readonly { readonly band: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { band } of kernels) counts[band] = (counts[band] ?? 0) + 1
  return counts
}

describe('matchGroups', { timeout: 20_000 }, () => {
  it('takes as many of each kind from each band, and no kernel twice', () => {
    const match = matchGroups([...human, ...machine, ...control], options, new Random(1))
    if (!match.ok) throw new Error(match.reason)
    const of = (arm: string, corpus: string) =>
      countBands(match.selected.filter((one) => one.arm === arm && one.candidate.source.name === corpus))
    expect(Object.values(of('machine', 'machine')).reduce((sum, n) => sum + n, 0)).toBe(12)
    for (const [arm, corpus] of [
      ['machine', 'human'],
      ['control', 'human'],
      ['control', 'control'],
    ]) {
      expect(of(arm, corpus)).toEqual(of('machine', 'machine'))
    }
    expect(new Set(match.selected.map(({ candidate }) => candidate.contentKey)).size).toBe(48)
    for (const { candidate, band } of match.selected) expect(bandOf(candidate.covariates, 'medium')).toBe(band)
  })

  it('shares the places of machines among several corpora alike', () => {
    const second = sampleCandidates('machine', 60, 24, 'other')
    const both = { ...options, machines: ['machine', 'other'] }
    const match = matchGroups([...human, ...machine, ...second, ...control], both, new Random(1))
    if (!match.ok) throw new Error(match.reason)
    const counts = ['human', 'machine', 'other', 'control'].map(
      (name) => match.selected.filter(({ candidate }) => candidate.source.name === name).length,
    )
    expect(counts).toEqual([24, 6, 6, 12])
  })

  it('refuses items that do not divide', () => {
    const both = { ...options, machines: ['machine', 'other'], items: 30 }
    expect(() => matchGroups(human, both, new Random(1))).toThrow(
      /items: expected a multiple of 4 .* received 30; try 32/,
    )
  })

  it('says which band lacks which corpus, and what would help', () => {
    const long = human.filter(({ covariates }) => covariates.tokens > 380)
    const match = matchGroups([...long, ...machine, ...control], options, new Random(1))
    if (match.ok) throw new Error('matched what cannot be')
    expect(match.reason).toMatch(/24 items need 12 units of matched kernels, and the bands allow \d+/)
    expect(match.reason).toMatch(/\d+ to \d+ tokens.*: human 0, machine \d+, control \d+; lacks human/)
    expect(match.reason).toMatch(/What would help: more kernels of the corpora named above/)
  })

  it('keeps its word: the number of items that it advises can be had', () => {
    const few = human.slice(0, 22)
    const all = [...few, ...machine, ...control]
    const match = matchGroups(all, options, new Random(1))
    if (match.ok) throw new Error('matched what cannot be')
    expect(match.reason).toMatch(/--bands coarse \(\d+ items\)/)
    const items = Number(/--items (\d+)/.exec(match.reason)?.[1])
    expect(matchGroups(all, { ...options, items }, new Random(1)).ok).toBe(true)
    expect(matchGroups(all, { ...options, items: items + 2 }, new Random(1)).ok).toBe(false)
  })
})

describe('the classifier', { timeout: 20_000 }, () => {
  /** Layout, as matched or as drawn from corpora that differ in size. */
  const accuracy = (kernels: readonly Candidate[], fittedTo: readonly Candidate[]): number => {
    const rows = (all: readonly Candidate[]) => all.map(({ covariates }) => logsOf(covariates, layoutNames))
    const labels = (all: readonly Candidate[]) => all.map(({ source }) => source.origin === 'human')
    const scoreOf = fitClassifier(rows(fittedTo), labels(fittedTo))
    const truth = labels(kernels)
    return rows(kernels).filter((row, i) => scoreOf(row) > 0 === truth[i]).length / kernels.length
  }
  // Human kernels are long, machine kernels short: size gives the answer away.
  const long = sampleCandidates('human', 260, 31).filter(({ covariates }) => covariates.tokens > 200)
  const short = sampleCandidates('machine', 260, 32).filter(({ covariates }) => covariates.tokens < 270)

  it('tells unmatched groups by their layout, and matched ones no better than chance', () => {
    const own = { items: 24, machines: ['machine'], fineness: 'medium' as const }
    const match = matchGroups([...long, ...short, ...control], own, new Random(3))
    if (!match.ok) throw new Error(match.reason)
    const rest = match.rest.filter(({ source }) => source.origin !== 'control')
    expect(accuracy(rest, rest)).toBeGreaterThan(0.7)
    const shown = match.selected.filter(({ arm }) => arm === 'machine').map(({ candidate }) => candidate)
    // Of 24, chance reaches 17 in one of twenty.
    expect(accuracy(shown, rest)).toBeLessThan(17 / 24)
  })
})

describe('bandOf', () => {
  it('gives narrower bands for finer matching', () => {
    const bands = finenesses.map(
      (fineness) => new Set(human.map(({ covariates }) => bandOf(covariates, fineness))).size,
    )
    expect(bands[0]).toBeLessThan(bands[1])
    expect(bands[1]).toBeLessThan(bands[2])
  })

  it('names the tokens that it holds', () => {
    for (const { covariates } of human) {
      const [, low, high] = /^(\d+) to (\d+) tokens/.exec(bandOf(covariates, 'fine'))!.map(Number)
      expect(covariates.tokens).toBeGreaterThanOrEqual(low)
      expect(covariates.tokens).toBeLessThanOrEqual(high)
    }
  })
})

describe('withoutCopies', () => {
  it('leaves out what two corpora have, also with other literals, and what machines copied from people', () => {
    const copy = { ...human[0], source: machine[0].source }
    const longest = human.reduce((a, b) => (a.tokens.length > b.tokens.length ? a : b))
    const partly = { ...machine[1], tokens: [...machine[1].tokens.slice(0, 9), ...longest.tokens.slice(20, 90)] }
    const { kept, dropped } = withoutCopies([...human, copy, machine[0], partly])
    expect(dropped).toBe(3)
    expect(kept).not.toContain(human[0])
    expect(kept).not.toContain(partly)
    expect(kept).toContain(machine[0])
  })
})
