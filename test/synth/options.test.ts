import { describe, expect, it } from 'vitest'
import type { SearchOptions } from '../../synth/index.ts'
import { resolveSearchOptions } from '../../synth/search/options.ts'

describe('resolveSearchOptions', () => {
  it('fills in the defaults', () => {
    expect(resolveSearchOptions({})).toEqual({
      ...{ width: 32, holes: 4, samples: 8, edits: 4, budgetMs: 60_000, keep: 8, directed: 0.7, patience: 8 },
      ...{ generations: Number.POSITIVE_INFINITY, candidates: Number.POSITIVE_INFINITY },
      ...{
        seeds: true,
        copies: false,
        validate: 'off',
        without: new Set(),
        seed: 0,
        accepts: expect.any(Function),
        signal: undefined,
      },
    })
  })

  it('drops the default time budget where another one is given', () => {
    expect(resolveSearchOptions({ generations: 5 }).budgetMs).toBe(Number.MAX_SAFE_INTEGER)
    expect(resolveSearchOptions({ candidates: 5 }).budgetMs).toBe(Number.MAX_SAFE_INTEGER)
    expect(resolveSearchOptions({ candidates: 5, budgetMs: 7 }).budgetMs).toBe(7)
  })

  it('keeps no more than the beam is wide', () => {
    expect(resolveSearchOptions({ width: 3 }).keep).toBe(3)
  })

  it.each<[SearchOptions, string]>([
    [{ width: 0 }, 'width: expected a number from 1 to 1024, received 0'],
    [{ width: 2.5 }, 'width: expected a whole number, received 2.5'],
    [{ holes: 65 }, 'holes: expected a number from 0 to 64, received 65'],
    [{ samples: Number.NaN }, 'samples: expected a number from 1 to 256, received NaN'],
    [{ samples: 1.5 }, 'samples: expected a whole number, received 1.5'],
    [{ budgetMs: 0 }, 'budgetMs: expected a number from 1'],
    [{ generations: -1 }, 'generations: expected a number from 0'],
    [{ generations: 0.5 }, 'generations: expected a whole number, received 0.5'],
    [{ candidates: -1 }, 'candidates: expected a number from 0'],
    [{ width: 4, keep: 5 }, 'keep: expected a number from 1 to 4, received 5'],
    [{ directed: 1.1 }, 'directed: expected a number from 0 to 1, received 1.1'],
    [{ patience: 0 }, 'patience: expected a number from 1'],
    [{ seed: 1.5 }, 'seed: expected a whole number, received 1.5'],
    [{ seed: Number.POSITIVE_INFINITY }, 'seed: expected a number from'],
  ])('names the option, what it expected and what it got: %o', (options, message) => {
    expect(() => resolveSearchOptions(options)).toThrow(RangeError)
    expect(() => resolveSearchOptions(options)).toThrow(message)
  })
})
