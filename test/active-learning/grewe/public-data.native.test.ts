// What the public data must give again: the faults that were found in it, and the audited figures.

import { describe, expect, it } from 'vitest'
import { hasPublicData, readPublicData, whereMissing } from './public-data.ts'

describe.skipIf(!hasPublicData)(`the public data${whereMissing}`, () => {
  it('is read whole; what the audit found in it is found again', () => {
    const benchmarks = readPublicData('benchmarks')
    expect([benchmarks.layout, benchmarks.rows.length]).toEqual(['benchmarks', 680])
    expect(new Set(benchmarks.rows.map(({ suite }) => suite)).size).toBe(7)
    expect(benchmarks.findings.filter(({ severity }) => severity !== 'note')).toEqual([])
    const clgen = readPublicData('clgen')
    expect([clgen.layout, clgen.rows.length]).toEqual(['clgen', 15_919])
    const count = (code: string): number => clgen.findings.filter((finding) => finding.code === code).length
    // 80 rows of 5 kernels have four counts each that nobody set.
    expect([count('conflict'), count('range'), count('derived')]).toEqual([399, 320, 0])
  })
})
