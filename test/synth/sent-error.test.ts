import { describe, expect, it } from 'vitest'
import { BenchError, DisposedError } from '../../kernels/index.ts'
import { ProcessDied } from '../../synth/process-died.ts'
import { errorOf, sendable } from '../../synth/sent-error.ts'

describe('sendable', () => {
  it.each([
    new RangeError('keep: expected a number from 1 to 4, received 8'),
    new TypeError('expected a module'),
    new BenchError('DEVICE_MISSING', 'no device'),
    new ProcessDied('the infilling process ended (SIGKILL)'),
  ])('lets %s be what it is in another process', (error) => {
    const received = errorOf(structuredClone(sendable(error)))
    expect(received).toBeInstanceOf(error.constructor)
    expect(received.message).toBe(error.message)
    expect(received instanceof BenchError && received.code).toBe(error instanceof BenchError && error.code)
  })

  it('tells of other errors what they say', () => {
    const received = errorOf(structuredClone(sendable(new DisposedError('Store'))))
    expect(received.message).toBe('Store was used after it was disposed of')
    expect(errorOf(sendable('out of luck')).message).toBe('out of luck')
  })
})
