// Many comparisons, one error rate: Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979). It assumes
// nothing of how the tests depend on one another.

/**
 * @param pValues - from 0 to 1
 * @returns in the same order, what each is compared with alpha as: never below its own, never above 1
 */
export function adjustByHolm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p)
  const adjusted = new Array<number>(pValues.length)
  let least = 0
  for (const [rank, { p, i }] of order.entries()) {
    least = Math.max(least, Math.min(1, (pValues.length - rank) * p))
    adjusted[i] = least
  }
  return adjusted
}
