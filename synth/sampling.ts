// Drawing tokens from logits.

import type { Random } from './random.ts'

/** How a token is drawn. */
export interface SamplingOptions {
  /** Divides the logits; lower is safer, higher more varied. Range (0, 4]. */
  readonly temperature: number
  /** Nucleus: the smallest set of tokens with this much probability is drawn from. Range (0, 1]. */
  readonly topP: number
}

/** A token that was drawn. */
export interface Drawn {
  readonly token: number
  /** Natural logarithm of its probability at temperature 1, over all tokens. */
  readonly logProbability: number
}

/**
 * Tokens with less than this share of the best one's weight are not drawn: sorting thousands of them is wasted. The
 * second floor counts where none above the first may be drawn.
 */
const smallestWeights = [1e-3, 1e-7]

/**
 * Draw one token from `logits[offset, offset + size)`.
 * @param allows - tokens that may be drawn; default all
 * @returns undefined where no token of noticeable weight may be drawn
 */
export function sampleToken(
  logits: Float32Array,
  offset: number,
  size: number,
  options: SamplingOptions,
  rng: Random,
  allows: (token: number) => boolean = () => true,
): Drawn | undefined {
  const highest = highestOf(logits, offset, size)
  const candidates: { readonly token: number; readonly weight: number }[] = []
  let total = 0
  for (const smallestWeight of smallestWeights) {
    const floor = highest + options.temperature * Math.log(smallestWeight)
    for (let token = 0; token < size; token++) {
      const logit = logits[offset + token]
      if (logit < floor || !allows(token)) continue
      const weight = Math.exp((logit - highest) / options.temperature)
      total += weight
      candidates.push({ token, weight })
    }
    if (candidates.length > 0) break
  }
  if (candidates.length === 0) return undefined
  candidates.sort((a, b) => b.weight - a.weight || a.token - b.token)
  let mass = 0
  let kept = 0
  while (kept < candidates.length && mass < options.topP * total) mass += candidates[kept++].weight
  let rest = rng.next() * mass
  let chosen = 0
  while (chosen < kept - 1 && rest >= candidates[chosen].weight) rest -= candidates[chosen++].weight
  const { token } = candidates[chosen]
  return { token, logProbability: logProbabilityOf(token, logits, offset, size) }
}

/** Natural logarithm of a token's probability at temperature 1, over all of `logits[offset, offset + size)`. */
export function logProbabilityOf(token: number, logits: Float32Array, offset: number, size: number): number {
  const highest = highestOf(logits, offset, size)
  let sum = 0
  for (let i = 0; i < size; i++) sum += Math.exp(logits[offset + i] - highest)
  return logits[offset + token] - highest - Math.log(sum)
}

function highestOf(logits: Float32Array, offset: number, size: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < size; i++) if (logits[offset + i] > highest) highest = logits[offset + i]
  return highest
}
