// Studies published as counts. CLgen's own file is foreign: it is read where it is there.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../../kernels/index.ts'
import { analyseCounts, isCountsCsv, parseCountsCsv } from '../../../studies/turing/analysis/counts-csv.ts'

const header = 'Test ID,Synthetic Source,Affiliation,True Positive,False Positive,True Negative,False Negative'
const options = { alpha: 0.05, margin: 0.15 }
const csv = `${header}\na1,Easy,Here,5,0,5,0\na2,Easy,There,4,1,5,0\na3,Easy,There,5,0,4,1\nb1,Hard,Here,3,3,2,2\nb2,Hard,There,2,2,3,3\n`

describe('parseCountsCsv', () => {
  it('reads true positives as human kernels labelled human', () => {
    expect(isCountsCsv(csv)).toBe(true)
    expect(parseCountsCsv(csv)[1]).toEqual({
      ...{ participant: 'a2', source: 'Easy', affiliation: 'There' },
      counts: { hits: 4, falseAlarms: 1, rejections: 5, misses: 0 },
    })
  })

  it('names the line and the column that do not fit', () => {
    expect(() => parseCountsCsv('Test ID,Affiliation\n')).toThrow("header: expected a column 'Synthetic Source'")
    expect(() => parseCountsCsv(`${header}\na1,Easy,Here,5,0,5\n`)).toThrow('line 2: expected 7 cells, received 6')
    expect(() => parseCountsCsv(`${header}\na1,Easy,Here,5,0,-1,0\n`)).toThrow(
      "line 2: expected a count in 'True Negative', received '-1'",
    )
    expect(isCountsCsv('a,b\n1,2\n')).toBe(false)
  })
})

describe('analyseCounts', () => {
  it('tells recognised from not recognised', () => {
    const [easy, hard] = analyseCounts(parseCountsCsv(csv), options)
    expect(easy).toMatchObject({ source: 'Easy', participants: 3, conclusion: 'different' })
    expect(easy.accuracy.mean).toBeCloseTo((1 + 0.9 + 0.9) / 3, 12)
    expect(easy.pSignFlip).toBe(0.25) // 2 of 8: all signs as they are, or all flipped
    expect(hard.accuracy.mean).toBe(0.5)
    expect(hard.difference.mean).toBeCloseTo(0, 12)
    expect(hard.conclusion).not.toBe('different')
  })

  it('makes no test of one participant', () => {
    const [one] = analyseCounts(parseCountsCsv(csv).slice(0, 1), options)
    expect(one).toMatchObject({ conclusion: 'too few answers', pDifference: null })
    expect(() => analyseCounts([], options)).toThrow('participants: expected at least one line, received none')
  })
})

const folders = [process.env.BENCHSTEER_DATA, join(packageRoot, '..', 'shared', 'data')]
const path = folders
  .flatMap((folder) => (folder === undefined ? [] : [join(folder, 'turing-test.csv')]))
  .find(existsSync)

describe("CLgen's study", () => {
  it.skipIf(path === undefined)(
    `has the figures of its paper${path === undefined ? ' (turing-test.csv is not there: set BENCHSTEER_DATA to its folder)' : ''}`,
    () => {
      const groups = analyseCounts(parseCountsCsv(readFileSync(path!, 'utf8')), options)
      expect(groups.reduce((sum, { participants }) => sum + participants, 0)).toBe(15)
      const [clgen, clsmith] = ['CLgen', 'CLSmith'].map((name) => groups.find(({ source }) => source === name)!)
      // Cummins et al., CGO 2017: 96 % (deviation 9 %) and 52 % (17 %); no CLSmith kernel passed for human.
      expect([clsmith.participants, clgen.participants]).toEqual([5, 10])
      expect(clsmith.accuracy).toMatchObject({ mean: expect.closeTo(0.96, 3), deviation: expect.closeTo(0.09, 2) })
      expect(clgen.accuracy).toMatchObject({ mean: expect.closeTo(0.52, 3), deviation: expect.closeTo(0.17, 2) })
      expect(clsmith.counts.falseAlarms).toBe(0)
      expect(clsmith).toMatchObject({ conclusion: 'different' })
      expect(clsmith.pDifference).toBeLessThan(0.001)
      // Not recognised, and not shown to be the same either: ten people are too few for that.
      expect(clgen.pDifference).toBeGreaterThan(0.5)
      expect(clgen).toMatchObject({ conclusion: 'inconclusive' })
    },
  )
})
