import { expect, it } from 'vitest'
import { assignSchedule } from '../../../../studies/turing/collector/assign-schedule.ts'

const schedules = ['a1', 'b1', 'a2', 'a3'].map((id) => ({ id, group: id[0], order: [] }))

it('keeps groups within one of each other, and the schedules of a group', () => {
  const taken = new Map<string, number>()
  const drawn: string[] = []
  for (let i = 0; i < 24; i++) {
    const { id } = assignSchedule(schedules, taken)
    drawn.push(id)
    taken.set(id, (taken.get(id) ?? 0) + 1)
    const b = taken.get('b1') ?? 0
    expect(Math.abs(i + 1 - 2 * b)).toBeLessThanOrEqual(1)
  }
  expect(drawn.slice(0, 6)).toEqual(['a1', 'b1', 'a2', 'b1', 'a3', 'b1'])
  expect(Object.fromEntries(taken)).toEqual({ a1: 4, a2: 4, a3: 4, b1: 12 })
})

it('fills the gap that somebody left', () => {
  const taken = new Map([
    ['a1', 2],
    ['b1', 6],
    ['a2', 1],
    ['a3', 2],
  ])
  expect(assignSchedule(schedules, taken).id).toBe('a2')
})
