import { expect, it } from 'vitest'
import { thin } from '../../corpora/index.ts'

it('keeps the first, the last and evenly spaced items between them', () => {
  const items = Array.from({ length: 101 }, (_, i) => i)
  expect(thin(items, 5)).toEqual([0, 25, 50, 75, 100])
  expect(thin(items, 101)).toBe(items)
})
