// Which few of many measured changes add up to a gap exactly? Every vector is folded into one number in such a way that
// sums stay sums; then two of them and two or three others meet in a table of pairs. Source: Horowitz and Sahni,
// Computing Partitions with Applications to the Knapsack Problem, J. ACM 21(2), 1974.

/** Triples that are looked up: what five edits together may cost. */
const mostTriples = 60_000
/** Ways to one sum that are remembered. */
const mostAlike = 4

/**
 * @param changes - whole numbers, `[change, feature]`
 * @param gap - `[feature]`
 * @param goTogether - may two changes be made at the same time?
 * @param most - sets wanted
 * @returns sets of two to five indices that add up to the gap, smaller ones first
 */
export function findExactSums(
  changes: readonly Float64Array[],
  gap: Float64Array,
  goTogether: (one: number, other: number) => boolean,
  most: number,
): number[][] {
  const weights = weightsOf(gap.length)
  const folded = Float64Array.from(changes, (change) => fold(change, weights))
  const wanted = fold(gap, weights)
  const alike = new Map<number, number[]>()
  for (const [i, sum] of folded.entries()) add(alike, sum, i)
  const kept = [...alike.values()].flat()
  const pairs = pairsOf(kept, folded, goTogether)
  const found = new Map<string, number[]>()
  const meet = (set: readonly number[], missing: number): void => {
    for (const [i, j] of pairs.get(missing) ?? []) {
      if (found.size >= most) return
      if (set.every((k) => k !== i && k !== j && goTogether(i, k) && goTogether(j, k))) {
        const whole = [...set, i, j].sort((a, b) => a - b)
        found.set(whole.join(), whole)
      }
    }
  }
  meet([], wanted)
  for (const i of kept) meet([i], wanted - folded[i])
  for (const [sum, ways] of pairs) {
    if (found.size >= most) break
    if (pairs.has(wanted - sum)) for (const pair of ways) meet(pair, wanted - sum)
  }
  let triples = 0
  for (const [sum, ways] of pairs) {
    if (found.size >= most || triples > mostTriples) break
    triples += kept.length
    for (const i of kept) {
      const missing = wanted - sum - folded[i]
      if (pairs.has(missing) && !ways[0].includes(i) && ways[0].every((k) => goTogether(i, k))) {
        meet([...ways[0], i], missing)
      }
    }
  }
  return [...found.values()]
}

/** Sums of two that go together, with the ways to them. */
function pairsOf(
  kept: readonly number[],
  folded: Float64Array,
  goTogether: (one: number, other: number) => boolean,
): Map<number, [number, number][]> {
  const pairs = new Map<number, [number, number][]>()
  for (let a = 0; a < kept.length; a++) {
    for (let b = 0; b < a; b++) {
      const [i, j] = [kept[a], kept[b]]
      if (goTogether(i, j)) add(pairs, folded[i] + folded[j], [i, j])
    }
  }
  return pairs
}

function add<T>(map: Map<number, T[]>, key: number, value: T): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else if (known.length < mostAlike) known.push(value)
}

/** Whole numbers below 2^36, so that sums of folded vectors stay exact. */
function weightsOf(count: number): Float64Array {
  let state = 0x9e3779b9
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  return Float64Array.from({ length: count }, () => 16 * next() + (next() & 15))
}

function fold(vector: Float64Array, weights: Float64Array): number {
  return vector.reduce((sum, value, f) => sum + value * weights[f], 0)
}
