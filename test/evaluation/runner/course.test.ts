import { describe, expect, it } from 'vitest'
import { Course, type Offer, stepsOf, type TimedOffer } from '../../../evaluation/runner/course.ts'

const offer = (key: string, distance: number): Offer => ({
  ...{ key, text: key, values: new Float64Array(0), distance, isForeign: false },
})

function course(accepted: (key: string) => boolean = () => true) {
  const clock = { ms: 0 }
  const own = new Course(
    () => clock.ms,
    1000,
    3,
    async ({ key }) => accepted(key),
  )
  return { clock, course: own }
}

describe('a course', () => {
  it('keeps the nearest, each once, with when it came', () => {
    const { clock, course: own } = course()
    for (const [ms, key, distance] of [
      [10, 'a', 5],
      [20, 'b', 7],
      [30, 'c', 3],
      [40, 'd', 4],
      [50, 'c', 1],
    ] as const) {
      clock.ms = ms
      own.add({ evaluated: 1 })
      own.offer(offer(key, distance), ms / 10)
    }
    expect(own.ranked.map(({ key, ms, generation }) => [key, ms, generation])).toEqual([
      ['c', 30, 3],
      ['d', 40, 4],
      ['a', 10, 1],
    ])
    expect(own.improvements.map(({ key, evaluated }) => [key, evaluated])).toEqual([
      ['a', 1],
      ['c', 3],
    ])
    expect(own.farthest).toBe(5)
  })

  it('counts nothing that comes after the budget', () => {
    const { clock, course: own } = course()
    own.add({ evaluated: 2, parsed: 2, compiled: 1 })
    clock.ms = 1101
    own.add({ evaluated: 5 })
    own.set({ evaluated: 9, parsed: 9, unique: 9, checked: 9, compiled: 9 })
    own.offer(offer('late', 0))
    expect(own.ranked).toEqual([])
    expect(own.counts).toEqual({ evaluated: 2, parsed: 2, unique: 0, checked: 0, compiled: 1 })
  })

  it('never knows again what was unknown once', () => {
    const { course: own } = course()
    own.add({ checked: null })
    own.add({ checked: 4, evaluated: 4 })
    expect(own.counts).toMatchObject({ checked: null, evaluated: 4 })
  })

  it('ends at a match that is accepted, and forgets one that is not', async () => {
    const { course: own } = course((key) => key === 'good')
    own.offer(offer('near', 2))
    own.offer(offer('bad', 0))
    expect(await own.isMatched()).toBe(false)
    expect(own.ranked.map(({ key }) => key)).toEqual(['near'])
    expect(own.improvements.map(({ key }) => key)).toEqual(['near'])
    own.offer(offer('bad', 0))
    own.offer(offer('good', 0))
    expect(await own.isMatched()).toBe(true)
    expect(own.improvements.map(({ key }) => key)).toEqual(['near', 'good'])
  })
})

describe('a trace', () => {
  it('has what was nearer than all before it, in the order in which it came', () => {
    const timed = ([ms, distance]: readonly [number, number]): TimedOffer => {
      return { ...offer(String(ms), distance), ms, generation: 0, evaluated: ms }
    }
    const steps = stepsOf(
      (
        [
          [30, 4],
          [10, 9],
          [20, 9],
          [40, 5],
          [50, 2],
        ] as const
      ).map(timed),
    )
    expect(steps.map(({ ms, distance }) => [ms, distance])).toEqual([
      [10, 9],
      [30, 4],
      [50, 2],
    ])
  })
})
