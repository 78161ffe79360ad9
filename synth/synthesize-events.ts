// From a target to verified benchmarks, with all that happens on the way: searches, builds what it keeps on an OpenCL
// device, and measures it in every feature space.

import { type Ancestor, irKeyOf, kernelFeatures, type LineageStep, type Novelty } from '../corpora/index.ts'
import { featureSpaces, partsOf } from '../features/index.ts'
import {
  compileAll,
  type DeviceBuilder,
  type DeviceInfo,
  lex,
  type Validation,
  type ValidationMode,
  Validator,
} from '../kernels/index.ts'
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
  /** The parents that `lineage` names, in order. */
  readonly ancestors: readonly Ancestor[]
  readonly seed: number
  readonly modelHash: string
  /** Name of the device it was built on. */
  readonly device: string
  readonly novelty: Novelty
  /** What running it showed; null where it was not run. */
  readonly validated: BenchmarkValidation | null
}

/** That a kernel was accepted, and what was seen. */
export interface BenchmarkValidation {
  readonly mode: ValidationMode
  /** Oclgrind's, or that of the full mode. */
  readonly device: Pick<DeviceInfo, 'id' | 'name' | 'driver'>
  /** Of the payload. */
  readonly seed: number
  readonly evidence: Validation
}

/** What `synthesizeEvents` reports: progress per generation, benchmarks as they are verified, the end once. */
export type SynthEvent =
  | { readonly kind: 'progress'; readonly progress: SearchProgress }
  | { readonly kind: 'benchmark'; readonly benchmark: Benchmark; readonly isFinal: boolean }
  | {
      readonly kind: 'done'
      /** Kernels that came near enough and were not handed out, by the reason: a copy, an outcome of validation, … */
      readonly refused: Readonly<Record<string, number>>
      readonly funnel: Readonly<Funnel>
      readonly generations: number
      readonly elapsedMs: number
    }

/** Of the payloads that kernels are run with: the same for each, so that equal kernels meet the same fate. */
const payloadSeed = 1

/** Of Oclgrind: a benchmark that takes it longer at a small size is not worth waiting for. */
const interpreterLimits = { cpuMs: 1500, wallMs: 15_000 }
/** What would enter the beam is probed with little patience. */
const probing = { seed: payloadSeed, interpreterLimits: { cpuMs: 400, wallMs: 10_000 } }
/** Kernels that are run at once. */
const probes = 2
/** The kernels of a beam are alike: once there are some, no more are run after so many refusals in a row, or `keep` if that is more. */
const mostRefusals = 8

/** Generations between two interim benchmarks: what a killed process can lose. */
const interimEvery = 25

/**
 * Search for `target`. The best so far is verified and handed out every few generations (`isFinal` false), the
 * `keep` nearest at the end, nearest first and, where there are infills, of equal ones the likeliest. Aborting the signal ends the search early; the
 * end is still verified. Copies of training kernels are left out, unless `copies` asks for them, and
 * so is what `validate` finds fault with.
 * @throws {RangeError} for options out of range
 */
export async function* synthesizeEvents(
  model: ModelInfo,
  target: Target,
  builder: DeviceBuilder,
  options: SearchOptions = {},
): AsyncGenerator<SynthEvent, void> {
  const resolved = resolveSearchOptions(options)
  const { keep, holes, validate } = resolved
  using own = holes > 0 && options.infiller === undefined ? new InfillProcess(model.folder) : undefined
  const infiller = options.infiller ?? own
  using opened =
    validate === 'off' || options.validator !== undefined
      ? undefined
      : await Validator.open({ mode: validate, device: builder.device.id, workers: probes })
  const validator = validate === 'off' ? undefined : (options.validator ?? opened)
  const verifier = new Verifier(model, target, builder, validator, resolved)
  let last: SearchProgress | undefined
  const accepts =
    options.accepts ?? (async (match: Candidate): Promise<boolean> => (await verifier.verify(match)) !== undefined)
  const runsWell =
    options.runsWell ?? (validator && (async (text: string) => (await validator.probe(text, probing)) === 'accepted'))
  for await (const progress of search(model, target, { ...options, accepts, runsWell, infiller })) {
    last = progress
    yield { kind: 'progress', progress }
    if (progress.generation > 0 && progress.generation % interimEvery === 0 && progress.best !== undefined) {
      const benchmark = await verifier.verify(progress.best)
      if (benchmark !== undefined) yield { kind: 'benchmark', benchmark, isFinal: false }
    }
  }
  if (last === undefined) return
  let [built, refusals] = [0, 0]
  const isRanked = infiller !== undefined && !resolved.without.has('likelihood')
  const ranked = isRanked ? await rankNatural(last.beam, keep, model, infiller) : last.beam
  for (const candidate of ranked) {
    const isVain = built > 0 && refusals >= Math.max(keep, mostRefusals)
    if (built === keep || (validator !== undefined && isVain)) break
    const benchmark = await verifier.verify(candidate)
    if (benchmark === undefined) {
      refusals++
      continue
    }
    built++
    refusals = 0
    yield { kind: 'benchmark', benchmark, isFinal: true }
  }
  yield {
    kind: 'done',
    refused: verifier.refused,
    funnel: { ...last.funnel, built },
    generations: last.generation,
    elapsedMs: last.elapsedMs,
  }
}

