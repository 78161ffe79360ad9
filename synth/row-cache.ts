// Keys and values of what each row wrote itself, per layer, as the decoder takes them: the graph reads whole arrays, so
// they are little longer than what is in them.

import * as ort from 'onnxruntime-node'
import type { ModelConfig } from './model.ts'

/** Places that a full cache gets more. */
const growth = 32

const hidden = -1e9

/** Two arrays per layer, keys and values, `[row, kvHead, capacity, headWidth]`. */
export class RowCache {
  /** What the graph takes: the arrays, and which of their places are in use. */
  readonly feeds: Record<string, ort.Tensor> = {}
  /** Where the graph puts keys and values of one more place, `[row, kvHead, 1, headWidth]`. */
  readonly fetches: Record<string, ort.Tensor> = {}
  readonly #config: ModelConfig
  #rows: number
  #length = 0
  #capacity = growth
  #arrays: Float32Array[]
  #fresh: Float32Array[] = []
  #mask = new Float32Array()

  constructor(config: ModelConfig, rows: number) {
    this.#config = config
    this.#rows = rows
    this.#arrays = this.#allocate()
    this.#bind()
  }

  /** Take what the graph put into `fetches`. */
  append(): void {
    const { headWidth } = this.#config
    const stride = this.#capacity * headWidth
    this.#fresh.forEach((fresh, i) => {
      const array = this.#arrays[i]
      let from = 0
      for (let block = this.#length * headWidth; block < array.length; block += stride) {
        for (let d = 0; d < headWidth; d++) array[block + d] = fresh[from++]
      }
    })
    this.#mask[this.#length++] = 0
    if (this.#length === this.#capacity) this.#grow()
  }

  /** Go on with these rows only, in ascending order. */
  keep(rows: readonly number[]): void {
    const { kvHeads, headWidth } = this.#config
    const size = kvHeads * this.#capacity * headWidth
    this.#arrays = this.#arrays.map((array) => {
      rows.forEach((row, i) => {
        array.copyWithin(i * size, row * size, (row + 1) * size)
      })
      return array.subarray(0, rows.length * size)
    })
    this.#rows = rows.length
    this.#bind()
  }

  #grow(): void {
    const { headWidth } = this.#config
    const before = this.#capacity * headWidth
    this.#capacity += growth
    const after = this.#capacity * headWidth
    this.#arrays = this.#arrays.map((array) => {
      const blocks = array.length / before
      const wider = makeRoom(array, blocks * after)
      for (let block = blocks - 1; block > 0; block--) {
        wider.copyWithin(block * after, block * before, (block + 1) * before)
      }
      return wider
    })
    this.#bind()
  }

  #allocate(): Float32Array[] {
    const { layers, kvHeads, headWidth } = this.#config
    return Array.from({ length: 2 * layers }, () => new Float32Array(this.#rows * kvHeads * this.#capacity * headWidth))
  }

  #bind(): void {
    const { layers, kvHeads, headWidth } = this.#config
    this.#mask = new Float32Array(this.#capacity).fill(hidden).fill(0, 0, this.#length)
    this.feeds.past_mask = new ort.Tensor('float32', this.#mask, [1, 1, 1, this.#capacity])
    this.#fresh = this.#arrays.map(() => new Float32Array(this.#rows * kvHeads * headWidth))
    const shape = [this.#rows, kvHeads, this.#capacity, headWidth]
    const freshShape = [this.#rows, kvHeads, 1, headWidth]
    for (let layer = 0; layer < layers; layer++) {
      for (const [i, name] of [`key_${layer}`, `value_${layer}`].entries()) {
        this.feeds[`past_${name}`] = new ort.Tensor('float32', this.#arrays[2 * layer + i], shape)
        this.fetches[`new_${name}`] = new ort.Tensor('float32', this.#fresh[2 * layer + i], freshShape)
      }
    }
  }
}

/** The array, longer: where it lies, if it has room there. What is new in it may hold anything, as it is hidden. */
function makeRoom(array: Float32Array, length: number): Float32Array {
  if (length * array.BYTES_PER_ELEMENT <= array.buffer.byteLength) return new Float32Array(array.buffer, 0, length)
  const longer = new Float32Array(2 * length)
  longer.set(array)
  return longer.subarray(0, length)
}
