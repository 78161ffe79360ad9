// What a folder of results says of itself, as plain data: read from the store, written as Markdown, HTML and pictures.

import type { RunStatus, TracePoint } from '../store/records.ts'

/** A store of benchmarks in one object. It holds vectors, not the texts of kernels. */
export interface CorpusSummary {
  readonly provenance: Provenance
  /** By id. */
  readonly spaces: readonly SpaceSummary[]
  /** Over all spaces. */
  readonly kernels: KernelCounts
}

/** What the results were made with. */
export interface Provenance {
  /** Of benchsteer. */
  readonly versions: readonly string[]
  readonly modelHashes: readonly string[]
  readonly seeds: readonly number[]
  /** That the kernels were built on. */
  readonly devices: readonly string[]
  /** Options of the searches, each with all values it had, as JSON; by name. */
  readonly settings: Readonly<Record<string, readonly string[]>>
  /** In ms since 1970; null without a run, or without one that ended. */
  readonly firstStartMs: number | null
  readonly lastEndMs: number | null
  readonly searches: number
}

/** The targets of one feature space, and what was found for them. */
export interface SpaceSummary {
  readonly id: string
  /** What its features are called, where the store or this benchsteer knows. */
  readonly featureNames: readonly string[] | null
  /** Farthest first, then by name. */
  readonly targets: readonly TargetSummary[]
  /** Each kernel counted once per target, as in the manifest. */
  readonly benchmarks: number
  readonly normalForms: number
  /** Candidates that reached each stage, over all searches that ended. */
  readonly funnel: Readonly<Record<string, number>>
  /** Of these searches together, from start to end. */
  readonly searchedMs: number
  /** `[kernel][feature]`, each normal form once. */
  readonly vectors: readonly Float32Array[]
}

/** A target, and how near it was come to. */
export interface TargetSummary {
  readonly name: string
  /** The nearest kernel, if there is any. */
  readonly best: BestKernel | undefined
  /** By seed. */
  readonly searches: readonly SearchSummary[]
  /**
   * `[feature]`: of all points that match the target the one nearest to the best kernel; undefined where that is not
   * known.
   */
  readonly point: Float64Array | undefined
}

/** The nearest kernel of a target. */
export interface BestKernel {
  readonly key: string
  readonly kernelName: string
  readonly distance: number
  /** 0 to 100; 100 is an exact match. */
  readonly proximity: number
  readonly seed: number
  /** `[feature]` */
  readonly vector: Float32Array
  /** Where its search was when it had come so near, if that was traced. */
  readonly reached: TracePoint | undefined
}

/** One search for a target. */
export interface SearchSummary {
  readonly seed: number | null
  readonly status: RunStatus
  /** Of the nearest kernel that it kept; 0 for none. */
  readonly proximity: number
  readonly trace: readonly TracePoint[]
}

/** The kernels of all results, each normal form counted once. */
export interface KernelCounts {
  readonly normalForms: number
  /** Distinct by IR too. */
  readonly distinctIr: number
  /** Of normal forms by origin, by licence and by the reason for which they are held out; most frequent first. */
  readonly origins: Readonly<Record<string, number>>
  readonly licences: Readonly<Record<string, number>>
  readonly heldOut: Readonly<Record<string, number>>
  /** Of normal forms by how they came about, as their lineage tells; one may count in several. */
  readonly lineages: Readonly<Record<'seed' | 'infill' | 'edit', number>>
  /** Normal forms that copy training kernels, and those of which that is not known. */
  readonly copies: number
  readonly unknownNovelty: number
}

/** Relative proximity of the nearest kernel; 0 for none. */
export function proximityOf({ best }: TargetSummary): number {
  return best?.proximity ?? 0
}
