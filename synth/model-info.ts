// What a model folder says of itself: enough to search with while another process writes.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from '../kernels/index.ts'
import type { FeatureOffsets } from './feature-prefix.ts'
import type { ModelConfig } from './row-cache.ts'
import { Tokenizer, type Vocabulary } from './tokenizer.ts'

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

/** A model without its network. */
export interface ModelInfo {
  readonly card: ModelCard
  readonly tokenizer: Tokenizer
  /** SHA-256 over card and weights, 16 hex digits: names the model in every result. */
  readonly hash: string
  /** Where it was loaded from. */
  readonly folder: string
}

/** What a broken model folder calls for. */
const remedy =
  'name a complete model folder with --model, or restore the shipped one: `git checkout -- model` in a checkout, else ' +
  'reinstall benchsteer'

/**
 * @param folder - holds model.json, encoder.onnx, decoder.onnx and weights.bin
 * @throws {BenchError} MODEL_CORRUPT naming the file that is missing or what is wrong, and what to do
 */
export function readModelInfo(folder: string): ModelInfo {
  const files = ['model.json', 'encoder.onnx', 'decoder.onnx', 'weights.bin'].map((name) => join(folder, name))
  for (const file of files) {
    if (!existsSync(file)) throw new BenchError('MODEL_CORRUPT', `model file missing: ${file}; ${remedy}`)
  }
  try {
    const digest = createHash('sha256')
    for (const file of files) digest.update(readFileSync(file))
    const card = JSON.parse(readFileSync(files[0], 'utf8')) as ModelCard
    if (card.config === undefined || card.vocabulary === undefined)
      throw new Error('model.json lacks config or vocabulary')
    return { folder, card, tokenizer: new Tokenizer(card.vocabulary), hash: digest.digest('hex').slice(0, 16) }
  } catch (cause) {
    throw corruptModel(folder, cause)
  }
}

export function corruptModel(folder: string, cause: unknown): BenchError {
  return new BenchError('MODEL_CORRUPT', `cannot load the model in ${folder}: ${String(cause)}; ${remedy}`, { cause })
}
