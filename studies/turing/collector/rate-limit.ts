// Token buckets, one a client: each request costs something, the bucket fills again at a steady rate. Memory is
// bounded: a bucket that is full again says nothing and is dropped, and beyond `maxClients` the longest unused go.

/** How much each client may do. */
export interface RateLimitOptions {
  /** Units that a full bucket holds and that fill it within a minute. 0 is no limit. */
  readonly unitsPerMinute: number
  /** Buckets kept at most. Default 10,000. */
  readonly maxClients?: number
}

interface Bucket {
  units: number
  atMs: number
}

const minuteMs = 60_000

/** Holds the buckets of all clients. */
export class RateLimit {
  readonly #capacity: number
  readonly #maxClients: number
  /** Least recently used first. */
  readonly #buckets = new Map<string, Bucket>()

  constructor({ unitsPerMinute, maxClients = 10_000 }: RateLimitOptions) {
    this.#capacity = unitsPerMinute
    this.#maxClients = maxClients
  }

  /**
   * Take `cost` units of a client.
   * @param nowMs - of a clock that does not go back
   * @returns 0 where the client may go on, else how long it must wait, in whole seconds
   */
  take(client: string, cost: number, nowMs: number): number {
    if (this.#capacity === 0) return 0
    const bucket = this.#buckets.get(client) ?? { units: this.#capacity, atMs: nowMs }
    const units = Math.min(this.#capacity, bucket.units + ((nowMs - bucket.atMs) / minuteMs) * this.#capacity)
    const needed = Math.min(cost, this.#capacity)
    const isAllowed = units >= needed
    this.#keep(client, { units: isAllowed ? units - needed : units, atMs: nowMs })
    return isAllowed ? 0 : Math.ceil((((needed - units) / this.#capacity) * minuteMs) / 1000)
  }

  #keep(client: string, bucket: Bucket): void {
    this.#buckets.delete(client)
    this.#buckets.set(client, bucket)
    for (const [oldest, { units, atMs }] of this.#buckets) {
      const isFull = units + ((bucket.atMs - atMs) / minuteMs) * this.#capacity >= this.#capacity
      if (oldest === client || (!isFull && this.#buckets.size <= this.#maxClients)) return
      this.#buckets.delete(oldest)
    }
  }
}
