// Small sums over feature vectors that the search does by the million.

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/**
 * Weights that tell sums apart: whole numbers that hardly ever add up to the same by chance. Always the same ones
 * (Marsaglia, Xorshift RNGs, J. Stat. Soft. 8(14), 2003).
 * @param bits - 33 to 52: as few as keep the sums below 2^53, where they are exact
 */
export function tellingWeights(count: number, bits: number): Float64Array {
  let state = 0x9e3779b9
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  return Float64Array.from({ length: count }, () => 2 ** (bits - 32) * next() + (next() >>> (64 - bits)))
}
