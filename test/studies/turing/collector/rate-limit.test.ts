import { describe, expect, it } from 'vitest'
import { RateLimit } from '../../../../studies/turing/collector/rate-limit.ts'

describe('RateLimit', () => {
  it('lets a full bucket go at once and then as much as flows in', () => {
    const limit = new RateLimit({ unitsPerMinute: 60 })
    expect(Array.from({ length: 60 }, () => limit.take('a', 1, 0))).toEqual(Array(60).fill(0))
    expect(limit.take('a', 1, 0)).toBe(1)
    expect(limit.take('a', 10, 500)).toBe(10) // half a unit has flowed in
    expect(limit.take('a', 1, 1_000)).toBe(0)
    expect(limit.take('a', 1, 1_000)).toBe(1)
  })

  it('counts each client alone', () => {
    const limit = new RateLimit({ unitsPerMinute: 1 })
    expect(limit.take('a', 1, 0)).toBe(0)
    expect(limit.take('b', 1, 0)).toBe(0)
    expect(limit.take('a', 1, 0)).toBe(60)
  })

  it('asks no more than a bucket holds', () => {
    expect(new RateLimit({ unitsPerMinute: 5 }).take('a', 10, 0)).toBe(0)
  })

  it('is none at 0', () => {
    const limit = new RateLimit({ unitsPerMinute: 0 })
    expect(Array.from({ length: 1_000 }, () => limit.take('a', 10, 0)).every((waitS) => waitS === 0)).toBe(true)
  })

  it('forgets the longest unused beyond its size, and is not slowed by many clients', () => {
    const limit = new RateLimit({ unitsPerMinute: 1, maxClients: 100 })
    limit.take('first', 1, 0)
    for (let i = 0; i < 50_000; i++) limit.take(`client ${i}`, 1, 0)
    expect(limit.take('client 49999', 1, 0)).toBe(60)
    expect(limit.take('first', 1, 0)).toBe(0)
  })
})
