import { describe, expect, it } from 'vitest'
import { failedLineOf, leftOutLineOf, lineOf, printFailed, printSummary } from '../../cli/synth/report.ts'
import { Standings } from '../../cli/synth/standings.ts'
import { memoryIo } from './memory-io.ts'
import { funnelOf, plannedTarget, searchResult } from './synth-samples.ts'

const [a, b, c] = [plannedTarget('a', 1), plannedTarget('b', 2), plannedTarget('c', 3)]

function printed(print: (io: ReturnType<typeof memoryIo>) => void): readonly string[] {
  const io = memoryIo()
  print(io)
  return io.outLines
}

describe('lineOf', () => {
  it('says how a search went', () => {
    expect(JSON.parse(lineOf(searchResult(a.target, 90, { refused: { copy: 1 } })))).toEqual({
      ...{ space: 'grewe', target: 'a', seed: 1, status: 'finished', proximity: 90, distance: 10, key: 'k', kept: 2 },
      ...{ generations: 4, elapsedMs: 1235, funnel: funnelOf(100), refused: { copy: 1 } },
    })
    const nothing = JSON.parse(lineOf(searchResult(a.target, undefined, { status: 'stopped' })))
    expect(nothing).toMatchObject({ status: 'stopped', proximity: 0, distance: null, key: null, kept: 0 })
  })

  it('has its like for searches that failed and targets that were left out', () => {
    const job = { spaces: 'grewe', target: a.target, options: { seed: 5 } }
    expect(JSON.parse(failedLineOf(a.target, job, new Error('it died')))).toEqual({
      ...{ space: 'grewe', target: 'a', seed: 5, status: 'failed', error: 'it died' },
    })
    expect(JSON.parse(leftOutLineOf(a.target, 'no kernel'))).toEqual({
      ...{ space: 'grewe', target: 'a', status: 'left out', error: 'no kernel' },
    })
  })
})

describe('printSummary', () => {
  it('takes of each target the nearest, also of searches done before, and says what failed', () => {
    const standings = new Standings()
    standings.addEarlier(searchResult(a.target, 80))
    standings.addEarlier(searchResult(b.target, 100))
    standings.add(searchResult(a.target, 90))
    standings.add(searchResult(c.target, undefined))
    standings.addFailed()
    expect(printed((io) => printSummary(standings, io))).toEqual([
      '',
      'space  targets  exact    mean  least',
      'grewe        3      1  63.33%  0.00%',
      '',
      'Farthest from their targets:',
      'proximity  space  target',
      '    0.00%  grewe  c',
      '   90.00%  grewe  a',
      '2 of 5 searches were done before this run.',
      '1 of 3 searches failed, as said above; the same command begins them again.',
    ])
  })

  it('says where all searches failed', () => {
    const standings = new Standings()
    standings.addFailed()
    expect(printed((io) => printFailed(standings, io))).toEqual([
      'The search failed, as said above; the same command begins them again.',
    ])
    standings.addFailed()
    expect(printed((io) => printFailed(standings, io))[0]).toMatch(/^All 2 searches failed/)
  })
})

describe('Standings', () => {
  it('keeps one search a target, however many there are', () => {
    const standings = new Standings()
    for (let i = 0; i < 50; i++) standings.add(searchResult([a, b][i % 2].target, i, { seed: i }))
    expect(standings.nearest.map(({ seed }) => seed)).toEqual([48, 49])
    expect([standings.ended, standings.found, standings.reached('sampled')]).toEqual([50, 50, 5000])
    expect(standings.only).toBeUndefined()
  })
})
