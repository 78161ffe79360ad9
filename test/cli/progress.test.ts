import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startProgress } from '../../cli/progress.ts'
import { memoryIo } from './memory-io.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => vi.useRealTimers())

it('prints a plain line every ten seconds where nobody is watching', () => {
  const io = memoryIo()
  using progress = startProgress(io, { label: 'synthesizing', total: 400, unit: 'kernels' })
  progress.update(1)
  vi.advanceTimersByTime(10_000)
  progress.update(123, 'best 98.2 %')
  vi.advanceTimersByTime(9_000)
  progress.update(200)
  expect(io.errLines).toEqual(['synthesizing: 30%  123/400 kernels, 12.3/s, 23 s left  best 98.2 %'])
})

it('shows the note alone where nobody knows how much there is to do', () => {
  const io = memoryIo()
  using progress = startProgress(io, { label: 'reducing' })
  vi.advanceTimersByTime(10_000)
  progress.update(0, '37 tokens left')
  expect(io.errLines).toEqual(['reducing:  37 tokens left'])
})
