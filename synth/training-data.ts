// Writes what the PyTorch trainer reads: vocabulary, feature list and one JSON line per kernel with its holes.
// Formats: synth/train/README.md.

import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { featureSpaces } from '../features/index.ts'
import { CopiesBuilder, copiesFile } from './copies.ts'
import { type FeatureOffsets, lengthSpace } from './feature-prefix.ts'
import { findHoles, type HoleKind } from './holes.ts'
import { buildVocabulary, Tokenizer, type Vocabulary } from './tokenizer.ts'

/**
 * What stands for the repository of kernels that a model wrote: they add no words to the vocabulary, to repeat them is no
 * copy, and they are no measure of what people write.
 */
export const sampledRepository = 'sampled'

/** A kernel to train on. */
export interface TrainingKernel {
  readonly key: string
  /** Normal form and its tokens. */
  readonly text: string
  readonly tokens: readonly string[]
  /** By feature space id. */
  readonly features: Readonly<Record<string, Float64Array>>
  readonly repository: string
  readonly licence: string
  readonly split: 'train' | 'valid'
}

/** A line of `kernels.jsonl.gz`. */
export interface TrainingLine {
  /** Content key. */
  readonly id: string
  readonly repository: string
  readonly licence: string
  readonly split: 'train' | 'valid'
  /** Token ids of the folder's vocabulary. */
  readonly tokens: readonly number[]
  /** Holes, over `tokens`; `end` is exclusive. */
  readonly spans: readonly (readonly [start: number, end: number, kind: HoleKind])[]
  /** By feature space id; a space may be absent. */
  readonly features: Readonly<Record<string, readonly number[]>>
}

/** What is written of the kernels given. */
export interface TrainingDataOptions {
  /** Kernels of more token ids are left out. Default 1024. */
  readonly maxTokens?: number
  /** Words in the vocabulary, next to slots and characters. Default 1600. */
  readonly vocabularySize?: number
  /** Occurrences that a word needs, and a literal. Default 3 and 16: built-ins are rather words, numbers spelled. */
  readonly minCount?: number
  readonly minLiteralCount?: number
  /** Holes listed per kernel; a longer list is thinned evenly. Default 400. */
  readonly maxHoles?: number
}

/** What was written, in kernels unless said otherwise. */
export interface TrainingDataSummary {
  readonly kernels: number
  /** Of `kernels`, held back to measure the model. */
  readonly valid: number
  /** Of `kernels`, written by a model. */
  readonly sampled: number
  /** Token ids of all kernels written. */
  readonly tokens: number
  readonly tooLong: number
  readonly tooManySlots: number
  /** Left out because they print: benchmarks do not. */
  readonly printing: number
  /** Tokens in the vocabulary. */
  readonly vocabulary: number
}

/** Where each registered space's features start among the model's feature ids; last the length of an infill. */
export function featureOffsets(): FeatureOffsets {
  const offsets: Record<string, number> = {}
  let next = 0
  for (const space of featureSpaces) {
    offsets[space.id] = next
    next += space.names.length
  }
  return { ...offsets, [lengthSpace]: next }
}

/**
 * Write `vocab.json`, `features.json`, `kernels.jsonl.gz` and `copies.bin` into `folder`. Vocabulary and copies are of the
 * human kernels of the training side only.
 */
export async function writeTrainingData(
  kernels: readonly TrainingKernel[],
  folder: string,
  options: TrainingDataOptions = {},
): Promise<TrainingDataSummary> {
  const { maxTokens = 1024, vocabularySize = 1600, minCount = 3, minLiteralCount = 16, maxHoles = 400 } = options
  mkdirSync(folder, { recursive: true })
  const vocabulary = buildVocabulary(countWords(kernels), { size: vocabularySize, minCount, minLiteralCount })
  writeVocabulary(folder, vocabulary)
  const tokenizer = new Tokenizer(vocabulary)
  const copies = new CopiesBuilder()
  const summary = {
    kernels: 0,
    valid: 0,
    sampled: 0,
    tokens: 0,
    tooLong: 0,
    tooManySlots: 0,
    printing: 0,
    vocabulary: tokenizer.size,
  }
  function* lines(): Iterable<string> {
    for (const kernel of kernels) {
      const encoded = tokenizer.encode(kernel.tokens)
      if (kernel.tokens.includes('printf')) summary.printing++
      else if (encoded === undefined) summary.tooManySlots++
      else if (encoded.ids.length > maxTokens) summary.tooLong++
      else {
        summary.kernels++
        summary.tokens += encoded.ids.length
        if (kernel.repository === sampledRepository) summary.sampled++
        if (kernel.split === 'valid') summary.valid++
        else if (kernel.repository !== sampledRepository) copies.add(kernel.tokens)
        const { starts } = encoded
        const spans = thin(findHoles(kernel.text), maxHoles).map(
          ({ start, end, kind }) => [starts[start], starts[end], kind] as const,
        )
        yield `${JSON.stringify(trainingLine(kernel, encoded.ids, spans))}\n`
      }
    }
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(join(folder, 'kernels.jsonl.gz')))
  writeFileSync(join(folder, copiesFile), copies.pack())
  return summary
}

function writeVocabulary(folder: string, vocabulary: Vocabulary): void {
  writeFileSync(join(folder, 'vocab.json'), JSON.stringify(vocabulary))
  const features = featureSpaces.flatMap((space) =>
    space.names.map((name, i) => ({ space: space.id, name, ratio: space.ratios[i] })),
  )
  const length = { space: lengthSpace, name: 'tokens', ratio: false }
  writeFileSync(join(folder, 'features.json'), JSON.stringify([...features, length]))
}

function trainingLine(kernel: TrainingKernel, tokens: readonly number[], spans: TrainingLine['spans']): TrainingLine {
  const { key: id, repository, licence, split } = kernel
  const features = Object.fromEntries(Object.entries(kernel.features).map(([space, values]) => [space, [...values]]))
  return { id, repository, licence, split, tokens, spans, features }
}

function countWords(kernels: readonly TrainingKernel[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { tokens, split, repository } of kernels) {
    if (split !== 'train' || repository === sampledRepository) continue
    for (const text of tokens) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

/** Every n-th item, so that at most `limit` remain. */
function thin<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items
  return Array.from({ length: limit }, (_, i) => items[Math.floor((i * items.length) / limit)])
}
