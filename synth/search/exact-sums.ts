// Which few of many measured changes add up to a gap exactly? Every vector is folded into one number in such a way that
// sums stay sums; then two of them and two or three others meet in a table of pairs. Source: Horowitz and Sahni,
// Computing Partitions with Applications to the Knapsack Problem, J. ACM 21(2), 1974.

import { tellingWeights } from './vectors.ts'

/** Triples that are looked up: what five edits together may cost. */
const mostTriples = 400_000
/** Ways to one sum that are remembered. */
const mostAlike = 4
/** Of a feature's weight: folded vectors and their sums stay exact. */
const weightBits = 36

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
  const weights = tellingWeights(gap.length, weightBits)
  const folded = Float64Array.from(changes, (change) => fold(change, weights))
  const wanted = fold(gap, weights)
  const kept = firstOfEach(folded)
  const pairs = pairsOf(kept, folded, goTogether)
  const found = new Map<string, number[]>()
  const meet = (set: readonly number[], missing: number): void => {
    for (let pair = pairs.first(missing); pair !== none; pair = pairs.next(pair)) {
      if (found.size >= most) return
      const [i, j] = pairs.members(pair)
      if (set.every((k) => k !== i && k !== j && goTogether(i, k) && goTogether(j, k))) {
        const whole = [...set, i, j].sort((a, b) => a - b)
        found.set(whole.join(), whole)
      }
    }
  }
  meet([], wanted)
  for (const i of kept) meet([i], wanted - folded[i])
  for (const head of pairs.heads) {
    if (found.size >= most) break
    const missing = wanted - pairs.sum(head)
    if (pairs.first(missing) === none) continue
    for (let pair = head; pair !== none; pair = pairs.next(pair)) meet(pairs.members(pair), missing)
  }
  let triples = 0
  for (const head of pairs.heads) {
    if (found.size >= most || triples > mostTriples) break
    triples += kept.length
    const left = wanted - pairs.sum(head)
    for (const i of kept) {
      if (pairs.first(left - folded[i]) === none) continue
      const pair = pairs.members(head)
      if (!pair.includes(i) && pair.every((k) => goTogether(i, k))) meet([...pair, i], left - folded[i])
    }
  }
  return [...found.values()]
}

/** The first few of those that are folded to the same number. */
function firstOfEach(folded: Float64Array): number[] {
  const alike = new Map<number, number[]>()
  for (const [i, sum] of folded.entries()) {
    const known = alike.get(sum)
    if (known === undefined) alike.set(sum, [i])
    else if (known.length < mostAlike) known.push(i)
  }
  return [...alike.values()].flat()
}

/** Sums of two that go together, with the ways to them. */
function pairsOf(
  kept: readonly number[],
  folded: Float64Array,
  goTogether: (one: number, other: number) => boolean,
): PairTable {
  const pairs = new PairTable(folded.length, (kept.length * (kept.length - 1)) / 2)
  for (let a = 0; a < kept.length; a++) {
    for (let b = 0; b < a; b++) {
      const [i, j] = [kept[a], kept[b]]
      if (goTogether(i, j)) pairs.add(folded[i] + folded[j], i, j)
    }
  }
  return pairs
}

/** Stands for no pair. */
const none = -1

/** Pairs by their sum: a hash table in typed arrays, because it is filled and thrown away many times a second. */
class PairTable {
  /** Pairs in the order they came in; the first of each sum. */
  readonly heads: number[] = []
  readonly #count: number
  readonly #mask: number
  /** `[slot]`: first pair with the sum that belongs there, or none. */
  readonly #slots: Int32Array
  /** By pair. */
  readonly #sums: Float64Array
  readonly #members: Int32Array
  readonly #next: Int32Array
  #size = 0

  /**
   * @param count - of what pairs are made of
   * @param room - pairs that there can be
   */
  constructor(count: number, room: number) {
    this.#count = count
    const slots = 2 ** Math.ceil(Math.log2(2 * room + 2))
    this.#mask = slots - 1
    this.#slots = new Int32Array(slots).fill(none)
    this.#sums = new Float64Array(room)
    this.#members = new Int32Array(room)
    this.#next = new Int32Array(room).fill(none)
  }

  /** Of more pairs than are worth remembering, the first ones stay. */
  add(sum: number, i: number, j: number): void {
    const slot = this.#slotOf(sum)
    let last = this.#slots[slot]
    for (let alike = 1; last !== none; alike++) {
      if (alike === mostAlike) return
      if (this.#next[last] === none) break
      last = this.#next[last]
    }
    const pair = this.#size++
    this.#sums[pair] = sum
    this.#members[pair] = i * this.#count + j
    if (last !== none) this.#next[last] = pair
    else {
      this.#slots[slot] = pair
      this.heads.push(pair)
    }
  }

  /** First pair with this sum, or none. */
  first(sum: number): number {
    return this.#slots[this.#slotOf(sum)]
  }

  /** The next one with the same sum, or none. */
  next(pair: number): number {
    return this.#next[pair]
  }

  sum(pair: number): number {
    return this.#sums[pair]
  }

  members(pair: number): readonly [number, number] {
    return [Math.floor(this.#members[pair] / this.#count), this.#members[pair] % this.#count]
  }

  /** Where the sum is, or belongs. */
  #slotOf(sum: number): number {
    const high = Math.floor(sum / 2 ** 32)
    let slot = Math.imul((sum >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
    slot = (slot ^ (slot >>> 15)) & this.#mask
    while (this.#slots[slot] !== none && this.#sums[this.#slots[slot]] !== sum) slot = (slot + 1) & this.#mask
    return slot
  }
}

function fold(vector: Float64Array, weights: Float64Array): number {
  return vector.reduce((sum, value, f) => sum + value * weights[f], 0)
}
