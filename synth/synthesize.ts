// From a target to verified benchmarks: searches, builds what it keeps on an OpenCL device, and measures it in every
// feature space.

import { irKeyOf, kernelFeatures, type LineageStep, type Novelty } from '../corpora/index.ts'
import { featureSpaces, partsOf } from '../features/index.ts'
import { compileAll, type DeviceBuilder, lex } from '../kernels/index.ts'
import { InfillProcess } from './infill-process.ts'
import type { ModelInfo } from './model-info.ts'
import { NoveltyMeter } from './novelty.ts'
import type { Candidate, Funnel } from './search/candidate.ts'
import { type ResolvedSearchOptions, resolveSearchOptions, type SearchOptions } from './search/options.ts'
import { rankNatural } from './search/rank-natural.ts'
import { type SearchProgress, search } from './search/search.ts'
import { type Target, TargetMeter } from './search/target.ts'

/** A kernel near a target that compiles and builds on a device. */
export interface Benchmark {
  /** Content key of the normal form. */
  readonly key: string
  readonly text: string
  readonly tokenCount: number
  /** Name of the kernel function. */
  readonly kernelName: string
  readonly irKey: string
  readonly irBytes: number
  /** In every registered space, by id. */
  readonly features: Readonly<Record<string, Float64Array>>
  readonly target: Target
  readonly distance: number
  /** Relative proximity, 0 to 100. */
  readonly proximity: number
  readonly generation: number
  readonly lineage: readonly LineageStep[]
  readonly seed: number
  readonly modelHash: string
  /** Name of the device it was built on. */
  readonly device: string
  readonly novelty: Novelty
}

/** What `synthesize` reports: progress per generation, benchmarks as they are verified, the end once. */
export type SynthEvent =
  | { readonly kind: 'progress'; readonly progress: SearchProgress }
  | { readonly kind: 'benchmark'; readonly benchmark: Benchmark; readonly isFinal: boolean }
  | {
      readonly kind: 'done'
      readonly funnel: Readonly<Funnel>
      readonly generations: number
      readonly elapsedMs: number
    }

/** Generations between two interim benchmarks: what a killed process can lose. */
const interimEvery = 25

/**
 * Search for `target`. The best so far is verified and handed out every few generations (`isFinal` false), the
 * `keep` nearest at the end, nearest first and, where there are infills, of equal ones the likeliest. Aborting the signal ends the search early; the
 * end is still verified. Copies of training kernels are left out, unless `copies` asks for them.
 * @throws {RangeError} for options out of range
 */
export async function* synthesize(
  model: ModelInfo,
  target: Target,
  builder: DeviceBuilder,
  options: SearchOptions = {},
): AsyncGenerator<SynthEvent, void> {
  const { keep, seed, holes, copies } = resolveSearchOptions(options)
  using own = holes > 0 && options.infiller === undefined ? new InfillProcess(model.folder) : undefined
  const infiller = options.infiller ?? own
  const verifier = new Verifier(model, target, builder, { seed, copies })
  let last: SearchProgress | undefined
  const accepts =
    options.accepts ?? (async (match: Candidate): Promise<boolean> => (await verifier.verify(match)) !== undefined)
  for await (const progress of search(model, target, { ...options, accepts, infiller })) {
    last = progress
    yield { kind: 'progress', progress }
    if (progress.generation > 0 && progress.generation % interimEvery === 0 && progress.best !== undefined) {
      const benchmark = await verifier.verify(progress.best)
      if (benchmark !== undefined) yield { kind: 'benchmark', benchmark, isFinal: false }
    }
  }
  if (last === undefined) return
  let built = 0
  const ranked = infiller === undefined ? last.beam : await rankNatural(last.beam, keep, model, infiller)
  for (const candidate of ranked) {
    if (built === keep) break
    const benchmark = await verifier.verify(candidate)
    if (benchmark === undefined) continue
    built++
    yield { kind: 'benchmark', benchmark, isFinal: true }
  }
  yield { kind: 'done', funnel: { ...last.funnel, built }, generations: last.generation, elapsedMs: last.elapsedMs }
}

/** Verifies each candidate once. */
class Verifier {
  readonly #model: ModelInfo
  readonly #target: Target
  readonly #meter: TargetMeter
  readonly #builder: DeviceBuilder
  readonly #novelty: NoveltyMeter
  readonly #options: Pick<ResolvedSearchOptions, 'seed' | 'copies'>
  readonly #known = new Map<string, Promise<Benchmark | undefined>>()

  constructor(
    model: ModelInfo,
    target: Target,
    builder: DeviceBuilder,
    options: Pick<ResolvedSearchOptions, 'seed' | 'copies'>,
  ) {
    this.#model = model
    this.#target = target
    this.#meter = new TargetMeter(target)
    this.#builder = builder
    this.#novelty = new NoveltyMeter(model.folder, target.space)
    this.#options = options
  }

  /** @returns undefined for a kernel that does not build on the device, or is a copy where none are wanted */
  verify(candidate: Candidate): Promise<Benchmark | undefined> {
    const known = this.#known.get(candidate.key) ?? this.#build(candidate)
    this.#known.set(candidate.key, known)
    return known
  }

  async #build(candidate: Candidate): Promise<Benchmark | undefined> {
    const novelty = this.#novelty.measure(candidate.tokens, candidate.features)
    if (novelty.isCopy && !this.#options.copies) return undefined
    const [compiled] = await compileAll([candidate.text], { isStrict: true })
    if (!compiled.ok) return undefined
    const outcome = await this.#builder.build(candidate.text)
    if (!outcome.ok) return undefined
    const { key, text, tokens, generation, lineage } = candidate
    const { space } = this.#target
    const spaces = new Set([...featureSpaces, ...partsOf(space), space])
    const features = kernelFeatures(text, compiled.ir, [...spaces])
    // A search compiles many kernels as one unit: what is filed is measured by itself.
    const distance = space.id in features ? this.#meter.distance(features[space.id]) : candidate.distance
    return {
      ...{ key, text, tokenCount: tokens.length, distance, generation, lineage, features },
      kernelName: kernelNameOf(text),
      irKey: irKeyOf(compiled.ir),
      irBytes: compiled.ir.length,
      target: this.#target,
      proximity: this.#meter.proximity(distance),
      ...{ seed: this.#options.seed, modelHash: this.#model.hash, device: outcome.device.name, novelty },
    }
  }
}

/** In a normal form the name follows `kernel … void`. */
function kernelNameOf(text: string): string {
  const tokens = lex(text).map((token) => token.text)
  return tokens[tokens.indexOf('void', tokens.indexOf('kernel')) + 1] ?? 'f0'
}
