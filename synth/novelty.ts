// How new a benchmark is: beside the code that the model was trained on, our seed kernels, and the mined corpus.

import { loadMinedVectors, loadSeedVectors, type Novelty, OverlapIndex } from '../corpora/index.ts'
import { euclidean, type FeatureSpace } from '../features/index.ts'
import { lex } from '../kernels/index.ts'
import { Copies } from './copies.ts'

/** Holds what benchmarks are compared with; loaded at the first of them. */
export class NoveltyMeter {
  readonly #modelFolder: string
  readonly #space: FeatureSpace
  #loaded: Loaded | undefined

  /** @param space - where the nearest mined kernel is looked for */
  constructor(modelFolder: string, space: FeatureSpace) {
    this.#modelFolder = modelFolder
    this.#space = space
  }

  /**
   * @param tokens - of the normal form
   * @param values - `[feature]` in the space
   */
  measure(tokens: readonly string[], values: Float64Array): Novelty {
    this.#loaded ??= load(this.#modelFolder, this.#space)
    const { copies, seeds, mined } = this.#loaded
    const distances = mined?.map((vector) => euclidean(values, vector))
    return {
      isCopy: copies?.includes(tokens) ?? null,
      seedRun: seeds.longestRun(tokens),
      minedDistance: distances?.reduce((a, b) => Math.min(a, b)) ?? null,
    }
  }
}

interface Loaded {
  /** Of other people's training kernels: our own seeds are among the training data, too. */
  readonly copies: Copies | undefined
  readonly seeds: OverlapIndex
  readonly mined: readonly Float64Array[] | undefined
}

function load(modelFolder: string, space: FeatureSpace): Loaded {
  const seeds = loadSeedVectors().kernels.map(({ text }) => lex(text).map((token) => token.text))
  const mined = loadMinedVectors().spaces[space.id]
  return {
    copies: Copies.load(modelFolder)?.without(seeds),
    seeds: new OverlapIndex(seeds),
    mined: mined?.map((vector) => Float64Array.from(vector)),
  }
}
