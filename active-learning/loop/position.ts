// Randomness by place: what is drawn at a step depends on where the step is and on nothing that ran before, so that a
// loop that was killed draws the same when it comes there again.

import { createHash } from 'node:crypto'
import { Random } from '../../synth/index.ts'

/** Which draw. Arms are left out on purpose: they are compared draw by draw. */
export interface Position {
  readonly fold: string
  readonly seed: number
  readonly round: number
  /** Which of the draws of a round: `candidates`, `search 2`. */
  readonly purpose: string
}

/** A seed for whatever is done there, an integer of 32 bits. */
export function seedAt({ fold, seed, round, purpose }: Position): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([fold, seed, round, purpose]))
    .digest()
  return digest.readInt32LE(0)
}

export function randomAt(position: Position): Random {
  return new Random(seedAt(position))
}
