import { describe, expect, it } from 'vitest'
import { Random } from '../../../kernels/index.ts'
import { type Contents, fillBuffer, halfBits, scalarBytes } from '../../../kernels/payload/fill.ts'

const bounds = { least: -3, greatest: 9, low: -1, high: 2, share: 0.5 }
const all = ['uniform', 'normal', 'sorted', 'constant', 'sparse', 'permutation'] as const

function integers(contents: Partial<Contents>, elements = 500): number[] {
  const full: Contents = { distribution: 'uniform', ...bounds, ...contents }
  const bytes = fillBuffer(elements, 4, [{ offset: 0, type: 'int' }], full, new Random(5))
  return [...new Int32Array(bytes.buffer)]
}

function reals(contents: Partial<Contents>): number[] {
  const full: Contents = { distribution: 'uniform', ...bounds, ...contents }
  const bytes = fillBuffer(500, 8, [{ offset: 0, type: 'double' }], full, new Random(5))
  return [...new Float64Array(bytes.buffer)]
}

describe('fillBuffer', () => {
  it.each(all)('stays within the bounds: %s', (distribution) => {
    for (const values of [integers({ distribution }), integers({ distribution, least: 7, greatest: 7 }, 3)]) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-3)
      expect(Math.max(...values)).toBeLessThanOrEqual(9)
    }
    expect(reals({ distribution }).every((value) => value >= -1 && value < 2)).toBe(true)
  })

  it('has the shape that is asked for', () => {
    expect(new Set(integers({ distribution: 'uniform' })).size).toBe(13)
    const near = (values: number[]): number => values.filter((value) => value > 0 && value < 1).length
    expect(near(reals({ distribution: 'normal' }))).toBeGreaterThan(near(reals({ distribution: 'uniform' })) * 1.5)
    const sorted = reals({ distribution: 'sorted' })
    expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
    expect(new Set(reals({ distribution: 'constant' })).size).toBe(1)
    const zeros = integers({ distribution: 'sparse' }).filter((value) => value === 0).length
    expect(zeros).toBeGreaterThan(400)
    expect(zeros).toBeLessThan(500)
    const order = integers({ distribution: 'permutation', least: 0, greatest: 499 })
    expect(order.toSorted((a, b) => a - b)).toEqual(order.map((_, i) => i))
    expect(order).not.toEqual(order.toSorted((a, b) => a - b))
    const parents = integers({ distribution: 'forest', least: 0, greatest: 499 })
    expect(parents.every((parent, i) => parent <= i)).toBe(true)
    const grove = integers({ distribution: 'forests', least: 0, greatest: 499 })
    expect(grove.every((parent, i) => parent <= i)).toBe(true)
    expect(grove.filter((parent, i) => parent === i).length).toBeGreaterThan(50)
  })

  it('draws what is compared with, half of it alike in all fields', () => {
    const layout = [0, 4, 8, 12].map((offset) => ({ offset, type: 'int' as const }))
    const contents: Contents = { ...bounds, distribution: 'compared', values: [-1, 65, 1000] }
    const values = [...new Int32Array(fillBuffer(200, 16, layout, contents, new Random(1)).buffer)]
    expect(new Set(values)).toEqual(new Set([-1, 65, 1000]))
    const alike = Array.from({ length: 200 }, (_, i) => new Set(values.slice(4 * i, 4 * i + 4)).size === 1)
    expect(alike.filter(Boolean).length).toBeGreaterThan(80)
    expect(alike.filter(Boolean).length).toBeLessThan(150)
  })

  it('writes fields where the layout has them, and nothing between', () => {
    const layout = [
      { offset: 0, type: 'uchar' },
      { offset: 4, type: 'float' },
    ] as const
    const contents: Contents = { ...bounds, distribution: 'constant', least: 9, low: 1, high: 1 }
    const bytes = fillBuffer(2, 8, layout, contents, new Random(1))
    expect([...bytes]).toEqual([9, 0, 0, 0, 0, 0, 128, 63, 9, 0, 0, 0, 0, 0, 128, 63])
  })
})

describe('scalarBytes', () => {
  it('has the width of its type', () => {
    expect([...scalarBytes('short', -2)]).toEqual([254, 255])
    expect([...scalarBytes('ulong', 5)]).toEqual([5, 0, 0, 0, 0, 0, 0, 0])
    expect([...scalarBytes('half', 1)]).toEqual([0, 0x3c])
  })
})

it.each([
  [0, 0],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [1e6, 0x7c00],
  [1e-8, 0],
])('halfBits(%d)', (value, bits) => expect(halfBits(value)).toBe(bits))
