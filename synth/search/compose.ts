// Starting points for large targets: seed kernels fused into one kernel, chosen so that their features add up to the
// target, as a search over sums of vectors finds them; what it proposes is then written out, compiled and measured.

import { fuseKernels, type TypedKernel } from '../edits/index.ts'
import type { Random } from '../random.ts'
import type { TargetMeter } from './target.ts'
import { dot } from './vectors.ts'

/** A kernel whose features are known. */
export interface Part {
  readonly text: string
  /** `[feature]` */
  readonly features: Float64Array
}

/** Work-items may leave such a kernel before a barrier of the next: only one can be fused with others. */
function isSelfish({ text }: Part): boolean {
  return text.includes('barrier(') && text.includes('return')
}

/** Seeds in one kernel, each at most once. */
const longest = 40
/** Times that a third of the parts is taken out again, for any one. */
const shakes = 96

/**
 * Sums of two or more parts near the target: a local search over sets of parts (one more, one less, one for another),
 * begun anew from the best with some of it taken out and any one put in. With changes `c` and the gap `g`, |g − Σc|² of a neighbour
 * follows from the products of all parts, so that a step costs next to nothing.
 * @param empty - `[feature]` of a kernel that does nothing: what fusing saves
 * @returns at most `count` lists of indices into `parts`, the most promising first; none where one part is nearest
 */
export function findSums(
  parts: readonly Part[],
  empty: Float64Array,
  meter: TargetMeter,
  count: number,
  rng: Random,
): number[][] {
  const effort = (set: readonly number[]): number => {
    const features = Float64Array.from(empty)
    for (const i of set) for (let f = 0; f < empty.length; f++) features[f] += parts[i].features[f] - empty[f]
    return meter.additiveEffort(features)
  }
  const sums = new SumSearch(parts, empty, meter)
  const single = parts.reduce((least, _, i) => Math.min(least, effort([i])), Number.POSITIVE_INFINITY)
  const found = new Map<string, { readonly set: readonly number[]; readonly effort: number }>()
  let best: readonly number[] = []
  let least = Number.POSITIVE_INFINITY
  for (let shake = 0; shake < shakes; shake++) {
    const kept = best.filter(() => rng.next() > 1 / 3)
    const set = sums.improve(shake === 0 ? [] : [...new Set([...kept, rng.below(parts.length)])])
    const own = effort(set)
    if (set.length > 1 && own < single) found.set(set.join(), { set, effort: own })
    if (own > least) continue
    least = own
    best = set
  }
  const nearest = [...found.values()].sort((a, b) => a.effort - b.effort || a.set.length - b.set.length)
  return nearest.slice(0, count).map(({ set }) => [...set])
}

/** Steps from sets of parts to better ones. */
class SumSearch {
  readonly #gap: Float64Array
  readonly #changes: readonly Float64Array[]
  readonly #selfish: readonly boolean[]
  /** `[part, part]` */
  readonly #products: Float64Array

  constructor(parts: readonly Part[], empty: Float64Array, meter: TargetMeter) {
    this.#gap = meter.additiveGap(empty)
    this.#changes = parts.map(({ features }) => meter.additiveChange(features.map((value, f) => value - empty[f])))
    this.#selfish = parts.map(isSelfish)
    this.#products = new Float64Array(parts.length ** 2)
    for (let i = 0; i < parts.length; i++) {
      for (let j = 0; j <= i; j++) {
        const product = dot(this.#changes[i], this.#changes[j])
        this.#products[i * parts.length + j] = product
        this.#products[j * parts.length + i] = product
      }
    }
  }

  /** The best neighbour, and its best neighbour, until none is better. @returns indices in ascending order */
  improve(start: readonly number[]): number[] {
    const size = this.#changes.length
    const set = new Set<number>()
    /** `[part]`: product of each with what is still missing. */
    const missing = Float64Array.from(this.#changes, (change) => dot(change, this.#gap))
    const toggle = (i: number): void => {
      const sign = set.delete(i) ? 1 : -1
      if (sign < 0) set.add(i)
      for (let j = 0; j < size; j++) missing[j] += sign * this.#products[i * size + j]
    }
    for (const i of start) toggle(i)
    for (;;) {
      const step = this.#bestStep(set, missing)
      if (step === undefined) return [...set].sort((a, b) => a - b)
      for (const i of step) toggle(i)
    }
  }

  /** Parts to take out or put in; undefined where nothing helps. */
  #bestStep(set: ReadonlySet<number>, missing: Float64Array): readonly number[] | undefined {
    const size = this.#changes.length
    let least = -1e-9
    let step: readonly number[] | undefined
    const others = [...this.#changes.keys()].filter((i) => !set.has(i))
    const consider = (change: number, parts: readonly number[]): void => {
      if (change >= least) return
      least = change
      step = parts
    }
    const selfish = [...set].find((i) => this.#selfish[i])
    for (const j of others) {
      const adding = this.#products[j * size + j] - 2 * missing[j]
      if (set.size < longest && !(this.#selfish[j] && selfish !== undefined)) consider(adding, [j])
      for (const i of set) {
        if (this.#selfish[j] && selfish !== undefined && selfish !== i) continue
        const removing = this.#products[i * size + i] + 2 * missing[i]
        consider(removing + adding - 2 * this.#products[i * size + j], [i, j])
      }
    }
    for (const i of set) consider(this.#products[i * size + i] + 2 * missing[i], [i])
    return step
  }
}

/** Tokens of the parts fused; those that cannot be are left out. */
export function fuseAll(kernels: readonly TypedKernel[]): readonly string[] {
  return fuseKernels([...kernels].sort((a, b) => order(a) - order(b))).tokens.map(({ text }) => text)
}

/** Barriers must come before the first early return. */
function order({ tokens }: TypedKernel): number {
  if (!tokens.includes('barrier')) return 2
  return tokens.includes('return') ? 1 : 0
}
