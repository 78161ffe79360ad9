import { afterEach, describe, expect, it, vi } from 'vitest'
import { Standings } from '../../cli/synth/standings.ts'
import { describeState, SynthView, shareDone } from '../../cli/synth/view.ts'
import { memoryIo } from './memory-io.ts'
import { plannedTarget, runOptions, searchResult, shownSearch } from './synth-samples.ts'

const [a, b, c] = [plannedTarget('a', 1), plannedTarget('b', 2), plannedTarget('c', 3)]

/** Two of three targets were searched for before this run. */
function resumed(): Standings {
  const standings = new Standings()
  standings.addEarlier(searchResult(a.target, 100))
  standings.addEarlier(searchResult(b.target, 60))
  return standings
}

describe('shareDone', () => {
  it('counts what this run has to do, those under way by their tightest limit', () => {
    const search = { seed: 1, generations: 4, candidates: 80, keep: 2 }
    const state = { standings: resumed(), open: [shownSearch(c, 1, 50)], expected: 1, timeShare: 0 }
    expect(shareDone(state, runOptions({ search }))).toBe(0.25)
    expect(shareDone({ ...state, expected: 2 }, runOptions({ search: { ...search, candidates: 40 } }))).toBe(0.25)
    state.standings.add(searchResult(c.target, 70))
    state.standings.addFailed()
    expect(shareDone({ ...state, open: [], expected: 4 }, runOptions())).toBe(0.5)
    expect(shareDone({ ...state, expected: Infinity }, runOptions())).toBe(0)
    expect(shareDone({ ...state, open: [], expected: 0 }, runOptions())).toBe(1)
  })
})

describe('describeState', () => {
  it('counts targets that earlier runs have searched for', () => {
    const open = [shownSearch(c, 3, 51.6)]
    const state = { standings: resumed(), open, expected: 1, timeShare: 0 }
    expect(describeState(state, 3)).toBe('2/3 targets, 1 exact, mean 80.0 %; c 52 %')
    expect(describeState({ ...state, open }, 1)).toBe('best 51.6 %, generation 3')
  })
})

describe('SynthView', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('reports share, time left, targets and candidates, of this run alone', () => {
    vi.useFakeTimers()
    const io = memoryIo()
    using view = new SynthView(runOptions(), [a, b, c], io)
    vi.advanceTimersByTime(20_000)
    view.update({ standings: resumed(), open: [shownSearch(c, 1, 50)], expected: 2, timeShare: 0.1 })
    expect(io.errLines).toEqual([
      'synthesizing: 12%  2 min 20 s left  2/3 targets, 1 exact, mean 80.0 %; c 50 %, 20 sampled, 1/s, 50 % parsed, 25 % novel, 0 % compiled',
    ])
  })

  it('is silent where every search has a line', () => {
    vi.useFakeTimers()
    const io = memoryIo()
    using view = new SynthView(runOptions({ isQuiet: true }), [a], io)
    vi.advanceTimersByTime(20_000)
    view.update({ standings: resumed(), open: [], expected: 2, timeShare: 0 })
    expect(io.errLines).toEqual([])
  })
})
