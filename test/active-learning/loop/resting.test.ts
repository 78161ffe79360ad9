import { expect, it } from 'vitest'
import { idleRounds, isResting } from '../../../active-learning/loop/resting.ts'

const scores = (...addedKernels: number[]) =>
  addedKernels.map((kernels) => ({ addedKernels: kernels, addedRows: kernels, poolEntropy: 0.4 }))

it('rests by its rules, and where it has added nothing for some rounds', () => {
  expect(isResting([], { benchmarks: 1 })).toBe(false)
  expect(isResting(scores(0, 3), { benchmarks: 4 })).toBe(false)
  expect(isResting(scores(0, 3, 4), { benchmarks: 4 })).toBe(true)
  expect(isResting(scores(0), { entropy: 0.5 })).toBe(true)
  const idle = (rounds: number) => scores(0, 3, ...Array<number>(rounds).fill(3))
  expect(isResting(idle(idleRounds - 1), {})).toBe(false)
  expect(isResting(idle(idleRounds), {})).toBe(true)
  expect(isResting([...idle(idleRounds), ...scores(4)], {})).toBe(false)
})
