import { describe, expect, it } from 'vitest'
import { featureSpaces, grewe, instcount } from '../../features/index.ts'

import { emptyPrefix, featureOffsets, featurePrefix, valueBucket, withLength } from '../../synth/index.ts'
import { bucketTable } from './bucket-table.ts'

describe('valueBucket', () => {
  it.each(bucketTable)('puts %d (ratio: %s) into bucket %i, as the trainer does', (value, isRatio, bucket) => {
    expect(valueBucket(value, isRatio)).toBe(bucket)
  })

  it('never falls as values rise, and stays in range', () => {
    for (const isRatio of [false, true]) {
      let last = valueBucket(0, isRatio)
      expect(last).toBe(isRatio ? 201 : 0)
      for (let value = 0.01; value < 1e9; value *= 1.02) {
        const bucket = valueBucket(value, isRatio)
        expect(bucket).toBeGreaterThanOrEqual(last)
        last = bucket
      }
      expect(last).toBe(isRatio ? 255 : 200)
    }
  })
})

describe('featurePrefix', () => {
  const offsets = featureOffsets()

  it('gives each space ids of its own, without gaps', () => {
    let next = 0
    for (const { id, names } of featureSpaces) {
      expect(offsets[id]).toBe(next)
      next += names.length
    }
    expect(offsets).toMatchObject({ infill: next })
  })

  it('leaves out what is not given', () => {
    const values = Float64Array.of(3, Number.NaN, 0, 40, Number.NaN, 0, 0.5, Number.NaN)
    const { ids, buckets } = featurePrefix({ grewe: 100 }, grewe, values)
    expect(ids).toEqual([100, 102, 103, 105, 106])
    expect(buckets).toEqual(
      [3, 0, 32 + 3, 0, 220].map((bucket, i) => (i === 4 ? valueBucket(0.5, grewe.ratios[6]) : bucket)),
    )
  })

  it('leaves out the zeros of a large space', () => {
    const values = new Float64Array(instcount.names.length)
    values[5] = 7
    expect(featurePrefix({ instcount: 8 }, instcount, values)).toEqual({ ids: [13], buckets: [7] })
  })

  it('is empty for a space that the model does not know', () => {
    expect(featurePrefix({}, grewe, new Float64Array(8))).toEqual({ ids: [], buckets: [] })
  })
})

describe('withLength', () => {
  it('says about how long an infill is to be, as the trainer does', () => {
    const lengths = [0, 1, 3, 100, 600].map((tokens) => withLength(emptyPrefix, { infill: 134 }, tokens))
    expect(lengths.map(({ buckets }) => buckets)).toEqual([[0], [3], [6], [20], [28]])
    expect(lengths[0].ids).toEqual([134])
    expect(withLength({ ids: [3], buckets: [9] }, { infill: 134 }, 7)).toEqual({ ids: [3, 134], buckets: [9, 9] })
  })

  it('says nothing to a model that was not told lengths', () => {
    expect(withLength(emptyPrefix, { grewe: 0 }, 100)).toBe(emptyPrefix)
  })
})
