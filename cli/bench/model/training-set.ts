// The kernels of a `--data` folder, as far as measuring needs them in memory.

import { grewe } from '../../../features/index.ts'
import {
  readTrainingKernels,
  readTrainingTokenizer,
  sampledRepository,
  type Tokenizer,
  type TrainingLine,
} from '../../../synth/index.ts'

/** Training data in memory, as far as people wrote it. */
export interface TrainingSet {
  readonly folder: string
  readonly tokenizer: Tokenizer
  /** What was trained on: without holes, which would fill the memory. */
  readonly train: readonly TrainedKernel[]
  /** Of repositories that were not trained on. */
  readonly valid: readonly TrainingLine[]
}

/** A kernel trained on. */
export interface TrainedKernel {
  readonly tokens: ArrayLike<number>
  /** `[feature]`; undefined where it was not measured. */
  readonly grewe: readonly number[] | undefined
}

/** @throws {RangeError} naming the file that the folder lacks */
export async function readTrainingSet(folder: string): Promise<TrainingSet> {
  const tokenizer = readTrainingTokenizer(folder)
  const train: TrainedKernel[] = []
  const valid: TrainingLine[] = []
  for await (const kernel of readTrainingKernels(folder)) {
    if (kernel.repository === sampledRepository) continue
    if (kernel.split === 'valid') valid.push(kernel)
    else train.push({ tokens: Uint16Array.from(kernel.tokens), grewe: kernel.features[grewe.id] })
  }
  return { folder, tokenizer, train, valid }
}
