// From a store to its summary: tables are read page by page, so that what is held is a vector a kernel and a trace a
// search.

import { namedSpaces } from '../export/fields.ts'
import { Counter } from '../statistics.ts'
import type { StoredBenchmark, StoredRun, TracePoint } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import {
  type BestKernel,
  type CorpusSummary,
  type KernelCounts,
  type Provenance,
  proximityOf,
  type SearchSummary,
  type SpaceSummary,
  type TargetSummary,
} from './corpus-summary.ts'

/** Summarize the searches of a store and the benchmarks that they kept. */
export function readSummary(store: Store): CorpusSummary {
  const names = new Map(namedSpaces(store).map(({ id, names, isNumbered }) => [id, isNumbered ? null : names]))
  const findings = new Findings(names)
  for (const benchmark of store.benchmarks.list({ kept: 'each' })) findings.addBenchmark(benchmark)
  // What a space was called on the command line, for searches that found nothing.
  const spaceIds = new Map<string, string>()
  for (const { id, options } of store.runs.each()) {
    const spaceId = findings.spaceOfRun.get(id)
    if (spaceId !== undefined) spaceIds.set(String(options.space), spaceId)
  }
  for (const run of store.runs.each()) {
    const named = String(run.options.space ?? '')
    findings.addRun(run, findings.spaceOfRun.get(run.id) ?? spaceIds.get(named) ?? named)
  }
  return findings.summarize(countKernels(store, findings.kernels))
}

/** Options that say where a search goes, and differ from target to target. */
const targetOptions = ['space', 'target', 'values', 'upper', 'weights']

interface TargetDraft {
  readonly name: string
  best: StoredBenchmark | undefined
  /** From `[feature]` to `[feature]`. */
  box: { readonly low: readonly number[]; readonly high: readonly number[] } | undefined
  /** Proximity by run. */
  readonly proximities: Map<number, number>
  readonly keys: Set<string>
}

interface SpaceDraft {
  /** By name and values: one name may have had several meanings. */
  readonly targets: Map<string, TargetDraft>
  readonly vectors: Map<string, Float32Array>
  readonly funnel: Map<string, number>
  searchedMs: number
}

type SearchFacts = Omit<SearchSummary, 'proximity'>

/** How a kernel came about. */
type Way = keyof KernelCounts['lineages']

interface KernelFacts {
  readonly ways: readonly Way[]
  readonly isCopy: boolean | null
}

class Findings {
  readonly #featureNames: ReadonlyMap<string, readonly string[] | null>
  readonly spaceOfRun = new Map<number, string>()
  readonly #targetOfRun = new Map<number, TargetDraft>()
  /** By key of the kernel. */
  readonly kernels = new Map<string, KernelFacts>()
  readonly #spaces = new Map<string, SpaceDraft>()
  readonly #searches = new Map<number, SearchFacts>()
  readonly #versions = new Set<string>()
  readonly #modelHashes = new Set<string>()
  readonly #devices = new Set<string>()
  readonly #settings = new Map<string, Set<string>>()
  #firstStartMs: number | null = null
  #lastEndMs: number | null = null

  constructor(featureNames: ReadonlyMap<string, readonly string[] | null>) {
    this.#featureNames = featureNames
  }

  addBenchmark(benchmark: StoredBenchmark): void {
    const { runId, space, targetName, kernelKey, features, lineage, proximity, device, novelty } = benchmark
    this.spaceOfRun.set(runId, space)
    if (device !== null) this.#devices.add(device)
    if (!this.kernels.has(kernelKey)) {
      const ways = waysOf(lineage.map((step) => step.proposal))
      this.kernels.set(kernelKey, { ways, isCopy: novelty?.isCopy ?? null })
    }
    const { vectors } = this.#space(space)
    if (!vectors.has(kernelKey)) vectors.set(kernelKey, Float32Array.from(features[space]))
    const target = this.#target(space, targetName, [...benchmark.target], benchmark.targetUpper)
    this.#targetOfRun.set(runId, target)
    target.keys.add(kernelKey)
    target.proximities.set(runId, Math.max(proximity, target.proximities.get(runId) ?? 0))
    if (target.best === undefined || isNearer(benchmark, target.best)) target.best = { ...benchmark, text: '' }
  }

