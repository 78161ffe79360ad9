// Words that occur again and again, as numbers.

/** Numbers words in the order that they come. */
export class Words {
  readonly list: string[]
  readonly #places = new Map<string, number>()

  /** @param first - words that have the first numbers, whether they occur or not */
  constructor(...first: readonly string[]) {
    this.list = []
    for (const word of first) this.placeOf(word)
  }

  placeOf(word: string): number {
    const known = this.#places.get(word)
    if (known !== undefined) return known
    this.#places.set(word, this.list.length)
    return this.list.push(word) - 1
  }
}
