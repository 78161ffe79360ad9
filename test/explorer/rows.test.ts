import { describe, expect, it } from 'vitest'
import type { KernelsColumns, TimesColumns } from '../../explorer/page/messages.ts'
import {
  filterRows,
  keyOf,
  nearestBenchmarks,
  ranksOf,
  sortByWord,
  sortRows,
  timesAt,
} from '../../explorer/page/rows.ts'

/** Four kernels; the first was kept for both targets, the last for none. */
const columns: KernelsColumns = {
  keys: Uint8Array.from({ length: 32 }, (_, i) => (i % 8 === 0 ? 0xa0 + i / 8 : i)),
  origin: Uint8Array.of(0, 1, 1, 0),
  tokens: Uint32Array.of(10, 20, 30, 40),
  repository: Uint32Array.of(0, 1, 2, 1),
  outcome: Uint16Array.of(0, 1, 1, 2),
  x: Float32Array.of(0, 1, 2, Number.NaN),
  y: Float32Array.of(0, 1, 2, Number.NaN),
  benchmarkRow: Uint32Array.of(0, 0, 1, 2),
  benchmarkTarget: Uint32Array.of(0, 1, 0, 1),
  benchmarkDistance: Float32Array.of(5, 1, 2, 0),
  benchmarkProximity: Float32Array.of(50, 90, 80, 100),
  benchmarkGeneration: Uint32Array.of(1, 2, 3, 4),
}
const times: TimesColumns = {
  timeRow: Uint32Array.of(0, 1, 1),
  timeAt: Uint32Array.of(0, 0, 1),
  timeNs: Float32Array.of(7, 8, 9),
}
const all = Uint32Array.of(0, 1, 2, 3)
const nearest = nearestBenchmarks(columns, 4, undefined)
const filter = (criteria: Parameters<typeof filterRows>[3], order = all): number[] => [
  ...filterRows(order, columns, nearest, criteria),
]

describe('filterRows', () => {
  it('keeps the order it is given, and everything where nothing is asked', () => {
    expect(filter({}, Uint32Array.of(3, 1, 0))).toEqual([3, 1, 0])
  })

  it('adds conditions up', () => {
    expect(filter({ outcome: 1 })).toEqual([1, 2])
    expect(filter({ outcome: 1, repository: 1 })).toEqual([1])
    expect(filter({ origin: 0, outcome: 1 })).toEqual([])
  })

  it('includes both ends of a range, and no value lies in none', () => {
    expect(filter({ ranges: [{ values: columns.tokens, low: 20, high: 30 }] })).toEqual([1, 2])
    expect(filter({ ranges: [{ values: nearest.proximity, low: 0, high: Number.POSITIVE_INFINITY }] })).toEqual([
      0, 1, 2,
    ])
    const open = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
    expect(filter({ ranges: [{ values: nearest.proximity, ...open }] })).toEqual([0, 1, 2, 3])
  })

  it('keeps what lies in a box of the map', () => {
    expect(filter({ box: { left: 0.5, right: 2, bottom: 0, top: 1.5 } })).toEqual([1])
  })

  it('finds keys by how they start', () => {
    expect(keyOf(columns.keys, 1)).toBe('a1090a0b0c0d0e0f')
    expect(filter({ keyStart: 'a109' })).toEqual([1])
    expect(filter({ keyStart: 'a' })).toEqual([0, 1, 2, 3])
  })

  it('takes the benchmarks of a target where one is asked for', () => {
    const ofFirst = nearestBenchmarks(columns, 4, 0)
    expect([...filterRows(all, columns, ofFirst, { target: 0 })]).toEqual([0, 1])
    expect(ofFirst.proximity[0]).toBe(50)
    expect(nearest.proximity[0]).toBe(90)
    expect(nearest.target[3]).toBe(-1)
  })
})

describe('sortRows', () => {
  it('sorts as a comparison would, in both directions, with ties by row and what has no value last', () => {
    const values = [3, -1.5, Number.NaN, 0, 3, Number.POSITIVE_INFINITY, -0.001, Number.NEGATIVE_INFINITY, 2 ** 24]
    expect([...sortRows(values, false)]).toEqual([7, 1, 6, 3, 0, 4, 8, 5, 2])
    expect([...sortRows(values, true)]).toEqual([5, 8, 0, 4, 3, 6, 1, 7, 2])
  })

  it('sorts whole numbers of 32 bits', () => {
    expect([...sortByWord(Uint32Array.of(0xffffffff, 0, 0xfffffffe, 0))]).toEqual([1, 3, 2, 0])
  })
})

it('ranks words by the alphabet', () => {
  expect([...ranksOf(['b', 'c', 'a'])]).toEqual([1, 2, 0])
})

it('gives the times of one device and size', () => {
  expect([...timesAt(times, 4, 0)]).toEqual([7, 8, Number.NaN, Number.NaN])
  expect([...timesAt(times, 4, 1)]).toEqual([Number.NaN, 9, Number.NaN, Number.NaN])
})
