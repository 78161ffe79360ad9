// How mixed the labels of a node are: 0 where all agree, 1 (entropy, bits) or 0.5 (Gini) where both are as frequent.
// Breiman et al., "Classification and Regression Trees" (1984), section 4.3; Quinlan, "Induction of decision trees" (1986).

export const criteria = ['entropy', 'gini'] as const
export type Criterion = (typeof criteria)[number]

/** @param cpu - rows with that label, not negative; one of both counts is positive */
export function impurity(criterion: Criterion, cpu: number, gpu: number): number {
  const [p, q] = [cpu / (cpu + gpu), gpu / (cpu + gpu)]
  return criterion === 'gini' ? 2 * p * q : bits(p) + bits(q)
}

function bits(share: number): number {
  return share === 0 ? 0 : -share * Math.log2(share)
}
