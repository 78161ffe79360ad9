// What edits of one kernel were measured to do. Effects of edits in different places mostly add up, so that several
// of them together can be aimed: a beam search over sets of edits finds those that land nearest to the target.
// With changes c and the gap g to the target, |g − Σc|² is |g|² + Σ(|c|² − 2g·c) + 2Σc·c': one more edit costs a sum.

import { type Edit, moveEdit } from '../edits/index.ts'
import { BlockCounts } from './block-counts.ts'
import type { EditPool } from './edit-pool.ts'
import { findNearSets } from './edit-sets.ts'
import { findExactSums } from './exact-sums.ts'
import type { MeasuredEdit } from './measured-edit.ts'
import type { TargetMeter } from './target.ts'
import { dot } from './vectors.ts'

/** Edits that go together, in order of their place. */
export interface Combination {
  readonly edits: readonly MeasuredEdit[]
  /** Predicted effort, as the meter has it. */
  readonly predicted: number
  /** Names it within its table. */
  readonly id: string
}

const mostEdits = 512
/** Where there are more edits than are kept, those go first of whose effect there are more than so many. */
const usuallyAlike = 6
/** Distance within which sets are looked for that land on the target. */
const near = 8
const mostExact = 32
/** Distance within which sets are also looked for of which only the blocks tell that they land there. */
const veryNear = 3
/** Ways to bring blocks to the wanted size that are tried. */
const mostSteps = 2
/** Combinations found at once. */
const mostFound = 256

interface KnownEdit extends MeasuredEdit {
  readonly serial: number
  /** Square of what it changes. */
  readonly size: number
}

/** Changes written out, once: tables hand them on to one another. */
const effects = new WeakMap<Float64Array, string>()

function effectOf(change: Float64Array): string {
  const known = effects.get(change) ?? change.join()
  effects.set(change, known)
  return known
}

/** The edits measured on one kernel. */
export class EditTable {
  readonly #features: Float64Array
  readonly #meter: TargetMeter
  /** `[block]`: instructions of each, where they are known and count. */
  readonly #blocks: Float64Array | undefined
  readonly #blockCounts: BlockCounts | undefined
  /** Oldest first. */
  readonly #edits: KnownEdit[] = []
  #serial = 0
  #found: readonly Combination[] = []
  #isStale = true
  /** State of the meter that they were found in. */
  #foundAt = 0
  readonly #taken = new Set<string>()
  /** By place and text: each is known once. */
  readonly #known = new Set<string>()
  /** Edits by their effect. */
  readonly #alike = new Map<string, number>()
  #adopted = 0

  /**
   * @param features - `[feature]` of the kernel
   * @param blocks - `[block]`: instructions of each
   */
  constructor(features: Float64Array, meter: TargetMeter, blocks?: Float64Array) {
    this.#features = features
    this.#meter = meter
    this.#blocks = blocks
    this.#blockCounts = blocks && BlockCounts.of(meter)
  }

  get size(): number {
    return this.#edits.length
  }

