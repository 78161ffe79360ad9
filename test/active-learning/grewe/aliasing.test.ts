import { describe, expect, it } from 'vitest'
import { combinedFeatures, type GreweRow } from '../../../active-learning/data-set.ts'
import { aliasCost, findAliases } from '../../../active-learning/grewe/aliasing/find-aliases.ts'
import { pairDifferences, proposeAliasPairs } from '../../../active-learning/grewe/aliasing/propose-pairs.ts'
import { rankSeparators } from '../../../active-learning/grewe/aliasing/rank-separators.ts'
import { autophase, grewe } from '../../../features/index.ts'
import { checkFeasibility, Random } from '../../../synth/index.ts'
import { sampleRow } from './rows.ts'

/** Rows at one point; the larger kernels run faster on the GPU, and `noise` says nothing. */
function aliased(count: number, seed: number): GreweRow[] {
  const rng = new Random(seed)
  return Array.from({ length: count }, (_, i) => {
    const size = 1 + (i % 4)
    const counts = { comp: 4 * size, rational: 1, mem: 2 * size, localmem: 0, coalesced: size, atomic: 0 }
    const runtimeGpuMs = size > 2 ? 1 : 3
    const extras = { noise: rng.below(4), id: i, 'instcount.Br': size > 2 ? 5 : 9, same: 1, gpu_kernel: runtimeGpuMs }
    return sampleRow({ program: `p${i}`, counts, transferBytes: 600 * size, runtimeGpuMs, extras })
  })
}

describe('findAliases', () => {
  it('groups rows of equal features and both labels, and counts what must be wrong', () => {
    const rows = [...aliased(6, 1), sampleRow({ counts: { ...sampleRow().counts, comp: 99 } })]
    const points = findAliases(rows)
    expect(points.map(({ rows: equal }) => equal.length)).toEqual([6])
    expect(aliasCost(points)).toEqual({ rows: 6, wrongAtLeast: 2 }) // sizes 1 2 3 4 1 2
    expect(findAliases(rows.filter(({ label }) => label === 'GPU'))).toEqual([])
  })
})

describe('rankSeparators', () => {
  it('ranks what decides the label first, and what is chance no higher than chance', () => {
    const ranked = rankSeparators(findAliases(aliased(80, 1)), { deals: 100, rng: new Random(1) })
    const names = ranked.map(({ name }) => name)
    expect(names[0]).toBe('instcount.Br')
    // Without `gpu_kernel`, a time, which the label is made of.
    expect(new Set(names)).toEqual(new Set(['instcount.Br', 'comp', 'mem', 'coalesced', 'transfer', 'noise', 'id']))
    const of = (name: string) => ranked.find((one) => one.name === name)
    expect(of('instcount.Br')).toMatchObject({ gain: 1, rows: 80, separated: 1 })
    expect(of('instcount.Br')?.p).toBeLessThan(0.02)
    expect(of('noise')?.p).toBeGreaterThan(0.05)
    // A number that is different in every row parts them all, which proves nothing.
    expect(of('id')).toMatchObject({ gain: 1, chance: 1, p: 1, separated: 1 })
  })

  it('knows numbers that only some rows have', () => {
    const rows = aliased(20, 1).map((row, i) => (i < 10 ? row : { ...row, extras: {} }))
    const [first] = rankSeparators(findAliases(rows), { deals: 20, rng: new Random(1) }).filter(
      ({ name }) => name === 'instcount.Br',
    )
    expect(first).toMatchObject({ rows: 10, separated: 0 })
  })
})

describe('proposeAliasPairs', () => {
  const points = findAliases(aliased(8, 1))

  it('proposes pairs that the features cannot tell apart, each with one difference', () => {
    const pairs = proposeAliasPairs(points, grewe)
    expect(pairs.map(({ difference }) => difference)).toEqual([...pairDifferences])
    for (const { sides, features, difference } of pairs) {
      const [a, b] = sides.map(({ counts, transferBytes, wgsize }) => combinedFeatures(counts, transferBytes, wgsize))
      expect(a).toEqual(features)
      for (const [i, value] of b.entries()) expect(value).toBeCloseTo(a[i], 9)
      const [small, large] = sides.map(({ counts }) => counts)
      expect(large).not.toEqual(small)
      if (difference === 'size') expect(large.mem).toBe(2 * small.mem)
      if (difference === 'branches') expect({ ...large, rational: small.rational }).toEqual(small)
      if (difference === 'atomics') expect({ ...large, atomic: 0 }).toEqual(small)
    }
  })

  it('proposes targets that the search takes, with every count given', () => {
    for (const { target, counts } of proposeAliasPairs(points, grewe).flatMap(({ sides }) => sides)) {
      expect(checkFeasibility(target).isFeasible).toBe(true)
      expect([...target.values.slice(0, 6)]).toEqual(Object.values(counts))
      expect(target.values.every(Number.isFinite)).toBe(true)
    }
  })

  it('keeps its limit, and refuses a space without the counts', () => {
    expect(proposeAliasPairs(points, grewe, { limit: 1 })).toHaveLength(1)
    expect(proposeAliasPairs(points, grewe, { differences: ['size'] })).toHaveLength(1)
    expect(() => proposeAliasPairs(points, autophase)).toThrow('space: expected one with comp')
  })
})
