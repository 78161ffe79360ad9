// Writing with cached keys and values: all rows in lockstep, one token a step. What goes in and out of the graph lies
// in arrays that last until rows leave or the cache grows.

import * as ort from 'onnxruntime-node'
import { keepBlocks, type ModelConfig, RowCache } from './row-cache.ts'
import { logSoftmax } from './sampling.ts'
import type { Vocabulary } from './tokenizer.ts'

type Tensors = Readonly<Record<string, ort.Tensor>>

/** Encoded contexts of `holes` holes, padded to one length. */
export interface EncodedContexts {
  readonly holes: number
  readonly feeds: Tensors
}

/** The cached state of `holes * samples` rows that are written in lockstep; rows are ordered by hole. */
export class Decoding {
  #holes: number
  #samples: number
  readonly #session: () => ort.InferenceSession
  readonly #vocabularySize: number
  /** Else the graph gives logits, as older exports do. */
  readonly #givesLogProbabilities: boolean
  readonly #cache: RowCache
  readonly #step = BigInt64Array.of(0n)
  #contexts: Tensors
  #tokens = new BigInt64Array()
  #scores = new Float32Array()
  #feeds: Tensors = {}
  #fetches: Tensors = {}

  /**
   * @internal Call `Model.startDecoding()` instead.
   * @param session - throws once the model is disposed of
   */
  constructor(
    session: () => ort.InferenceSession,
    card: { readonly config: ModelConfig; readonly vocabulary: Vocabulary },
    contexts: EncodedContexts,
    samples: number,
  ) {
    this.#holes = contexts.holes
    this.#samples = samples
    this.#session = session
    this.#vocabularySize = card.vocabulary.tokens.length
    this.#givesLogProbabilities = session().outputNames.includes('log_probabilities')
    this.#contexts = contexts.feeds
    this.#cache = new RowCache(card.config, contexts.holes * samples)
    this.#bind()
  }

  /** Holes left. */
  get holes(): number {
    return this.#holes
  }

  /** Rows left per hole. */
  get samples(): number {
    return this.#samples
  }

  /**
   * One token for every row.
   * @param tokens - `[row]` the token before, START at first
   * @returns log-probabilities `[row, vocabulary]`; the next step writes over them
   * @throws {DisposedError} after the model was disposed of
   */
  async step(tokens: readonly number[]): Promise<Float32Array> {
    for (const [row, token] of tokens.entries()) this.#tokens[row] = BigInt(token)
    await this.#session().run(this.#feeds, this.#fetches)
    const scores = this.#scores
    this.#step[0]++
    if (this.#cache.append()) this.#bind()
    return this.#givesLogProbabilities ? scores : logSoftmax(scores, this.#vocabularySize)
  }

  /** Go on with some rows: `rows[g]` lists samples of hole `g`, ascending, as many as of the others, or none. */
  keep(rows: readonly (readonly number[])[]): void {
    this.#cache.keep(rows.flatMap((samples, g) => samples.map((sample) => g * this.#samples + sample)))
    const holes = [...rows.keys()].filter((g) => rows[g].length > 0)
    if (holes.length < this.#holes) this.#contexts = pickHoles(this.#contexts, holes)
    this.#holes = holes.length
    this.#samples = Math.max(...rows.map((samples) => samples.length))
    this.#bind()
  }

  /** Tensors for the rows and the cache as they are now. */
  #bind(): void {
    const rows = this.#holes * this.#samples
    this.#tokens = new BigInt64Array(rows)
    this.#scores = new Float32Array(rows * this.#vocabularySize)
    const { feeds, fetches } = this.#cache.bind()
    this.#feeds = {
      ...this.#contexts,
      ...feeds,
      token_ids: new ort.Tensor('int64', this.#tokens, [this.#holes, this.#samples]),
      step: new ort.Tensor('int64', this.#step, [1]),
    }
    const scores = new ort.Tensor('float32', this.#scores, [rows, this.#vocabularySize])
    this.#fetches = { ...fetches, [this.#givesLogProbabilities ? 'log_probabilities' : 'logits']: scores }
  }
}

/** Of tensors `[hole, ...]`, some holes. */
function pickHoles(tensors: Tensors, holes: readonly number[]): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { data, dims }]) => {
      const copy = (data as Float32Array | BigInt64Array).slice()
      return [name, new ort.Tensor(keepBlocks(copy, holes, copy.length / dims[0]), [holes.length, ...dims.slice(1)])]
    }),
  )
}
