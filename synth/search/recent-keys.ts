// Keys of what was seen, in memory that a night does not fill: the oldest are forgotten.

/** A set of strings that holds the last `most` of them, and at most twice as many. */
export class RecentKeys {
  readonly #most: number
  #young = new Set<string>()
  #old: ReadonlySet<string> = new Set()

  /** @param most - 1 up. Default 500,000: an hour of a search, some 100 MB */
  constructor(most = 500_000) {
    this.#most = most
  }

  has(key: string): boolean {
    return this.#young.has(key) || this.#old.has(key)
  }

  add(key: string): void {
    this.#young.add(key)
    if (this.#young.size < this.#most) return
    this.#old = this.#young
    this.#young = new Set()
  }
}
