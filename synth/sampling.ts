// Drawing tokens from logits.

import type { Random } from './random.ts'

export interface SamplingOptions {
  /** Divides the logits; lower is safer, higher more varied. Range (0, 4]. */
  readonly temperature: number
  /** Nucleus: the smallest set of tokens with this much probability is drawn from. Range (0, 1]. */
  readonly topP: number
}

/**
 * Draw one token from `logits[offset, offset + size)`.
 * @returns the token and the natural logarithm of its probability at temperature 1 over all tokens
 */
export function sampleToken(
  logits: Float32Array,
  offset: number,
  size: number,
  options: SamplingOptions,
  rng: Random,
): { readonly token: number; readonly logProbability: number } {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < size; i++) if (logits[offset + i] > highest) highest = logits[offset + i]
  // Tokens that far below the best have no weight worth sorting for.
  const floor = highest - 12 * Math.max(1, options.temperature)
  const tokens: number[] = []
  const weights: number[] = []
  let plainSum = 0
  let total = 0
  for (let i = 0; i < size; i++) {
    const logit = logits[offset + i]
    if (logit < floor) continue
    const weight = Math.exp((logit - highest) / options.temperature)
    plainSum += Math.exp(logit - highest)
    total += weight
    tokens.push(i)
    weights.push(weight)
  }
  const chosen = options.topP >= 1 ? rng.weighted(weights) : drawFromNucleus(weights, total * options.topP, rng)
  const token = tokens[chosen]
  return { token, logProbability: logits[offset + token] - highest - Math.log(plainSum) }
}

function drawFromNucleus(weights: readonly number[], mass: number, rng: Random): number {
  const order = [...weights.keys()].sort((a, b) => weights[b] - weights[a] || a - b)
  let sum = 0
  let size = 0
  while (size < order.length && sum < mass) sum += weights[order[size++]]
  let rest = rng.next() * sum
  for (let i = 0; i < size; i++) {
    rest -= weights[order[i]]
    if (rest < 0) return order[i]
  }
  return order[size - 1]
}
