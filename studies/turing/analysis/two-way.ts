// The variance of a sum over judgments in which participants and items are both random: what participants add, plus what
// items add, less what both have counted (Clark 1973, the denominator of his quasi-F; Cameron, Gelbach and Miller 2011
// for data with gaps). Degrees of freedom after Satterthwaite (1946).

/** Who judged what: a table of judgments, by columns. */
export interface Crossing {
  /** `[judgment]`, from 0. */
  readonly participant: Int32Array
  /** `[judgment]`, from 0. */
  readonly item: Int32Array
  readonly participants: number
  readonly items: number
}

/** A variance and how far it can be trusted. */
export interface ClusteredVariance {
  readonly variance: number
  readonly degreesOfFreedom: number
}

/** Number the participants and items of judgments, in the order of their first. */
export function crossingOf(
  judgments: readonly { readonly participant: string; readonly item: string }[],
): Crossing & { readonly itemIds: readonly string[] } {
  const participants = new Map<string, number>()
  const items = new Map<string, number>()
  const numberOf = (known: Map<string, number>, id: string): number => {
    const number = known.get(id) ?? known.size
    known.set(id, number)
    return number
  }
  const participant = Int32Array.from(judgments, (one) => numberOf(participants, one.participant))
  const item = Int32Array.from(judgments, (one) => numberOf(items, one.item))
  return { participant, item, participants: participants.size, items: items.size, itemIds: [...items.keys()] }
}

/**
 * The variance of the sum of `values`.
 * @param values - `[judgment]`: what each adds to the estimate, its expectation taken off
 * @param stratum - `[item]`, from 0: items are drawn within strata
 * @returns NaN where participants, or the items of a stratum, are fewer than two
 */
export function clusteredVariance(
  { participant, item, participants, items }: Crossing,
  values: Float64Array,
  stratum: ArrayLike<number>,
): ClusteredVariance {
  const byParticipant = new Float64Array(participants)
  const byItem = new Float64Array(items)
  let ofJudgments = 0
  for (let i = 0; i < values.length; i++) {
    byParticipant[participant[i]] += values[i]
    byItem[item[i]] += values[i]
    ofJudgments += values[i] ** 2
  }
  const ofParticipants = spread(byParticipant)
  const strata = new Set(Array.from(stratum))
  let ofItems = 0
  for (const one of strata) ofItems += spread(byItem.filter((_, i) => stratum[i] === one))
  // With few judgments the difference may come out below either part, which no true variance does.
  const variance = Math.max(ofParticipants + ofItems - ofJudgments, ofParticipants, ofItems)
  const freedom = { participants: participants - 1, items: items - strata.size }
  const square =
    ofParticipants ** 2 / freedom.participants +
    ofItems ** 2 / freedom.items +
    ofJudgments ** 2 / (freedom.participants * freedom.items)
  return { variance, degreesOfFreedom: variance ** 2 / square }
}

/** `n / (n − 1) · Σ value²` */
function spread(values: Float64Array): number {
  const { length } = values
  if (length < 2) return Number.NaN
  let sum = 0
  for (const value of values) sum += value * value
  return (length / (length - 1)) * sum
}
