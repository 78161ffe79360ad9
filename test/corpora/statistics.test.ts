import { describe, expect, it } from 'vitest'
import { type CountedKernel, countCorpus } from '../../corpora/index.ts'
import { sampleKernel, sampleSource } from './samples.ts'

const kernel = (changes: Partial<CountedKernel>): CountedKernel => ({
  ...sampleKernel('k'),
  duplicateOf: null,
  ...changes,
})

describe('countCorpus', () => {
  it('counts sources and merges their losses', () => {
    const losses = { 'unit: preprocess': 1, 'kernel: compile': 7 }
    const counts = countCorpus([sampleSource('a/a'), sampleSource('b/b', { losses })], [])
    expect(counts.sources).toEqual({ count: 2, files: 20, units: 10, kernels: 8 })
    expect(Object.entries(counts.losses)).toEqual([
      ['kernel: compile', 7],
      ['unit: preprocess', 3],
    ])
  })

  it('counts a duplicate as a normal form only, and a held-out kernel as unusable', () => {
    const counts = countCorpus(
      [],
      [
        kernel({ tokenCount: 10 }),
        kernel({ tokenCount: 500, duplicateOf: 'a' }),
        kernel({ tokenCount: 900, heldOut: 'content: 12 shingles' }),
        kernel({ tokenCount: 900, heldOut: 'content: 3 shingles' }),
        kernel({ tokenCount: 30, origin: 'seed', repository: null, licenceClass: 'unknown', licence: 'unknown' }),
      ],
    )
    expect(counts.kernels).toEqual({
      ...{ normalForms: 5, distinctByIr: 4, heldOut: 2, usable: 2, repositories: 1 },
      byOrigin: { mined: 4, seed: 1, synthesized: 0 },
    })
    expect(counts.tokens.total).toBe(40)
    expect(counts.heldOut).toEqual({ 'content: n shingles': 2 })
    expect(counts.licenceClasses).toEqual({ permissive: 1, unknown: 1 })
  })

  it('gives nearest-rank percentiles of the lengths', () => {
    const kernels = Array.from({ length: 100 }, (_, i) => kernel({ tokenCount: 100 - i }))
    expect(countCorpus([], kernels).tokens.percentiles).toEqual({ p10: 10, p50: 50, p90: 90, p99: 99, max: 100 })
    expect(countCorpus([], []).tokens.percentiles).toEqual({ p10: 0, p50: 0, p90: 0, p99: 0, max: 0 })
  })
})
