// Whole kernels in one shot, from `kernel void [HOLE]`.

import { type CompileOutcome, compileAll, type NormalForm, printTokens } from '../kernels/index.ts'
import { emptyPrefix, type FeaturePrefix, withLength } from './feature-prefix.ts'
import { infillCompiling, type WritingOptions } from './infill-compiling.ts'
import type { InfillPool } from './infill-pool.ts'
import type { Context, Model } from './model.ts'
import type { Random } from './random.ts'
import { normalise } from './search/evaluate.ts'
import { special } from './tokenizer.ts'

/** How kernels are sampled. Aborting the signal ends it early, without throwing. */
export interface SampleOptions extends WritingOptions {
  /** Kernels to write. */
  readonly samples: number
  /** Default, and at most: as many as the model sees at once. */
  readonly maxTokens?: number
  /**
   * Token ids that each kernel should have, about; `human`: drawn for each from the lengths of the training data; `free`:
   * as they come. Default: `human`, but `free` where features are asked for. A model without lengths is always free.
   */
  readonly length?: number | 'human' | 'free'
  /** Make LLVM IR of what compiles; it costs. Default false: only check. */
  readonly withIr?: boolean
}

/** One kernel as it came. */
export interface SampledKernel {
  /** Token ids that the model wrote. */
  readonly idCount: number
  readonly isComplete: boolean
  /** The normal form's where it has one, else as written. */
  readonly text: string
  /** None where it does not parse. */
  readonly form: NormalForm | undefined
  /** A rejection where it was not complete, does not parse or does not compile. */
  readonly outcome: CompileOutcome
  readonly meanLogProbability: number
  /** Stands in a training kernel, or a long run of it does: see `Copies`. Undefined where the model has none. */
  readonly isCopy: boolean | undefined
}

/** How many kernels reached each stage; each counts at every stage it reaches. */
export interface SampleCounts {
  readonly sampled: number
  readonly complete: number
  readonly parsed: number
  readonly compiled: number
  /** Different ones of those that compile. */
  readonly unique: number
  /** Of `unique`, copies of training kernels. */
  readonly copied: number
}

const batch = 64
const kernelStart = ['kernel', 'void']

/**
 * Sample kernels, a batch at a time.
 * @param pool - writes in place of `model`, several batches at once: the same kernels in the same order
 */
export async function* sampleKernels(
  model: Model,
  options: SampleOptions,
  rng: Random,
  pool?: InfillPool,
): AsyncGenerator<readonly SampledKernel[], void> {
  const { samples } = options
  const ended = new AbortController()
  const signal = AbortSignal.any([ended.signal, ...(options.signal === undefined ? [] : [options.signal])])
  const underWay: Promise<readonly SampledKernel[]>[] = []
  try {
    for (let begun = 0; begun < samples || underWay.length > 0; ) {
      while (begun < samples && underWay.length < batchesAtOnce(pool)) {
        const own = { ...options, samples: Math.min(batch, samples - begun), signal }
        const kernels = sampleBatch(model, own, rng.fork(), pool)
        kernels.catch(() => {}) // thrown where it is awaited, if it ever is
        underWay.push(kernels)
        begun += own.samples
      }
      const kernels = await underWay.shift()
      if (kernels !== undefined) yield kernels
    }
  } catch (error) {
    if (!options.signal?.aborted) throw error
  } finally {
    ended.abort()
  }
}

/** One that is written and one that is compiled, for each process. */
function batchesAtOnce(pool: InfillPool | undefined): number {
  return pool === undefined ? 1 : 2 * pool.size
}

async function sampleBatch(
  model: Model,
  options: SampleOptions,
  rng: Random,
  pool: InfillPool | undefined,
): Promise<SampledKernel[]> {
  const { samples, prefix: _, length: __, withIr = false, signal, ...settings } = options
  const contexts = contextsOf(model, options, rng)
  const maxTokens = Math.min(options.maxTokens ?? Number.POSITIVE_INFINITY, roomBeside(contexts[0], model))
  const decoding = { ...settings, samples: samples / contexts.length, maxTokens, isStrict: true, signal }
  const written = await infillCompiling(model, contexts, decoding, rng, pool)
  const drafts = written.map(({ ids, isComplete, meanLogProbability }) => {
    const tokens = [...kernelStart, ...model.tokenizer.decode(ids)]
    const form = isComplete ? normalise(tokens) : undefined
    const isCopy = model.copies && form !== undefined && model.copies.includes(form.tokens)
    const text = form?.text ?? printTokens(tokens)
    return { idCount: ids.length, isComplete, meanLogProbability, form, text, isCopy }
  })
  const compiled = await compileAll(
    drafts.flatMap(({ form }) => form?.text ?? []),
    { checkOnly: !withIr, isStrict: true, signal },
  )
  const outcomes = compiled.values()
  return drafts.map((draft): SampledKernel => {
    if (!draft.isComplete) return { ...draft, outcome: { ok: false, stage: 'limits', log: 'came to no end' } }
    const outcome = draft.form === undefined ? undefined : outcomes.next().value
    return { ...draft, outcome: outcome ?? { ok: false, stage: 'parse', log: 'is no kernel with what it needs' } }
  })
}

/** Token ids of an infill that fit beside the context; the token that begins it takes a place too. */
function roomBeside({ ids, prefix }: Context, model: Model): number {
  return model.card.config.maxRow - ids.length - prefix.ids.length - 1
}

/** One for all samples, or one for each where their lengths differ. */
function contextsOf(
  model: Model,
  { samples, prefix = emptyPrefix, ...options }: SampleOptions,
  rng: Random,
): Context[] {
  const { featureOffsets, lengths } = model.card
  const { length = prefix === emptyPrefix ? 'human' : 'free' } = options
  const ids = [...(model.tokenizer.encode(kernelStart)?.ids ?? []), special.HOLE]
  const contextOf = (prefix: FeaturePrefix): Context => ({ ids, prefix, kind: 'scratch' })
  if (length === 'free' || lengths === undefined) return [contextOf(prefix)]
  if (length !== 'human') return [contextOf(withLength(prefix, featureOffsets, length))]
  return Array.from({ length: samples }, () =>
    contextOf(withLength(prefix, featureOffsets, quantile(lengths, rng.next()))),
  )
}

/** @param quantiles - evenly spaced, from the lowest value to the highest */
function quantile(quantiles: readonly number[], share: number): number {
  const place = share * (quantiles.length - 1)
  const below = Math.floor(place)
  return quantiles[below] + (place - below) * (quantiles[Math.min(below + 1, quantiles.length - 1)] - quantiles[below])
}

/** Counts kernels by stage. */
export class SampleTally {
  readonly #keys = new Set<string>()
  #counts = { sampled: 0, complete: 0, parsed: 0, compiled: 0, copied: 0 }

  /** @returns is it the first that compiles of its normal form? */
  add({ isComplete, form, outcome, isCopy }: SampledKernel): boolean {
    this.#counts.sampled++
    if (isComplete) this.#counts.complete++
    if (form === undefined) return false
    this.#counts.parsed++
    if (!outcome.ok) return false
    this.#counts.compiled++
    const isNew = !this.#keys.has(form.key)
    this.#keys.add(form.key)
    if (isNew && isCopy) this.#counts.copied++
    return isNew
  }

  get counts(): SampleCounts {
    return { ...this.#counts, unique: this.#keys.size }
  }
}
