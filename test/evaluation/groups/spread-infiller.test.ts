import { describe, expect, it } from 'vitest'
import { cutInfills } from '../../../evaluation/groups/spread-infiller.ts'

describe('the parts of a request', () => {
  it.each([
    [16, 16, 2],
    [5, 16, 2],
    [1, 16, 3],
    [2, 3, 4],
    [7, 1, 3],
    [0, 4, 2],
  ])('of %i holes with %i samples for %i processes hold each sample once', (holes, samples, processes) => {
    const parts = cutInfills(holes, samples, processes)
    const all = parts.flatMap((part) =>
      part.holes.flatMap((hole) => Array.from({ length: part.to - part.from }, (_, i) => `${hole} ${part.from + i}`)),
    )
    expect(all).toHaveLength(holes * samples)
    expect(new Set(all).size).toBe(holes * samples)
  })

  it('are as large as one another, but for a sample of each hole', () => {
    for (const holes of [1, 2, 3, 5, 16]) {
      const loads = [0, 0, 0]
      cutInfills(holes, 16, 3).forEach((part, i) => {
        loads[i % 3] += part.holes.length * (part.to - part.from)
      })
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(holes % 3)
    }
  })
})
