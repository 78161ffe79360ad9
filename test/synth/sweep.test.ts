// Delta debugging on predicates that are no compiler's.

import { describe, expect, it } from 'vitest'
import { cut, type Reduction } from '../../synth/reduce/reduction.ts'
import { sweep } from '../../synth/reduce/sweep.ts'

/** Items 0 to n - 1, one character each, and the aligned runs of them, as the kinds offer them. */
function runs(n: number): Reduction[] {
  const found: Reduction[] = []
  for (let length = n; length >= 1; length >>= 1) {
    for (let first = 0; first < n; first += length) found.push([cut(first, Math.min(n, first + length))])
  }
  return found
}

/** What is left of n items, and the number of questions asked. */
function solve(n: number, isInteresting: (left: ReadonlySet<number>) => boolean, batch = 8) {
  const leftUnder = (set: readonly Reduction[]): Set<number> => {
    const gone = set.flat()
    const all = Array.from({ length: n }, (_, i) => i)
    return new Set(all.filter((i) => !gone.some(({ start, end }) => start <= i && i < end)))
  }
  const search = sweep(runs(n), batch)
  let asked = 0
  for (let step = search.next(); ; ) {
    if (step.done) return { left: [...leftUnder(step.value)], asked }
    expect(step.value.length).toBeLessThanOrEqual(batch)
    asked += step.value.length
    step = search.next(step.value.map((set) => isInteresting(leftUnder(set))))
  }
}

describe('a sweep', () => {
  it.each([1, 4, 96])('finds the only items that matter, in batches of %i', (batch) => {
    const wanted = [3, 40, 41, 63]
    expect(solve(64, (left) => wanted.every((i) => left.has(i)), batch).left).toEqual(wanted)
  })

  it('takes large parts first: few questions where little matters', () => {
    expect(solve(1024, (left) => left.has(700), 1).asked).toBeLessThan(40)
  })

  it('asks about no more sets than twice the items and their runs where nothing can go', () => {
    expect(solve(64, (left) => left.size === 64)).toEqual({
      left: Array.from({ length: 64 }, (_, i) => i),
      asked: 127,
    })
  })

  it('keeps one of several that may go alone but not together', () => {
    const { left } = solve(8, (one) => one.size >= 7)
    expect(left.length).toBe(7)
  })

  it('never asks for reductions that overlap', () => {
    const search = sweep(runs(16), 4)
    for (let step = search.next(); !step.done; step = search.next(step.value.map((_, i) => i % 2 === 0))) {
      for (const set of step.value) {
        const spans = set.flat().sort((a, b) => a.start - b.start)
        spans.slice(1).forEach((span, i) => void expect(span.start).toBeGreaterThanOrEqual(spans[i].end))
      }
    }
  })
})
