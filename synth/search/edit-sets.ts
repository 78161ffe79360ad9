// Which few of many changes add up to nearly a gap? A beam search over sets of them. With changes c and the gap g,
// |g − Σc|² is |g|² + Σ(|c|² − 2g·c) + 2Σc·c': what one more change costs is known for every set, and one addition
// later for every set that is one larger.

import { dot, tellingWeights } from './vectors.ts'

/** A set of changes, by their indices in ascending order. */
export interface ChangeSet {
  readonly places: readonly number[]
  /** Squared distance that it leaves. */
  readonly square: number
}

/** Sets of up to so many changes are looked at in any case, larger ones while they come nearer. */
const usuallyTogether = 6
const mostTogether = 32
/** Sets of one size that are extended by one more change. */
const width = 128
/** Of a change's name: sums of up to `mostTogether` stay exact. */
const nameBits = 46

/** A set that is to be extended. */
interface OpenSet extends ChangeSet {
  /** The sum of its places' names: the same however it came about. */
  readonly name: number
  /** `[change]`: what adding it does to the square; infinite where it does not go with the set. */
  readonly costs: Float64Array
}

/** One change more than an open set. */
interface Step {
  readonly from: OpenSet
  readonly change: number
  readonly square: number
}

/**
 * Sets of two changes and more that come near, in no order; each once.
 * @param changes - `[change, feature]`
 * @param gap - `[feature]`
 * @param goTogether - may two changes be made at the same time?
 */
export function findNearSets(
  changes: readonly Float64Array[],
  gap: Float64Array,
  goTogether: (one: number, other: number) => boolean,
): ChangeSet[] {
  const costs = pairCosts(changes, goTogether)
  const names = tellingWeights(changes.length, nameBits)
  const gains = Float64Array.from(changes, (change) => dot(change, change) - 2 * dot(gap, change))
  const nothing: OpenSet = { places: [], square: dot(gap, gap), name: 0, costs: gains }
  const open = ({ from, change, square }: Step): OpenSet => ({
    places: [...from.places, change].sort((a, b) => a - b),
    square,
    name: from.name + names[change],
    costs: from.costs.map((cost, other) => cost + costs[change * changes.length + other]),
  })
  const found: ChangeSet[] = []
  let level = extend([nothing], names).map(open)
  for (let size = 2; size <= mostTogether && level.length > 0; size++) {
    const longer = extend(level, names).map(open)
    if (size > usuallyTogether && !(longer[0]?.square < level[0].square)) break
    found.push(...longer.map(({ places, square }) => ({ places, square })))
    level = longer
  }
  return found
}

/** The nearest sets of one change more, each once, nearest first. */
function extend(level: readonly OpenSet[], names: Float64Array): Step[] {
  let steps = new Map<number, Step>()
  let worst = Number.POSITIVE_INFINITY
  const trim = (): void => {
    const kept = [...steps].sort(([, a], [, b]) => a.square - b.square).slice(0, width)
    steps = new Map(kept)
    if (kept.length === width) worst = kept[width - 1][1].square
  }
  for (const from of level) {
    const { costs, square, name } = from
    for (let change = 0; change < costs.length; change++) {
      const longer = square + costs[change]
      if (!(longer < worst)) continue
      const key = name + names[change]
      if (!steps.has(key)) steps.set(key, { from, change, square: longer })
      if (steps.size >= 4 * width) trim()
    }
  }
  trim()
  return [...steps.values()]
}

/** `[change, change]`: what two together cost beside what each does; infinite where they do not go together. */
function pairCosts(
  changes: readonly Float64Array[],
  goTogether: (one: number, other: number) => boolean,
): Float64Array {
  const count = changes.length
  const costs = new Float64Array(count ** 2).fill(Number.POSITIVE_INFINITY)
  // An edit changes few of the features.
  const features = changes.map((change) => [...change.keys()].filter((f) => change[f] !== 0))
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      if (!goTogether(i, j)) continue
      const [one, other] = [changes[i], changes[j]]
      let product = 0
      for (const f of features[j]) product += one[f] * other[f]
      costs[i * count + j] = 2 * product
      costs[j * count + i] = 2 * product
    }
  }
  return costs
}
