// How much of a text stands word for word in a corpus. A suffix array over the corpus, sorted by prefix doubling that
// leaves finished groups alone (Larsson and Sadakane 2007); a token of the text then costs one binary search.

/** Of tokens that the corpus has not. Its own are positive, its separators negative. */
const unknown = 0

/** Finds runs of tokens that occur in a corpus of up to 2^26 tokens. */
export class OverlapIndex {
  readonly #ids = new Map<string, number>()
  /** One text after the other, each with a separator of its own behind it: no run passes from one to the next. */
  readonly #corpus: Int32Array
  /** Places in the corpus, in the order of what stands there. */
  readonly #suffixes: Int32Array

  /** @param corpus - the tokens of each text */
  constructor(corpus: Iterable<readonly string[]>) {
    const ids: number[] = []
    let separator = 0
    for (const text of corpus) {
      for (const token of text) ids.push(this.#add(token))
      ids.push(--separator)
    }
    this.#corpus = Int32Array.from(ids)
    this.#suffixes = sortSuffixes(this.#corpus, separator)
  }

  /** Tokens in the longest run that `text` has in common with a text of the corpus. */
  longestRun(text: readonly string[]): number {
    const ids = Int32Array.from(text, (token) => this.#ids.get(token) ?? unknown)
    let longest = 0
    for (let start = 0; start + longest < ids.length; start++) {
      longest = Math.max(longest, this.#longestFrom(ids.subarray(start)))
    }
    return longest
  }

  #add(token: string): number {
    const id = this.#ids.get(token) ?? this.#ids.size + 1
    this.#ids.set(token, id)
    return id
  }

  /** Tokens of `ids`, from its start, that occur together: the search ends between the two suffixes that are nearest. */
  #longestFrom(ids: Int32Array): number {
    let longest = 0
    let low = 0
    let high = this.#suffixes.length
    while (low < high) {
      const middle = (low + high) >> 1
      const place = this.#suffixes[middle]
      let shared = 0
      while (shared < ids.length && ids[shared] === this.#corpus[place + shared]) shared++
      if (shared > longest) longest = shared
      if (shared < ids.length && this.#corpus[place + shared] < ids[shared]) low = middle + 1
      else high = middle
    }
    return longest
  }
}

/**
 * @param corpus - ends with a separator; no separator occurs twice, so that no two suffixes are equal
 * @param lowest - of all ids
 */
function sortSuffixes(corpus: Int32Array, lowest: number): Int32Array {
  const size = corpus.length
  const suffixes = Int32Array.from(corpus.keys())
  const ranks = corpus.map((id) => id - lowest)
  const keys = new Float64Array(size)
  /** Start and end of each run of suffixes that are alike in their first `step` tokens, and so in order up to these. */
  let open = size > 1 ? [0, size] : []
  for (let step = 0; open.length > 0; step = Math.max(1, 2 * step)) {
    const groups = open
    open = []
    for (let g = 0; g < groups.length; g += 2) {
      const [start, end] = [groups[g], groups[g + 1]]
      for (let i = start; i < end; i++) keys[i] = ranks[suffixes[i] + step] * size + suffixes[i]
      keys.subarray(start, end).sort()
      let first = start
      for (let i = start, rank = -1; i < end; i++) {
        const next = Math.floor(keys[i] / size)
        suffixes[i] = keys[i] - next * size
        if (next !== rank && i - first > 1) open.push(first, i)
        if (next !== rank) first = i
        ranks[suffixes[i]] = first
        rank = next
      }
      if (end - first > 1) open.push(first, end)
    }
  }
  return suffixes
}
