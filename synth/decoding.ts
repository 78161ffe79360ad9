// Writing with cached keys and values: all rows in lockstep, one token a step. What goes in and out of the graph lies
// in arrays that last until rows leave.

import * as ort from 'onnxruntime-node'
import type { EncodedContexts, ModelCard } from './model.ts'
import { RowCache } from './row-cache.ts'
import { normalise } from './sampling.ts'

/** The cached state of `holes * samples` rows that are written in lockstep; rows are ordered by hole. */
export class Decoding {
  /** Holes left. */
  holes: number
  /** Rows left per hole. */
  samples: number
  readonly #session: () => ort.InferenceSession
  readonly #vocabularySize: number
  readonly #cache: RowCache
  readonly #step = BigInt64Array.of(0n)
  #contextFeeds: Readonly<Record<string, ort.Tensor>>
  #tokens = new BigInt64Array()
  #feeds: Readonly<Record<string, ort.Tensor>> = {}
  #scores = new ort.Tensor('float32', [], [0])

  /**
   * @internal Call `Model.startDecoding()` instead.
   * @param session - throws once the model is disposed of
   */
  constructor(session: () => ort.InferenceSession, card: ModelCard, contexts: EncodedContexts, samples: number) {
    this.holes = contexts.holes
    this.samples = samples
    this.#session = session
    this.#vocabularySize = card.vocabulary.tokens.length
    this.#contextFeeds = contexts.feeds
    this.#cache = new RowCache(card.config, this.holes * samples)
    this.#bind()
  }

  /**
   * One token for every row.
   * @param tokens - `[row]` the token before, START at first
   * @returns log-probabilities `[row, vocabulary]`; the next step writes over them
   * @throws {DisposedError} after the model was disposed of
   */
  async step(tokens: readonly number[]): Promise<Float32Array> {
    const session = this.#session()
    tokens.forEach((token, row) => {
      this.#tokens[row] = BigInt(token)
    })
    const isNormal = session.outputNames.includes('log_probabilities') // else written before the graph had them
    const scores = { [isNormal ? 'log_probabilities' : 'logits']: this.#scores }
    await session.run({ ...this.#feeds, ...this.#cache.feeds }, { ...scores, ...this.#cache.fetches })
    this.#cache.append()
    this.#step[0]++
    const logProbabilities = this.#scores.data as Float32Array
    return isNormal ? logProbabilities : normalise(logProbabilities, this.#vocabularySize)
  }

  /** Go on with some rows only: `rows[g]` lists, in ascending order, the same number of samples of each hole, or none. */
  keep(rows: readonly (readonly number[])[]): void {
    this.#cache.keep(rows.flatMap((samples, g) => samples.map((sample) => g * this.samples + sample)))
    const holes = [...rows.keys()].filter((g) => rows[g].length > 0)
    if (holes.length < this.holes) this.#contextFeeds = keepHoles(this.#contextFeeds, holes)
    this.holes = holes.length
    this.samples = Math.max(...rows.map((samples) => samples.length))
    this.#bind()
  }

  #bind(): void {
    const rows = this.holes * this.samples
    this.#tokens = new BigInt64Array(rows)
    this.#feeds = {
      ...this.#contextFeeds,
      token_ids: new ort.Tensor('int64', this.#tokens, [this.holes, this.samples]),
      step: new ort.Tensor('int64', this.#step, [1]),
    }
    const shape = [rows, this.#vocabularySize]
    this.#scores = new ort.Tensor('float32', new Float32Array(rows * this.#vocabularySize), shape)
  }
}

/** The contexts of some holes: all tensors are `[hole, ...]`. */
function keepHoles(feeds: Readonly<Record<string, ort.Tensor>>, holes: readonly number[]): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { data, dims }]) => {
      const all = data as Float32Array | BigInt64Array
      const size = all.length / dims[0]
      const kept = all.slice(0, holes.length * size)
      holes.forEach((hole, i) => {
        kept.set(all.subarray(hole * size, (hole + 1) * size) as never, i * size)
      })
      return [name, new ort.Tensor(kept, [holes.length, ...dims.slice(1)])]
    }),
  )
}