/** Verifies each candidate once. */
class Verifier {
  readonly #model: ModelInfo
  readonly #target: Target
  readonly #meter: TargetMeter
  readonly #builder: DeviceBuilder
  readonly #novelty: NoveltyMeter
  readonly #validator: Validator | undefined
  readonly #options: Pick<ResolvedSearchOptions, 'seed' | 'copies' | 'validate'>
  readonly #known = new Map<string, Promise<Benchmark | undefined>>()
  readonly #refused = new Map<string, number>()

  constructor(
    model: ModelInfo,
    target: Target,
    builder: DeviceBuilder,
    validator: Validator | undefined,
    options: Pick<ResolvedSearchOptions, 'seed' | 'copies' | 'validate'>,
  ) {
    this.#model = model
    this.#target = target
    this.#meter = new TargetMeter(target)
    this.#builder = builder
    this.#novelty = new NoveltyMeter(model.folder, target.space)
    this.#validator = validator
    this.#options = options
  }

  /** Why candidates were not verified, and how many. */
  get refused(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#refused)
  }

  /** @returns undefined for a kernel that is refused */
  verify(candidate: Candidate): Promise<Benchmark | undefined> {
    const known = this.#known.get(candidate.key) ?? this.#build(candidate)
    this.#known.set(candidate.key, known)
    return known
  }

  async #build(candidate: Candidate): Promise<Benchmark | undefined> {
    const novelty = this.#novelty.measure(candidate.tokens, candidate.features)
    if (novelty.isCopy && !this.#options.copies) return this.#refuse('copy')
    const [compiled] = await compileAll([candidate.text], { isStrict: true })
    if (!compiled.ok) return this.#refuse('not-compiled')
    const outcome = await this.#builder.build(candidate.text)
    if (!outcome.ok) return this.#refuse('not-built')
    const evidence = await this.#validator?.validate(candidate.text, {
      ...{ seed: payloadSeed, isCompiled: true, interpreterLimits },
    })
    if (evidence !== undefined && evidence.outcome !== 'accepted') return this.#refuse(evidence.outcome)
    const { key, text, tokens, generation, lineage, ancestors } = candidate
    const { space } = this.#target
    const spaces = new Set([...featureSpaces, ...partsOf(space), space])
    const features = kernelFeatures(text, compiled.ir, [...spaces])
    // A search compiles many kernels as one unit: what is filed is measured by itself.
    const distance = space.id in features ? this.#meter.distance(features[space.id]) : candidate.distance
    return {
      ...{ key, text, tokenCount: tokens.length, distance, generation, lineage, ancestors, features },
      kernelName: kernelNameOf(text),
      irKey: irKeyOf(compiled.ir),
      irBytes: compiled.ir.length,
      target: this.#target,
      proximity: this.#meter.proximity(distance),
      ...{ seed: this.#options.seed, modelHash: this.#model.hash, device: outcome.device.name, novelty },
      validated: this.#describe(evidence),
    }
  }

  #refuse(reason: string): undefined {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1)
    return undefined
  }

  #describe(evidence: Validation | undefined): BenchmarkValidation | null {
    const { validate: mode } = this.#options
    const by = this.#validator?.device ?? this.#validator?.interpreter
    if (evidence === undefined || mode === 'off' || by === undefined) return null
    const { id, name, driver } = by
    return { mode, device: { id, name, driver }, seed: payloadSeed, evidence }
  }
}

/** In a normal form the name follows `kernel … void`. */
function kernelNameOf(text: string): string {
  const tokens = lex(text).map((token) => token.text)
  return tokens[tokens.indexOf('void', tokens.indexOf('kernel')) + 1] ?? 'f0'
}
