// Classifier-free guidance (Ho and Salimans 2022, https://arxiv.org/abs/2207.12598): every sample is written with its
// features and without at once, and what they change in the logits is exaggerated. A length asked for holds on both sides.

import type { Decoding } from './decoding.ts'
import { lengthAlone } from './feature-prefix.ts'
import type { Context, Model } from './model.ts'
import { logSoftmax } from './sampling.ts'

/** Log-probabilities of the next token of `holes * samples` rows, ordered by hole. */
export type Stepper = Pick<Decoding, 'holes' | 'samples' | 'step' | 'keep'>

/**
 * @param guidance - 1: the directed logits as they are; above: away from the undirected ones
 * @throws {DisposedError} when the model is disposed of
 */
export async function startGuided(
  model: Model,
  contexts: readonly Context[],
  samples: number,
  guidance: number,
): Promise<Stepper> {
  const undirected = contexts.map((context) => {
    return { ...context, prefix: lengthAlone(context.prefix, model.card.featureOffsets) }
  })
  if (guidance === 1 || contexts.every(({ prefix }, i) => prefix.ids.length === undirected[i].prefix.ids.length)) {
    return model.startDecoding(await model.encode(contexts), samples)
  }
  const both = [...contexts, ...undirected]
  return new GuidedDecoding(model.startDecoding(await model.encode(both), samples), guidance)
}

class GuidedDecoding implements Stepper {
  readonly #decoding: Decoding
  readonly #guidance: number

  /** @param decoding - over all holes directed, then all holes undirected */
  constructor(decoding: Decoding, guidance: number) {
    this.#decoding = decoding
    this.#guidance = guidance
  }

  get holes(): number {
    return this.#decoding.holes / 2
  }

  get samples(): number {
    return this.#decoding.samples
  }

  async step(tokens: readonly number[]): Promise<Float32Array> {
    const both = await this.#decoding.step([...tokens, ...tokens])
    const guided = both.subarray(0, both.length / 2)
    for (let i = 0; i < guided.length; i++) {
      const undirected = both[guided.length + i]
      guided[i] = undirected + this.#guidance * (guided[i] - undirected)
    }
    return logSoftmax(guided, guided.length / tokens.length)
  }

  keep(rows: readonly (readonly number[])[]): void {
    this.#decoding.keep([...rows, ...rows])
  }
}
