// How likely the model finds infills that are given: the truth instead of a draw goes into each next step of the decoder.

import type { Context, Model } from './model.ts'
import { special } from './tokenizer.ts'

/** A hole, and what fills it. */
export interface GivenInfill {
  readonly context: Context
  /** Token ids, without ENDHOLE. */
  readonly ids: readonly number[]
}

/**
 * Score infills in lockstep, padded to the longest: best called with few of similar length.
 * @returns for each `[id]` the natural logarithm of its probability at temperature 1, ENDHOLE's last
 * @throws {DisposedError} when the model is disposed of
 * @throws the signal's reason when aborted
 */
export async function scoreInfills(
  model: Model,
  infills: readonly GivenInfill[],
  options: { readonly signal?: AbortSignal } = {},
): Promise<Float64Array[]> {
  if (infills.length === 0) return []
  const decoding = model.startDecoding(await model.encode(infills.map(({ context }) => context)), 1)
  const targets = infills.map(({ ids }) => [...ids, special.ENDHOLE])
  const scores = targets.map((target) => new Float64Array(target.length))
  const steps = Math.max(...targets.map((target) => target.length))
  for (let step = 0; step < steps; step++) {
    options.signal?.throwIfAborted()
    const logProbabilities = await decoding.step(targets.map((target) => target[step - 1] ?? special.START))
    const size = logProbabilities.length / targets.length
    targets.forEach((target, row) => {
      if (step < target.length) scores[row][step] = logProbabilities[row * size + target[step]]
    })
  }
  return scores
}
