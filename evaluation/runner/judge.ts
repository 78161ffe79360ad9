// The same verdict for every group: a kernel counts if it compiles by itself and builds on the device, and where it is
// then. What asks the model may not copy what the model was trained on, as in `synth`.

import { createHash } from 'node:crypto'
import { kernelFeatures } from '../../corpora/index.ts'
import { featureSpaces, instcount } from '../../features/index.ts'
import { compileAll, type DeviceBuilder, lex } from '../../kernels/index.ts'
import { NoveltyMeter, type Target, TargetMeter } from '../../synth/index.ts'
import type { EvaluationKernel } from '../records.ts'
import type { Offer } from './course.ts'

/** A kernel that counts. */
export interface Judged {
  readonly kernel: Omit<EvaluationKernel, 'group'>
  /** Normal form; null where only the vector is known. */
  readonly text: string | null
  /** To the run's target, from what was measured here. */
  readonly distance: number
}

export interface JudgeOptions {
  readonly target: Target
  /** Opens in the background: it is waited for at the first kernel. */
  readonly builder: Promise<DeviceBuilder>
  /** Folder of the model. */
  readonly model: string
  readonly refusesCopies: boolean
}

export class Judge {
  readonly #options: JudgeOptions
  readonly #meter: TargetMeter
  readonly #novelty: NoveltyMeter
  readonly #known = new Map<string, Promise<Judged | undefined>>()

  constructor(options: JudgeOptions) {
    this.#options = options
    this.#meter = new TargetMeter(options.target)
    this.#novelty = new NoveltyMeter(options.model, options.target.space)
  }

  /** @returns undefined for a kernel that does not count */
  judge(offer: Offer): Promise<Judged | undefined> {
    const known = this.#known.get(offer.key) ?? this.#measure(offer)
    this.#known.set(offer.key, known)
    return known
  }

  async #measure(offer: Offer): Promise<Judged | undefined> {
    const { key, text, values, isForeign } = offer
    if (text === null) return this.#ofVector(key, values)
    const tokens = lex(text).map((token) => token.text)
    const novelty = this.#novelty.measure(tokens, values)
    if (this.#options.refusesCopies && novelty.isCopy === true) return undefined
    const measured = await measureAlone(text)
    if (measured === undefined || !(await (await this.#options.builder).build(text)).ok) return undefined
    const { space } = this.#options.target
    const { vectors } = measured
    const { seedRun, minedDistance, isCopy } = novelty
    return {
      text,
      distance: this.#meter.distance(Float64Array.from(vectors[space.id])),
      kernel: {
        ...{ id: kernelId(text), source: isForeign ? null : text, foreign: isForeign, vectors },
        ...{ tokens: tokens.length, irInstructions: measured.irInstructions, bitsPerToken: null },
        ...{ overlapTokens: seedRun, minedDistance: minedDistance === null ? {} : { [space.id]: minedDistance } },
        ...{ isCopy, outcome: null, label: null, modelled: null },
      },
    }
  }

  #ofVector(id: string, values: Float64Array): Judged {
    const { space } = this.#options.target
    const unknown = { tokens: null, irInstructions: null, bitsPerToken: null, overlapTokens: null, isCopy: null }
    return {
      text: null,
      distance: this.#meter.distance(values),
      kernel: {
        ...{ id, source: null, foreign: true, vectors: { [space.id]: [...values] }, ...unknown },
        ...{ minedDistance: { [space.id]: 0 }, outcome: null, label: null, modelled: null },
      },
    }
  }
}

/** What a text measures by itself. */
export interface MeasuredAlone {
  /** By id of the space, in every space that ships. */
  readonly vectors: Readonly<Record<string, readonly number[]>>
  readonly irInstructions: number
}

/** @returns undefined where the text does not compile or has no kernel */
export async function measureAlone(text: string): Promise<MeasuredAlone | undefined> {
  const [outcome] = await compileAll([text])
  if (!outcome.ok) return undefined
  const features = kernelFeatures(text, outcome.ir)
  if (featureSpaces.some(({ id }) => features[id] === undefined)) return undefined
  const vectors = Object.fromEntries(Object.entries(features).map(([id, values]) => [id, [...values]]))
  return { vectors, irInstructions: vectors[instcount.id][instcount.names.indexOf('TotalInsts')] }
}

/** Names a kernel: SHA-256 of its normal form. */
export function kernelId(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
