import { describe, expect, it } from 'vitest'
import { countYields, type YieldedKernel } from '../../corpora/index.ts'
import { sampleKernel, sampleSource } from './samples.ts'

const kernel = (changes: Partial<YieldedKernel>): YieldedKernel => ({
  ...sampleKernel('k', { repository: 'b/b' }),
  duplicateOf: null,
  ...changes,
})

describe('countYields', () => {
  it('counts for each source what it gave first, most first', () => {
    const kernels = [kernel({}), kernel({ heldOut: 'name' }), kernel({ duplicateOf: 'k' }), kernel({ commit: 'other' })]
    expect(countYields([sampleSource('a/a'), sampleSource('b/b')], kernels)).toMatchObject([
      {
        repository: 'b/b',
        licence: 'MIT',
        units: 5,
        kernels: 4,
        added: 2,
        heldOut: 1,
        losses: { 'unit: preprocess': 2 },
      },
      { repository: 'a/a', added: 0, heldOut: 0 },
    ])
  })
})