  addRun(run: StoredRun, spaceId: string): void {
    const { id, options, funnel, seed, status, trace, startedAtMs, endedAtMs } = run
    this.#versions.add(run.version)
    if (run.modelHash !== null) this.#modelHashes.add(run.modelHash)
    for (const [name, value] of Object.entries(options)) {
      if (targetOptions.includes(name)) continue
      this.#settings.set(name, (this.#settings.get(name) ?? new Set()).add(JSON.stringify(value)))
    }
    this.#firstStartMs = Math.min(startedAtMs, this.#firstStartMs ?? startedAtMs)
    this.#searches.set(id, { seed, status, trace })
    if (typeof options.target === 'string') {
      const known = this.#targetOfRun.get(id)
      const target = known ?? this.#target(spaceId, options.target, options.values, options.upper)
      target.proximities.set(id, target.proximities.get(id) ?? 0)
      target.box ??= boxOf(options.values, options.upper)
    }
    if (endedAtMs === null) return
    this.#lastEndMs = Math.max(endedAtMs, this.#lastEndMs ?? endedAtMs)
    const space = this.#space(spaceId)
    space.searchedMs += endedAtMs - startedAtMs
    for (const [stage, count] of Object.entries(funnel)) space.funnel.set(stage, (space.funnel.get(stage) ?? 0) + count)
  }

