import { describe, expect, it } from 'vitest'
import type { Payload, PayloadArgument, ScalarName } from '../../../kernels/payload/payload.ts'
import { dependsOnInput, findDifference, hasOutput, toleranceFor } from '../../../kernels/validate/compare-outputs.ts'

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)
const ints = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer)

function buffer(bytes: Uint8Array, type: ScalarName = 'float', offsets: readonly number[] = [0]): PayloadArgument {
  const elements = bytes.length / (4 * offsets.length)
  const layout = offsets.map((offset) => ({ offset, type }))
  const access = 'both' as const
  return { kind: 'buffer', space: 'global', elementType: type, elements, bytes, guardBytes: 0, access, layout }
}

function payload(...args: readonly PayloadArgument[]): Payload {
  return { kernel: 'k', globalSize: [4], localSize: [4], seed: 1, arguments: args }
}

describe('findDifference', () => {
  it('takes any NaN for any other, and both zeros for the same', () => {
    const otherNaN = Uint8Array.of(1, 0, 0xc0, 0x7f, 0, 0, 0, 0)
    const one = payload(buffer(floats(0, 0)))
    expect(findDifference(one, [floats(Number.NaN, -0)], [otherNaN], 0)).toBeUndefined()
  })

  it('names argument, element and values of the first difference', () => {
    const two = payload(buffer(ints(0, 0), 'int'), buffer(ints(0, 0), 'int'))
    const difference = findDifference(two, [ints(1, 2), ints(3, 4)], [ints(1, 2), ints(3, 5)], 0)
    expect(difference).toEqual({ argument: 1, element: 1, first: '4', second: '5' })
  })

  it('allows floating-point values, and only those, a relative tolerance', () => {
    const one = payload(buffer(floats(0, 0)))
    expect(findDifference(one, [floats(1000, 1)], [floats(1000.5, 1)], 1e-3)).toBeUndefined()
    expect(findDifference(one, [floats(1000, 1)], [floats(1002, 1)], 1e-3)).toMatchObject({ element: 0 })
    expect(findDifference(one, [floats(1, Number.NaN)], [floats(1, 2)], 1e-3)).toMatchObject({ element: 1 })
    const whole = payload(buffer(ints(0, 0), 'long', [0]))
    expect(findDifference(whole, [ints(1000, 0)], [ints(1001, 0)], 1e-2)).toMatchObject({
      first: '1000',
      second: '1001',
    })
  })

  it('does not look at padding', () => {
    const vectors = payload({ ...buffer(ints(1, 2, 3, 4), 'int', [0, 4, 8]), elements: 1 } as PayloadArgument)
    expect(findDifference(vectors, [ints(1, 2, 3, 4)], [ints(1, 2, 3, 99)], 0)).toBeUndefined()
  })

  it('knows a half that is no number', () => {
    const halfs = payload({ ...buffer(ints(0), 'half', [0, 2]), elements: 1 } as PayloadArgument)
    expect(findDifference(halfs, [Uint8Array.of(1, 0x7e, 0, 0)], [Uint8Array.of(2, 0xfe, 0, 0)], 0)).toBeUndefined()
    expect(findDifference(halfs, [Uint8Array.of(0, 0x3c, 0, 0)], [Uint8Array.of(1, 0x3c, 0, 0)], 0)).toBeDefined()
  })
})

describe('toleranceFor', () => {
  it('is zero unless the kernel uses atomics', () => {
    expect(toleranceFor('kernel void k() { x = atom; }')).toBe(0)
    expect(toleranceFor('atomic_cmpxchg(p, 1, 2);')).toBeGreaterThan(0)
    expect(toleranceFor('atom_add (p, 1);')).toBeGreaterThan(0)
  })
})

describe('hasOutput', () => {
  it('is any change of any argument', () => {
    const two = payload(buffer(floats(1, 2)), buffer(floats(3, 4)))
    expect(hasOutput(two, [floats(1, 2), undefined])).toBe(false)
    expect(hasOutput(two, [floats(1, 2), floats(3, 5)])).toBe(true)
  })
})

describe('dependsOnInput', () => {
  const first = payload(buffer(ints(1, 2, 3, 4), 'int'))
  const second = payload(buffer(ints(5, 6, 7, 42), 'int'))

  it('does not take untouched differences of the payloads for output', () => {
    expect(dependsOnInput(first, [ints(42, 42, 3, 4)], second, [ints(42, 42, 7, 42)])).toBe(false)
  })

  it('sees values that differ', () => {
    expect(dependsOnInput(first, [ints(2, 2, 3, 4)], second, [ints(6, 6, 7, 42)])).toBe(true)
  })

  it('sees places that differ', () => {
    expect(dependsOnInput(first, [ints(42, 2, 3, 4)], second, [ints(5, 42, 7, 42)])).toBe(true)
  })
})
