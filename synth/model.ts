// The infilling network in onnxruntime: contexts are encoded once; every further token of every sample is one cached
// step that reads the context's keys and values, shared by all samples of a hole. Graphs and shapes:
// synth/train/README.md.

import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { DisposedError } from '../kernels/index.ts'
import { Copies } from './copies.ts'
import { Decoding, type EncodedContexts } from './decoding.ts'
import type { FeaturePrefix } from './feature-prefix.ts'
import type { HoleKind } from './holes.ts'
import { corruptModel, type ModelCard, type ModelInfo, readModelInfo } from './model-info.ts'
import { hidden } from './row-cache.ts'
import { TokenRoles } from './rules/token-roles.ts'
import { type SessionOptions, sessionOptions } from './session-options.ts'
import { special, type Tokenizer } from './tokenizer.ts'

/** A kernel with a hole, as token ids; `ids` holds HOLE exactly once. */
export interface Context {
  readonly ids: readonly number[]
  readonly prefix: FeaturePrefix
  /** What was taken out; checked decoding closes it as such. Default: an arbitrary span. */
  readonly kind?: HoleKind
}

interface Sessions {
  readonly encoder: ort.InferenceSession
  readonly decoder: ort.InferenceSession
}

/** A loaded model with its vocabulary. Hold it with `using`. */
export class Model implements ModelInfo, Disposable {
  readonly card: ModelCard
  readonly tokenizer: Tokenizer
  readonly tokenRoles: TokenRoles
  readonly hash: string
  readonly folder: string
  #sessions: Sessions | undefined
  #copies: { readonly found: Copies | undefined } | undefined

  private constructor({ folder, card, tokenizer, hash }: ModelInfo, sessions: Sessions) {
    this.folder = folder
    this.card = card
    this.hash = hash
    this.tokenizer = tokenizer
    this.tokenRoles = new TokenRoles(tokenizer)
    this.#sessions = sessions
  }

  /**
   * @param folder - holds model.json, encoder.onnx, decoder.onnx and weights.bin
   * @param options - of onnxruntime; only benches need others
   * @throws {BenchError} MODEL_CORRUPT naming the file that is missing or what is wrong, and what to do
   */
  static async load(folder: string, options: SessionOptions = sessionOptions): Promise<Model> {
    const info = readModelInfo(folder)
    try {
      const encoder = await ort.InferenceSession.create(join(folder, 'encoder.onnx'), options)
      const decoder = await ort.InferenceSession.create(join(folder, 'decoder.onnx'), options)
      return new Model(info, { encoder, decoder })
    } catch (cause) {
      throw corruptModel(folder, cause)
    }
  }

  /** What it was trained on, to know copies; undefined where its folder does not say. */
  get copies(): Copies | undefined {
    this.#copies ??= { found: Copies.load(this.folder) }
    return this.#copies.found
  }

  /**
   * Encode one context per hole, together.
   * @throws {DisposedError} after dispose
   */
  async encode(contexts: readonly Context[]): Promise<EncodedContexts> {
    const { encoder } = this.#open()
    const holes = contexts.length
    const prefixLength = Math.max(1, ...contexts.map(({ prefix }) => prefix.ids.length))
    const contextLength = Math.max(...contexts.map(({ ids }) => ids.length))
    const total = prefixLength + contextLength
    const featureIds = new BigInt64Array(holes * prefixLength)
    const featureBuckets = new BigInt64Array(holes * prefixLength)
    const tokenIds = new BigInt64Array(holes * contextLength)
    const mask = new Float32Array(holes * total).fill(hidden)
    const holePositions = new BigInt64Array(holes)
    contexts.forEach(({ ids, prefix }, g) => {
      prefix.ids.forEach((id, i) => {
        featureIds[g * prefixLength + i] = BigInt(id)
        featureBuckets[g * prefixLength + i] = BigInt(prefix.buckets[i])
        mask[g * total + i] = 0
      })
      ids.forEach((id, i) => {
        tokenIds[g * contextLength + i] = BigInt(id)
        mask[g * total + prefixLength + i] = 0
      })
      holePositions[g] = BigInt(ids.indexOf(special.HOLE) + 1)
    })
    const contextMask = new ort.Tensor('float32', mask, [holes, 1, 1, total])
    const encoded = await encoder.run({
      feature_ids: new ort.Tensor('int64', featureIds, [holes, prefixLength]),
      feature_buckets: new ort.Tensor('int64', featureBuckets, [holes, prefixLength]),
      token_ids: new ort.Tensor('int64', tokenIds, [holes, contextLength]),
      context_mask: contextMask,
    })
    const positions = new ort.Tensor('int64', holePositions, [holes])
    return { holes, feeds: { ...encoded, hole_positions: positions, context_mask: contextMask } }
  }

  /**
   * Start writing `samples` infills for each encoded hole. They end with the model.
   * @throws {DisposedError} after dispose
   */
  startDecoding(contexts: EncodedContexts, samples: number): Decoding {
    this.#open()
    return new Decoding(() => this.#open().decoder, this.card, contexts, samples)
  }

  [Symbol.dispose](): void {
    const sessions = this.#sessions
    this.#sessions = undefined
    void sessions?.encoder.release()
    void sessions?.decoder.release()
  }

  #open(): Sessions {
    if (this.#sessions === undefined) throw new DisposedError('Model')
    return this.#sessions
  }
}
