// Features that count blocks by their size, foreseen from the sizes: what two edits do to such a feature is not the sum
// of what each does, but what they do to the blocks is.

import type { FeatureSpace } from '../../features/index.ts'
import type { TargetMeter } from './target.ts'

/** Instructions that it is worth filling up a block with, or taking from it. */
const mostMoved = 4

/** Some block gets `by` instructions more, or fewer where it is negative. */
export interface BlockStep {
  readonly block: number
  readonly by: number
}

export class BlockCounts {
  readonly #meter: TargetMeter
  readonly #counts: readonly { readonly feature: number; readonly least: number; readonly most: number }[]

  private constructor(meter: TargetMeter, space: FeatureSpace & { readonly input: 'ir' }) {
    this.#meter = meter
    const { blockCounts = [], names } = space
    this.#counts = blockCounts.map(({ feature, least, most }) => ({ feature: names.indexOf(feature), least, most }))
  }

  /** Undefined where the target's space has no such features. */
  static of(meter: TargetMeter): BlockCounts | undefined {
    const { space } = meter.target
    return space.input === 'ir' && space.blockCounts !== undefined ? new BlockCounts(meter, space) : undefined
  }

  /** Put what blocks of these sizes make of the features into `features`. */
  recount(features: Float64Array, blocks: Float64Array): void {
    for (const { feature, least, most } of this.#counts) {
      features[feature] = blocks.reduce((count, size) => count + Number(size >= least && size <= most), 0)
    }
  }

  /** A change without that of these features. */
  without(change: Float64Array): Float64Array {
    const rest = Float64Array.from(change)
    for (const { feature } of this.#counts) rest[feature] = 0
    return rest
  }

  /** Features as they are, but for these, which are as the target has them. */
  asWanted(features: Float64Array): Float64Array {
    const values = Float64Array.from(features)
    for (const { feature } of this.#counts) values[feature] = this.#meter.point[feature]
    return values
  }

  /** Do blocks of these sizes meet the target? */
  fit(blocks: Float64Array): boolean {
    const values = Float64Array.from(this.#meter.point)
    this.recount(values, blocks)
    return this.#meter.plainGap(values).every((gap) => gap === 0)
  }

  /** Few instructions more or fewer in one block, with which blocks meet the target. */
  steps(blocks: Float64Array): BlockStep[] {
    const steps: BlockStep[] = []
    for (const [block, size] of blocks.entries()) {
      for (let by = -mostMoved; by <= mostMoved; by++) {
        const moved = Float64Array.from(blocks)
        moved[block] = size + by
        if (size + by > 0 && this.fit(moved)) steps.push({ block, by })
      }
    }
    return steps.sort((a, b) => Math.abs(a.by) - Math.abs(b.by))
  }
}