  summarize(kernels: KernelCounts): CorpusSummary {
    const searches = [...this.#searches.values()]
    const provenance: Provenance = {
      versions: [...this.#versions].sort(),
      modelHashes: [...this.#modelHashes].sort(),
      seeds: [...new Set(searches.flatMap(({ seed }) => seed ?? []))].sort((a, b) => a - b),
      devices: [...this.#devices].sort(),
      settings: Object.fromEntries([...this.#settings].map(([name, values]) => [name, [...values]])),
      firstStartMs: this.#firstStartMs,
      lastEndMs: this.#lastEndMs,
      searches: searches.length,
    }
    const drafts = [...this.#spaces].sort(([a], [b]) => compareText(a, b))
    return { provenance, spaces: drafts.map(([id, draft]) => this.#summarizeSpace(id, draft)), kernels }
  }

  #summarizeSpace(id: string, { targets, vectors, funnel, searchedMs }: SpaceDraft): SpaceSummary {
    const summaries = [...targets.values()].map((draft) => this.#summarizeTarget(draft))
    return {
      ...{ id, searchedMs, funnel: Object.fromEntries(funnel), vectors: [...vectors.values()] },
      targets: summaries.sort((a, b) => proximityOf(a) - proximityOf(b) || compareText(a.name, b.name)),
      benchmarks: [...targets.values()].reduce((sum, { keys }) => sum + keys.size, 0),
      normalForms: vectors.size,
      featureNames: this.#featureNames.get(id) ?? null,
    }
  }

  #summarizeTarget({ name, best, box, proximities }: TargetDraft): TargetSummary {
    const searches = [...proximities].flatMap(([runId, proximity]): SearchSummary[] => {
      const facts = this.#searches.get(runId)
      return facts === undefined ? [] : [{ ...facts, proximity }]
    })
    searches.sort((a, b) => (a.seed ?? 0) - (b.seed ?? 0))
    if (best === undefined) return { name, searches, best, point: box && pointOf(box) }
    const vector = Float32Array.from(best.features[best.space])
    const { targetUpper: high, target: low } = best
    return {
      ...{ name, searches, best: bestKernel(best, vector, this.#searches.get(best.runId)?.trace ?? []) },
      point: nearestPoint(low, high ?? low, vector),
    }
  }

  #space(id: string): SpaceDraft {
    const known = this.#spaces.get(id)
    const draft = known ?? { targets: new Map(), vectors: new Map(), funnel: new Map(), searchedMs: 0 }
    this.#spaces.set(id, draft)
    return draft
  }

  /** JSON has null for NaN and infinity, so that the options of a run and a benchmark of it give one id. */
  #target(spaceId: string, name: string, values: unknown, upper: unknown): TargetDraft {
    const { targets } = this.#space(spaceId)
    const ends = upper instanceof Float64Array ? [...upper] : (upper ?? null)
    const id = JSON.stringify([name, values, ends])
    const draft = targets.get(id) ?? { name, best: undefined, box: undefined, proximities: new Map(), keys: new Set() }
    targets.set(id, draft)
    return draft
  }
}

/** Of equal ones the one that stands first in its search. */
function isNearer(a: StoredBenchmark, b: StoredBenchmark): boolean {
  const difference = a.distance - b.distance || (a.rank ?? 0) - (b.rank ?? 0)
  return difference < 0 || (difference === 0 && a.kernelKey < b.kernelKey)
}

function bestKernel(best: StoredBenchmark, vector: Float32Array, trace: readonly TracePoint[]): BestKernel {
  const { kernelKey: key, kernelName, distance, proximity, seed } = best
  // What is filed was measured by itself, and may differ a little from what the search saw.
  const reached = trace.find((point) => point.proximity >= proximity - 1e-9) ?? trace.findLast(isImprovement)
  return { key, kernelName, distance, proximity, seed, vector, reached }
}

function isImprovement({ proximity }: TracePoint, i: number, trace: readonly TracePoint[]): boolean {
  return i === 0 || proximity > trace[i - 1].proximity
}

/** Of a box its nearest point: features that it leaves open are as they are. */
function nearestPoint(low: Float64Array, high: Float64Array, vector: Float32Array): Float64Array {
  return low.map((from, i) => (Number.isNaN(from) ? vector[i] : Math.min(high[i], Math.max(from, vector[i]))))
}

/** JSON has null for what is open at an end or not given at all. */
function boxOf(values: unknown, upper: unknown): TargetDraft['box'] {
  if (!Array.isArray(values)) return undefined
  return { low: values as number[], high: Array.isArray(upper) ? (upper as number[]) : (values as number[]) }
}

function pointOf({ low, high }: NonNullable<TargetDraft['box']>): Float64Array | undefined {
  const isGiven = [...low, ...high].every((value) => typeof value === 'number')
  return isGiven ? Float64Array.from(low, (from, i) => (from + high[i]) / 2) : undefined
}

function waysOf(proposals: readonly string[]): Way[] {
  const isSeed = proposals.length === 1 && proposals[0].startsWith('seed ')
  const hasInfill = proposals.some((proposal) => proposal.includes('infill'))
  const hasEdit = proposals.some((proposal) => proposal.startsWith('edit'))
  return [
    ...(isSeed ? ['seed' as const] : []),
    ...(hasInfill ? ['infill' as const] : []),
    ...(hasEdit ? ['edit' as const] : []),
  ]
}

function countKernels(store: Store, kernels: ReadonlyMap<string, KernelFacts>): KernelCounts {
  const ir = new Set<string>()
  const origins = new Counter()
  const licences = new Counter()
  const heldOut = new Counter()
  const ways = { seed: 0, infill: 0, edit: 0 }
  let [copies, unknownNovelty] = [0, 0]
  for (const kernel of store.kernels.list({ includeDuplicates: true, heldOut: 'include' })) {
    const known = kernels.get(kernel.key)
    if (known === undefined) continue
    for (const way of known.ways) ways[way]++
    if (known.isCopy === true) copies++
    if (known.isCopy === null) unknownNovelty++
    ir.add(kernel.irKey ?? kernel.key)
    origins.add(kernel.origin)
    licences.add(kernel.licence)
    if (kernel.heldOut !== null) heldOut.add(kernel.heldOut)
  }
  return {
    ...{ normalForms: kernels.size, distinctIr: ir.size, lineages: ways, copies, unknownNovelty },
    ...{ origins: origins.toRecord(), licences: licences.toRecord(), heldOut: heldOut.toRecord() },
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
