// Random order, after Fisher and Yates.

import type { Random } from '../../synth/index.ts'

/** A copy in random order. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const copy = [...values]
  shufflePlaces(copy, [...copy.keys()], random)
  return copy
}

/** What stands at some places of `values` changes places, at random. */
export function shufflePlaces<T>(values: { [place: number]: T }, places: ArrayLike<number>, random: Random): void {
  for (let i = places.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const kept = values[places[i]]
    values[places[i]] = values[places[j]]
    values[places[j]] = kept
  }
}