  add(measured: MeasuredEdit): void {
    const { start, end, tokens } = measured.edit
    const name = `${start} ${end} ${tokens.map(({ text }) => text).join(' ')}`
    const size = dot(measured.change, measured.change)
    if (this.#known.has(name) || (size === 0 && !this.#isSized(measured))) return
    this.#known.add(name)
    this.#count(measured, 1)
    this.#edits.push({ ...measured, size, serial: this.#serial++ })
    this.#isStale = true
    if (this.#edits.length <= mostEdits) return
    const common = this.#edits.findIndex(({ change }) => (this.#alike.get(effectOf(change)) ?? 0) > usuallyAlike)
    const [gone] = this.#edits.splice(Math.max(0, common), 1)
    this.#count(gone, -1)
  }

  #count({ change }: MeasuredEdit, more: 1 | -1): void {
    const effect = effectOf(change)
    this.#alike.set(effect, (this.#alike.get(effect) ?? 0) + more)
  }

  /**
   * The table of the kernel that some edits lead to, as far as it can be known: what lies apart from them does there
   * what it did here.
   * @param features - `[feature]` of that kernel
   * @param blocks - `[block]`: instructions of each
   * @param applied - in order of their place, not overlapping
   */
  after(applied: readonly Edit[], features: Float64Array, blocks?: Float64Array): EditTable {
    const table = new EditTable(features, this.#meter, blocks)
    for (const measured of this.#edits) {
      const { edit } = measured
      if (!applied.every((other) => areApart(edit, other))) continue
      const before = applied.filter((other) => other.end <= edit.start)
      const shift = before.reduce((sum, { start, end, tokens }) => sum + tokens.length - (end - start), 0)
      const blockChange = blocks?.length === this.#blocks?.length ? measured.blockChange : undefined
      table.add({ ...measured, blockChange, edit: moveEdit(edit, edit.start + shift) })
    }
    return table
  }

  /** Take over edits of other kernels, where they fit. @param tokens - of this kernel */
  adopt(pool: EditPool, tokens: readonly string[]): void {
    for (const measured of pool.fitting(tokens, this.#adopted)) this.add(measured)
    this.#adopted = pool.size
  }

  /** Did edits or the meter change since combinations were last searched for? */
  get isStale(): boolean {
    return this.#isStale || this.#foundAt !== this.#meter.pressed
  }

  /** Search anew, if anything changed. */
  refresh(): void {
    if (!this.isStale) return
    this.#found = this.#search()
    this.#isStale = false
    this.#foundAt = this.#meter.pressed
  }

  /** Combinations of two edits and more that were not given out before, the nearest to the target first. */
  get combinations(): readonly Combination[] {
    return this.#found
  }

  /** Give a combination out. */
  take(combination: Combination): void {
    this.#taken.add(combination.id)
    this.#found = this.#found.filter((other) => other !== combination)
  }

  #search(): Combination[] {
    const changing = this.#edits.flatMap(({ size }, i) => (size > 0 ? [i] : []))
    const changes = changing.map((i) => this.#meter.additiveChange(this.#edits[i].change))
    const gap = this.#meter.additiveGap(this.#features)
    const found = findNearSets(changes, gap, this.#apartAmong(changing))
    const nearest = found.sort((a, b) => a.square - b.square).slice(0, mostFound)
    const places = [...this.#exact(changing), ...nearest.map((set) => set.places.map((one) => changing[one]))]
    const combinations = places.map((set) => this.#combination(set))
    return [...new Map(combinations.map((one) => [one.id, one])).values()]
      .filter(({ id }) => !this.#taken.has(id))
      .sort((a, b) => a.predicted - b.predicted)
  }

  /** Sets that land on the target, where it is near. @param changing - edits that change any feature */
  #exact(changing: readonly number[]): number[][] {
    const gap = this.#meter.plainGap(this.#features)
    const square = dot(gap, gap)
    if (square > near ** 2) return []
    const change = (i: number): Float64Array => this.#meter.plainChange(this.#edits[i].change)
    const sets = this.#sums(changing, change, gap)
    return square > veryNear ** 2 ? sets : [...sets, ...this.#exactBySize()]
  }

  /** Sets that land on the target and leave blocks of the wanted sizes, whatever each edit alone does to their counts. */
  #exactBySize(): number[][] {
    const [counts, blocks] = [this.#blockCounts, this.#blocks]
    if (counts === undefined || blocks === undefined) return []
    const sized = [...this.#edits.keys()].filter((i) => this.#isSized(this.#edits[i]))
    const change = (i: number): Float64Array => this.#meter.plainChange(counts.without(this.#edits[i].change))
    const gap = this.#meter.plainGap(counts.asWanted(this.#features))
    if (counts.fit(blocks)) return this.#sums(sized, change, gap)
    const steps = counts.steps(blocks).slice(0, mostSteps)
    return steps.flatMap(({ block, by }) => {
      const withBlock = (i: number): Float64Array =>
        Float64Array.of(...change(i), this.#edits[i].blockChange?.[block] ?? 0)
      return this.#sums(sized, withBlock, Float64Array.of(...gap, by))
    })
  }

  /** Sets of some of the edits that add up to a gap. */
  #sums(edits: readonly number[], change: (edit: number) => Float64Array, gap: Float64Array): number[][] {
    const sets = findExactSums(edits.map(change), gap, this.#apartAmong(edits), mostExact)
    return sets.map((set) => set.map((one) => edits[one]))
  }

  /** Is it known what the edit does to each block? */
  #isSized({ blockChange }: MeasuredEdit): boolean {
    return blockChange !== undefined && blockChange.length === this.#blocks?.length
  }

  /** Undefined where it is not known of all edits what they do to the blocks. */
  #blocksAfter(edits: readonly MeasuredEdit[]): Float64Array | undefined {
    if (this.#blocks === undefined || !edits.every((edit) => this.#isSized(edit))) return undefined
    const blocks = Float64Array.from(this.#blocks)
    for (const { blockChange } of edits) for (let i = 0; i < blocks.length; i++) blocks[i] += blockChange?.[i] ?? 0
    return blocks.every((size) => size > 0) ? blocks : undefined
  }

  /** May two edits be made at the same time, by their places among some? */
  #apartAmong(edits: readonly number[]): (one: number, other: number) => boolean {
    return (one, other) => areApart(this.#edits[edits[one]].edit, this.#edits[edits[other]].edit)
  }

  #combination(places: readonly number[]): Combination {
    const edits = places.map((i) => this.#edits[i])
    const sum = Float64Array.from(this.#features)
    for (const { change } of edits) for (let f = 0; f < sum.length; f++) sum[f] += change[f]
    const blocks = this.#blocksAfter(edits)
    if (blocks !== undefined) this.#blockCounts?.recount(sum, blocks)
    return {
      edits: edits.sort((a, b) => a.edit.start - b.edit.start),
      predicted: this.#meter.additiveEffort(sum),
      id: places.map((i) => this.#edits[i].serial).join(),
    }
  }
}

/** Insertions at one place would come in an order that was not measured. */
function areApart(a: Edit, b: Edit): boolean {
  if (a.start === b.start) return false
  return a.end <= b.start || b.end <= a.start
}
