// Keys and values of what each row wrote itself. The graph reads whole arrays, so they are little longer than what is
// in them; a mask hides the rest, which may hold any finite numbers.

import * as ort from 'onnxruntime-node'

/** Sizes of the network that its caches and rows depend on. */
export interface ModelConfig {
  readonly layers: number
  readonly kvHeads: number
  readonly headWidth: number
  /** Tokens that prefix, context and infill may have together. */
  readonly maxRow: number
}

/** Places that a full cache gets more. */
const growth = 32

/** Mask of what must not be seen; 0 elsewhere. */
export const hidden = -1e9

/** Two arrays per layer, keys and values: `[row, kvHead, capacity, headWidth]`. */
export class RowCache {
  readonly #config: ModelConfig
  #rows: number
  #length = 0
  #capacity = growth
  #arrays: Float32Array[]
  /** Of the newest place: `[row, kvHead, 1, headWidth]`, in the order of the arrays. */
  #fresh: Float32Array[] = []
  /** `[capacity]` */
  #mask = new Float32Array()

  constructor(config: ModelConfig, rows: number) {
    this.#config = config
    this.#rows = rows
    const size = rows * config.kvHeads * this.#capacity * config.headWidth
    this.#arrays = Array.from({ length: 2 * config.layers }, () => new Float32Array(size))
  }

  /** What the graph takes, and where it shall put the keys and values of one more place; good until the cache changes. */
  bind(): Record<'feeds' | 'fetches', Record<string, ort.Tensor>> {
    const { kvHeads, headWidth } = this.#config
    this.#mask = new Float32Array(this.#capacity).fill(hidden).fill(0, 0, this.#length)
    this.#fresh = this.#arrays.map(() => new Float32Array(this.#rows * kvHeads * headWidth))
    const tensors = (prefix: string, arrays: Float32Array[], places: number): [string, ort.Tensor][] =>
      arrays.map((array, i) => {
        const name = `${prefix}_${i % 2 === 0 ? 'key' : 'value'}_${i >> 1}`
        return [name, new ort.Tensor('float32', array, [this.#rows, kvHeads, places, headWidth])]
      })
    const mask = new ort.Tensor('float32', this.#mask, [1, 1, 1, this.#capacity])
    return {
      feeds: { ...Object.fromEntries(tensors('past', this.#arrays, this.#capacity)), past_mask: mask },
      fetches: Object.fromEntries(tensors('new', this.#fresh, 1)),
    }
  }

  /**
   * Take in what the graph put into `fetches`.
   * @returns has the cache grown? It must be bound anew then.
   */
  append(): boolean {
    const { headWidth } = this.#config
    const stride = this.#capacity * headWidth
    for (const [i, fresh] of this.#fresh.entries()) {
      const array = this.#arrays[i]
      let from = 0
      for (let place = this.#length * headWidth; place < array.length; place += stride) {
        for (let d = 0; d < headWidth; d++) array[place + d] = fresh[from++]
      }
    }
    this.#mask[this.#length++] = 0
    if (this.#length < this.#capacity) return false
    this.#grow()
    return true
  }

  /** Go on with these rows only, in ascending order. It must be bound anew. */
  keep(rows: readonly number[]): void {
    const size = this.#arrays[0].length / this.#rows
    this.#arrays = this.#arrays.map((array) => keepBlocks(array, rows, size))
    this.#rows = rows.length
  }

  #grow(): void {
    const { kvHeads, headWidth } = this.#config
    const blocks = this.#rows * kvHeads
    const before = this.#capacity * headWidth
    this.#capacity += growth
    const after = this.#capacity * headWidth
    this.#arrays = this.#arrays.map((array) => {
      const longer = lengthen(array, blocks * after)
      for (let i = blocks - 1; i > 0; i--) longer.copyWithin(i * after, i * before, (i + 1) * before)
      return longer
    })
  }
}

/** Move blocks of an array to its beginning, in place. */
export function keepBlocks<T extends Float32Array | BigInt64Array>(
  array: T,
  blocks: readonly number[],
  size: number,
): T {
  for (const [i, block] of blocks.entries()) array.copyWithin(i * size, block * size, (block + 1) * size)
  return array.subarray(0, blocks.length * size) as T
}

/** An array that begins with this one: where it lies if there is room, else with room for more. */
function lengthen(array: Float32Array, length: number): Float32Array {
  if (length * array.BYTES_PER_ELEMENT <= array.buffer.byteLength) return new Float32Array(array.buffer, 0, length)
  const longer = new Float32Array(2 * length)
  longer.set(array)
  return longer.subarray(0, length)
}
