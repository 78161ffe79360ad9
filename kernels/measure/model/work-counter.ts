// Counts of a kernel's work at any size, from interpreted launches that are small enough. Remembers the last kernels,
// since sizes and devices ask for the same ones.

import { planTimed } from '../timing-device.ts'
import type { CountMemory } from './count-file.ts'
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

type Pair = { readonly ok: true; readonly sizes: readonly [CountedSize, CountedSize] } | CountFailure
type One = { readonly ok: true; readonly size: CountedSize } | CountFailure

/** Which launch is counted. */
export interface CountRequest {
  /** Work-items that it comes to. */
  readonly items: number
  /** Of a group, as in `TimingRequest`. */
  readonly groupItems?: number
  /** Of the payload. */
  readonly seed: number
}

/** Interprets kernels. */
export class WorkCounter {
  readonly #timeoutMs: number
  readonly #memory: CountMemory | undefined
  readonly #pairs = new Recent<Pair>()
  readonly #single = new Recent<One>()

  /**
   * @param timeoutMs - for each interpreted launch; default 10000
   * @param memory - counts that are known from before, and where new ones go
   */
  constructor(timeoutMs = 10_000, memory?: CountMemory) {
    this.#timeoutMs = timeoutMs
    this.#memory = memory
  }

  /** @throws the signal's reason when aborted */
  async count(source: string, request: CountRequest, signal?: AbortSignal): Promise<CountedWork> {
    const { items } = request
    if (items <= countedItems) {
      const counted = await this.#countAt(source, request, signal)
      if (counted.ok) return { ok: true, work: counted.size.work, isExtrapolated: false }
    }
    const counted = await this.#countPair(source, request, signal)
    if (!counted.ok) return counted
    const [small, large] = counted.sizes
    return { ok: true, work: extrapolate(small, large, items), isExtrapolated: true }
  }

  #countPair(source: string, request: CountRequest, signal: AbortSignal | undefined): Promise<Pair> {
    const { groupItems, seed } = request
    return this.#pairs.get(`${groupItems} ${seed}\n${source}`, () => this.#tryPairs(source, request, signal))
  }

  async #tryPairs(source: string, request: CountRequest, signal: AbortSignal | undefined): Promise<Pair> {
    let failure: CountFailure = { ok: false, log: 'no size that can be interpreted' }
    for (const [first, second] of pairs) {
      const large = await this.#countAt(source, { ...request, items: second }, signal)
      const small = large.ok ? await this.#countAt(source, { ...request, items: first }, signal) : large
      if (small.ok && large.ok && small.size.items < large.size.items) {
        return { ok: true, sizes: [small.size, large.size] }
      }
      if (!small.ok) failure = small
    }
    return failure
  }

  #countAt(source: string, request: CountRequest, signal: AbortSignal | undefined): Promise<One> {
    const { items, groupItems, seed } = request
    return this.#single.get(`${items} ${groupItems} ${seed}\n${source}`, () => this.#interpret(source, request, signal))
  }

  async #interpret(source: string, request: CountRequest, signal: AbortSignal | undefined): Promise<One> {
    const { items: size, groupItems, seed } = request
    const planned = planTimed(source, { size, groupItems, seed })
    if (!planned.ok) return planned
    const { hash, globalSize } = planned.facts
    const sized = (work: ExecutedWork): One => ({ ok: true, size: { items: itemsOf(globalSize), work } })
    const known = this.#memory?.find(source, hash)
    if (known !== undefined) return sized(known)
    const counted = await countWork(source, planned.payload, { timeoutMs: this.#timeoutMs, signal })
    if (!counted.ok) return counted
    this.#memory?.add(source, hash, counted.work)
    return sized(counted.work)
  }
}

/** The last results of something that takes long, under way ones included. */
class Recent<T> {
  readonly #known = new Map<string, Promise<T>>()

  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = make()
    made.catch(() => this.#known.delete(key)) // an interruption says nothing
    this.#known.set(key, made)
    for (const oldest of this.#known.keys()) if (this.#known.size > remembered) this.#known.delete(oldest)
    return made
  }
}

/** Work-items of a range. */
export function itemsOf(range: readonly number[]): number {
  return range.reduce((product, size) => product * size, 1)
}
