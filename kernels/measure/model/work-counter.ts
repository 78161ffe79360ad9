// Counts of a kernel's work at any size, from interpreted launches that are small enough. Remembers the last kernels,
// since sizes and devices ask for the same ones.

import { planTimed } from '../timing-device.ts'
import { type CountFailure, countWork } from './count-work.ts'
import type { ExecutedWork } from './executed-work.ts'
import { type CountedSize, extrapolate } from './extrapolate.ts'

/** The work of a launch and how it is known. */
export type CountedWork =
  | { readonly ok: true; readonly work: ExecutedWork; readonly isExtrapolated: boolean }
  | CountFailure

/** Sizes, in work-items, that are interpreted: the first pair that can be, within the time. */
const pairs: readonly (readonly [small: number, large: number])[] = [
  [256, 1024],
  [64, 256],
  [16, 64],
]
/** Up to this size a launch is counted itself. */
const countedItems = 2048
const remembered = 16

type Counting = Promise<{ readonly ok: true; readonly sizes: readonly [CountedSize, CountedSize] } | CountFailure>

/** Interprets kernels. */
export class WorkCounter {
  readonly #timeoutMs: number
  readonly #known = new Map<string, Counting>()

  /** @param timeoutMs - for each interpreted launch; default 10000 */
  constructor(timeoutMs = 10_000) {
    this.#timeoutMs = timeoutMs
  }

  /**
   * @param items - work-items that the launch comes to
   * @throws the signal's reason when aborted
   */
  async count(source: string, seed: number, items: number, signal?: AbortSignal): Promise<CountedWork> {
    if (items <= countedItems) {
      const counted = await this.#countAt(source, seed, items, signal)
      if (counted.ok) return { ok: true, work: counted.size.work, isExtrapolated: false }
    }
    const counted = await this.#countPair(source, seed, signal)
    if (!counted.ok) return counted
    const [small, large] = counted.sizes
    return { ok: true, work: extrapolate(small, large, items), isExtrapolated: true }
  }

  #countPair(source: string, seed: number, signal: AbortSignal | undefined): Counting {
    const key = `${seed}\n${source}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const counting = this.#tryPairs(source, seed, signal)
    counting.catch(() => this.#known.delete(key)) // an interruption says nothing
    this.#known.set(key, counting)
    for (const oldest of this.#known.keys()) if (this.#known.size > remembered) this.#known.delete(oldest)
    return counting
  }

  async #tryPairs(source: string, seed: number, signal: AbortSignal | undefined): Counting {
    let failure: CountFailure = { ok: false, log: 'no size that can be interpreted' }
    for (const [first, second] of pairs) {
      const large = await this.#countAt(source, seed, second, signal)
      const small = large.ok ? await this.#countAt(source, seed, first, signal) : large
      if (small.ok && large.ok && small.size.items < large.size.items) {
        return { ok: true, sizes: [small.size, large.size] }
      }
      if (!small.ok) failure = small
    }
    return failure
  }

  async #countAt(
    source: string,
    seed: number,
    items: number,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly ok: true; readonly size: CountedSize } | CountFailure> {
    const planned = planTimed(source, items, seed)
    if (!planned.ok) return planned
    const counted = await countWork(source, planned.payload, { timeoutMs: this.#timeoutMs, signal })
    if (!counted.ok) return counted
    return { ok: true, size: { items: itemsOf(planned.facts.globalSize), work: counted.work } }
  }
}

/** Work-items of a range. */
export function itemsOf(range: readonly number[]): number {
  return range.reduce((product, size) => product * size, 1)
}
