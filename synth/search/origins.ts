// The kernels that a search began with: seeds, and seeds put together. Where it begins anew, others get their turn.

import type { Random } from '../random.ts'
import type { Candidate } from './candidate.ts'

/** The nearest of a beginning, whose origins the next one leaves aside. */
const spentAtOnce = 3
/** Share of those left that a beginning is drawn from. */
const drawn = 0.5

export class Origins {
  #all: readonly Candidate[] = []
  /** Content keys of origins that the nearest of a beginning came of. */
  #spent = new Set<string>()

  add(candidates: readonly Candidate[]): void {
    this.#all = [...this.#all, ...candidates]
  }

  /** Never begin with it again. */
  leave(refused: Candidate): void {
    this.#all = this.#all.filter((candidate) => candidate !== refused)
  }

  /**
   * Half of those that no beginning led to its nearest from; where fewer than `fewest` are left, all but the last ones get
   * another turn.
   * @param nearest - of the last beginning, nearest first
   */
  draw(nearest: readonly Candidate[], fewest: number, rng: Random): Candidate[] {
    const roots = nearest.slice(0, spentAtOnce).map(rootOf)
    for (const root of roots) this.#spent.add(root)
    const isFresh = (candidate: Candidate): boolean => !this.#spent.has(candidate.key)
    if (this.#all.filter(isFresh).length < fewest) this.#spent = new Set(roots)
    return this.#all.filter((candidate) => rng.next() < drawn && isFresh(candidate))
  }
}

/** Content key of what a candidate was made from in the first place. */
function rootOf({ ancestors, key }: Candidate): string {
  return ancestors.at(0)?.key ?? key
}
