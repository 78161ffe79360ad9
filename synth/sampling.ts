// Drawing tokens from log-probabilities.

import type { Random } from './random.ts'

/** How a token is drawn. */
export interface SamplingOptions {
  /** Divides the logits; lower is safer, higher more varied. Range (0, 4]. */
  readonly temperature: number
  /** Nucleus: the smallest set of tokens with this much probability is drawn from. Range (0, 1]. */
  readonly topP: number
  /** Tokens among which the choice is sharpened, once it is to be one of them. Default: none. */
  readonly sharpened?: SharpenedRange
}

/** A range of token ids with a temperature of its own, on top of that of all: how likely the range is stays as it was. */
export interface SharpenedRange {
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Range (0, 4]; 1 changes nothing. */
  readonly temperature: number
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
 * Draw one token from `scores[offset, offset + size)`.
 * @param scores - log-probabilities; of logits, `logProbability` is the logit
 * @param allows - tokens that may be drawn; default all
 * @returns undefined where no token of noticeable weight may be drawn
 */
export function sampleToken(
  scores: Float32Array,
  offset: number,
  size: number,
  options: SamplingOptions,
  rng: Random,
  allows?: (token: number) => boolean,
): Drawn | undefined {
  const highest = highestOf(scores, offset, size)
  const tokens: number[] = []
  const weights: number[] = []
  let total = 0
  for (const smallestWeight of smallestWeights) {
    const floor = highest + options.temperature * Math.log(smallestWeight)
    for (let token = 0; token < size; token++) {
      const score = scores[offset + token]
      if (score < floor || allows?.(token) === false) continue
      const weight = Math.exp((score - highest) / options.temperature)
      total += weight
      tokens.push(token)
      weights.push(weight)
    }
    if (tokens.length > 0) break
  }
  if (tokens.length === 0) return undefined
  if (options.sharpened !== undefined) sharpen(tokens, weights, options.sharpened)
  const token = tokens[drawIndex(weights, options.topP * total, rng)]
  return { token, logProbability: scores[offset + token] }
}

/** Redistributes the weights within the range, in place. */
function sharpen(tokens: readonly number[], weights: number[], { start, end, temperature }: SharpenedRange): void {
  let before = 0
  let highest = 0
  tokens.forEach((token, i) => {
    if (token < start || token >= end) return
    before += weights[i]
    highest = Math.max(highest, weights[i])
  })
  if (highest === before) return // one at most
  let after = 0
  tokens.forEach((token, i) => {
    if (token < start || token >= end) return
    weights[i] = (weights[i] / highest) ** (1 / temperature)
    after += weights[i]
  })
  tokens.forEach((token, i) => {
    if (token >= start && token < end) weights[i] *= before / after
  })
}

/** Index of a weight, drawn in proportion from the heaviest that have `nucleus` together; equal ones in order. */
function drawIndex(weights: readonly number[], nucleus: number, rng: Random): number {
  const descending = new Float64Array(weights).sort().reverse()
  let mass = 0
  let kept = 0
  while (kept < descending.length && mass < nucleus) mass += descending[kept++]
  let rest = rng.next() * mass
  let chosen = 0
  while (chosen < kept - 1 && rest >= descending[chosen]) rest -= descending[chosen++]
  let index = weights.indexOf(descending[chosen])
  for (let equal = chosen; descending[equal - 1] === descending[chosen]; equal--) {
    index = weights.indexOf(descending[chosen], index + 1)
  }
  return index
}

/** Turn logits `[row, token]` into log-probabilities, in place. */
export function logSoftmax(logits: Float32Array, size: number): Float32Array {
  for (let offset = 0; offset < logits.length; offset += size) {
    const highest = highestOf(logits, offset, size)
    let sum = 0
    for (let i = offset; i < offset + size; i++) sum += Math.exp(logits[i] - highest)
    const shift = highest + Math.log(sum)
    for (let i = offset; i < offset + size; i++) logits[i] -= shift
  }
  return logits
}

function highestOf(scores: Float32Array, offset: number, size: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = offset; i < offset + size; i++) if (scores[i] > highest) highest = scores[i]
  return highest
}
