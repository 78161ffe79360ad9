// The infilling network in onnxruntime: contexts are encoded once; every further token of every sample is one cached
// step that reads the context's keys and values, shared by all samples of a hole. Graphs and shapes:
// synth/train/README.md.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { BenchError, DisposedError } from '../kernels/index.ts'
import { Copies } from './copies.ts'
import { Decoding, type EncodedContexts } from './decoding.ts'
import type { FeatureOffsets, FeaturePrefix } from './feature-prefix.ts'
import type { HoleKind } from './holes.ts'
import { hidden, type ModelConfig } from './row-cache.ts'
import { TokenRoles } from './rules/token-roles.ts'
import { type SessionOptions, sessionOptions } from './session-options.ts'
import { special, Tokenizer, type Vocabulary } from './tokenizer.ts'

/** What `model.json` holds. */
export interface ModelCard {
  readonly name: string
  readonly config: ModelConfig
  readonly vocabulary: Vocabulary
  readonly featureOffsets: FeatureOffsets
  /** Quantiles of what is behind `kernel void` in the training data, in token ids, evenly spaced from shortest to longest. */
  readonly lengths?: readonly number[]
  /** Training data statistics, licences, training settings, metrics: for people. */
  readonly training: Readonly<Record<string, unknown>>
}

/** A kernel with a hole, as token ids; `ids` holds HOLE exactly once. */
export interface Context {
  readonly ids: readonly number[]
  readonly prefix: FeaturePrefix
  /** What was taken out; checked decoding closes it as such. Default: an arbitrary span. */
  readonly kind?: HoleKind
}

/** What a broken model folder calls for. */
const remedy =
  'name a complete model folder with --model, or restore the shipped one: `git checkout -- model` in a checkout, else ' +
  'reinstall benchsteer'

interface Sessions {
  readonly encoder: ort.InferenceSession
  readonly decoder: ort.InferenceSession
}

/** A loaded model with its vocabulary. Hold it with `using`. */
export class Model implements Disposable {
  readonly card: ModelCard
  readonly tokenizer: Tokenizer
  readonly tokenRoles: TokenRoles
  /** SHA-256 over card and weights, 16 hex digits: names the model in every result. */
  readonly hash: string
  /** Where it was loaded from. */
  readonly folder: string
  #sessions: Sessions | undefined
  #copies: { readonly found: Copies | undefined } | undefined

  private constructor(folder: string, card: ModelCard, hash: string, sessions: Sessions) {
    this.folder = folder
    this.card = card
    this.hash = hash
    this.tokenizer = new Tokenizer(card.vocabulary)
    this.tokenRoles = new TokenRoles(this.tokenizer)
    this.#sessions = sessions
  }

  /**
   * @param folder - holds model.json, encoder.onnx, decoder.onnx and weights.bin
   * @param options - of onnxruntime; only benches need others
   * @throws {BenchError} MODEL_CORRUPT naming the file that is missing or what is wrong, and what to do
   */
  static async load(folder: string, options: SessionOptions = sessionOptions): Promise<Model> {
    const files = ['model.json', 'encoder.onnx', 'decoder.onnx', 'weights.bin'].map((name) => join(folder, name))
    for (const file of files) {
      if (!existsSync(file)) throw new BenchError('MODEL_CORRUPT', `model file missing: ${file}; ${remedy}`)
    }
    try {
      const digest = createHash('sha256')
      for (const file of files) digest.update(readFileSync(file))
      const card = JSON.parse(readFileSync(files[0], 'utf8')) as ModelCard
      const encoder = await ort.InferenceSession.create(files[1], options)
      const decoder = await ort.InferenceSession.create(files[2], options)
      return new Model(folder, card, digest.digest('hex').slice(0, 16), { encoder, decoder })
    } catch (cause) {
      throw new BenchError('MODEL_CORRUPT', `cannot load the model in ${folder}: ${String(cause)}; ${remedy}`, {
        cause,
      })
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
