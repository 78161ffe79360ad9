// Rates that hold over many draws.

import { expect } from 'vitest'
import { wilson } from '../../../evaluation/index.ts'

/** A share of so many draws that is not further off than chance takes it in one of a thousand tests. */
export function expectShare(count: number, draws: number, share: number): void {
  const [low, high] = wilson(count, draws, 0.999)
  expect({ share, isWithin: low <= share && share <= high, low, high }).toMatchObject({ isWithin: true })
}
