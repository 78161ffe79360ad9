// A paired test that assumes no distribution: were there no difference, each pair could as well have had the other sign
// (Fisher's randomisation test; Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 2005, section 3.2).

import type { Random } from '../../../synth/index.ts'

/** Pairs of which all signs are tried. */
const mostExact = 16
const draws = 20_000

/**
 * @param differences - one a pair
 * @param rng - draws signs where there are too many pairs to try them all
 * @returns the share of sign patterns whose sum is as far from 0, two-sided: the p-value; 1 for no pairs
 */
export function signFlipTest(differences: readonly number[], rng: Random): number {
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0))
  const slack = 1e-12 * differences.reduce((sum, value) => sum + Math.abs(value), 0)
  const isAsFar = (isNegative: (i: number) => boolean): boolean => {
    const sum = differences.reduce((total, value, i) => total + (isNegative(i) ? -value : value), 0)
    return Math.abs(sum) >= observed - slack
  }
  if (differences.length <= mostExact) {
    const patterns = 2 ** differences.length
    let far = 0
    for (let pattern = 0; pattern < patterns; pattern++) if (isAsFar((i) => ((pattern >> i) & 1) === 1)) far++
    return far / patterns
  }
  let far = 1 // the pattern that was observed
  for (let i = 0; i < draws; i++) if (isAsFar(() => rng.below(2) === 1)) far++
  return far / (draws + 1)
}
