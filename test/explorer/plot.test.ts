import { describe, expect, it } from 'vitest'
import { dotSize, paintDots, placeDots } from '../../explorer/page/dots.ts'
import { boundsOf, boxBetween, fromPixels, stepped, toPixels } from '../../explorer/page/plot-geometry.ts'

const x = Float32Array.of(0, 10, Number.NaN, 5)
const y = Float32Array.of(0, 20, Number.NaN, 10)

describe('the geometry of the map', () => {
  const bounds = boundsOf({ x, y, targets: [{ target: 0, x: -10, y: 0 }] })

  it('holds all kernels and targets', () => {
    expect(bounds.left).toBeLessThan(-10)
    expect(bounds.right).toBeGreaterThan(10)
    expect(bounds.top).toBeGreaterThan(20)
    expect(boundsOf({ x: Float32Array.of(Number.NaN), y: Float32Array.of(Number.NaN), targets: [] })).toEqual({
      ...{ left: 0, right: 1, bottom: 0, top: 1 },
    })
  })

  it('leads to the canvas and back, with up being up', () => {
    const [u, v] = toPixels(bounds, 300, 200)(5, 10)
    const [left, low] = fromPixels(bounds, 300, 200)(u, v)
    expect(left).toBeCloseTo(5)
    expect(low).toBeCloseTo(10)
    expect(toPixels(bounds, 300, 200)(5, 20)[1]).toBeLessThan(v)
  })

  it('makes a box of any two corners, moves it, and never turns it inside out', () => {
    const box = boxBetween([3, 1], [1, 4])
    expect(box).toEqual({ left: 1, right: 3, bottom: 1, top: 4 })
    expect(stepped(box, 'ArrowUp', false, 1, 2)).toEqual({ left: 1, right: 3, bottom: 3, top: 6 })
    expect(stepped(box, 'ArrowLeft', true, 5, 5)).toEqual({ left: 1, right: 6, bottom: 1, top: 4 })
  })
})

describe('dots', () => {
  const paper = { width: 20, height: 20, scale: 1 }
  const colours = { pale: '#112233', dark: '#445566' }

  it('are at the pixels of their kernels, or not there', () => {
    const places = placeDots(x, y, (u, v) => [u + 1, v + 1], paper, 2)
    expect([...places]).toEqual([0, -1, -1, 10 * 20 + 5])
  })

  it('that are shown lie over the others, and more of them are more opaque', () => {
    const places = Int32Array.of(0, 0, 100, 100, 100, -1)
    const paint = (isShown: Uint8Array): Uint32Array => {
      const pixels = new Uint32Array(400)
      paintDots(pixels, paper, places, isShown, 1, colours)
      return pixels
    }
    const pixels = paint(Uint8Array.of(1, 0, 0, 0, 0, 1))
    expect((pixels[0] & 0xffffff).toString(16)).toBe('665544')
    expect((pixels[100] & 0xffffff).toString(16)).toBe('332211')
    expect(pixels.filter((pixel) => pixel !== 0)).toHaveLength(2)
    const alone = paint(Uint8Array.of(0, 0, 1, 0, 0, 0))[100] >>> 24
    expect(paint(Uint8Array.of(0, 0, 1, 1, 1, 0))[100] >>> 24).toBeGreaterThan(alone)
  })

  it('are smaller the more there are', () => {
    expect([10, 5_000, 100_000].map((count) => dotSize(count, paper))).toEqual([6, 4, 2])
  })
})
