// What goes into the store and comes out of it. Vectors are in the order of their space's feature names.

import type { LicenceClass } from '../licence.ts'

/** One mined repository at one commit; stored when its last kernel is. */
export interface SourceRecord {
  readonly repository: string
  readonly commit: string
  readonly licence: string
  readonly licenceClass: LicenceClass
  readonly url: string | null
  readonly minedAtMs: number
  readonly files: number
  readonly units: number
  /** Distinct normal forms that compile within this source. */
  readonly kernels: number
  /** Units or kernels lost, by reason. */
  readonly losses: Readonly<Record<string, number>>
}

/** Where a kernel comes from. */
export type KernelOrigin = 'mined' | 'seed' | 'synthesized'

/** A kernel with its provenance. */
export interface KernelRecord {
  /** Content key of the normal form; unique in a store. */
  readonly key: string
  /** Normal form. */
  readonly text: string
  readonly tokenCount: number
  /** Content key of the optimised IR, or null where there is none. */
  readonly irKey: string | null
  readonly irBytes: number | null
  readonly origin: KernelOrigin
  readonly repository: string | null
  readonly commit: string | null
  readonly path: string | null
  readonly kernelName: string
  readonly licence: string
  readonly licenceClass: LicenceClass
  readonly templateKey: string | null
  /** Why the kernel stays out of every training corpus, or null. */
  readonly heldOut: string | null
  readonly createdAtMs: number
}

/** A kernel to be added, with its features. */
export interface NewKernel extends KernelRecord {
  /** By feature space id. */
  readonly features: Readonly<Record<string, Float64Array>>
  /** What measured the features, as `clang 14.0.6`. */
  readonly toolchain: string
}

/** A kernel as it is in the store. */
export interface StoredKernel extends KernelRecord {
  readonly id: number
  /** Key of the earlier kernel with the same IR, or null. */
  readonly duplicateOf: string | null
}

/** `known`: the normal form was there already. `duplicate`: new, but an earlier kernel has the same IR. */
export interface AddedKernel {
  readonly id: number
  readonly status: 'added' | 'known' | 'duplicate'
}

/** One kernel as a point of one feature space. */
export interface KernelVector {
  readonly kernelId: number
  readonly key: string
  readonly values: Float64Array
}

/** `running` also where the process was killed. */
export type RunStatus = 'running' | 'finished' | 'stopped' | 'failed'

/** What a run is asked to do. */
export interface RunIdentity {
  /** `synth`, `study`, … */
  readonly kind: string
  /** Resolved options; anything JSON can hold. */
  readonly options: Readonly<Record<string, unknown>>
  readonly seed: number | null
  readonly modelHash: string | null
}

/** A run that begins. */
export interface NewRun extends RunIdentity {
  /** Of benchsteer. */
  readonly version: string
  readonly startedAtMs: number
}

/** Where a search was at one moment. */
export interface TracePoint {
  readonly generation: number
  readonly elapsedMs: number
  /** Candidates so far. */
  readonly sampled: number
  /** Of the best so far, 0 to 100. */
  readonly proximity: number
}

/** A run as it is in the store. */
export interface StoredRun extends NewRun {
  readonly id: number
  readonly endedAtMs: number | null
  readonly status: RunStatus
  /** Candidates that reached each stage. */
  readonly funnel: Readonly<Record<string, number>>
  /** Where the best improved, in order, and the end; empty until the run ends, and where nothing was traced. */
  readonly trace: readonly TracePoint[]
}

/** One step from generation 0 to a benchmark. */
export interface LineageStep {
  readonly generation: number
  /** Key of the kernel that was changed; null at generation 0. */
  readonly parent: string | null
  readonly holeKind: string
  /** Tokens `[start, end)` of the parent that the hole replaced. */
  readonly holeSpan: readonly [start: number, end: number]
  /** What filled the hole: a directed infill, an edit, … */
  readonly proposal: string
}

/** A kernel that others were made of. */
export interface Ancestor {
  /** Content key of the normal form. */
  readonly key: string
  /** Normal form. */
  readonly text: string
}

/** How new a benchmark is. */
export interface Novelty {
  /** Is it, whole or for 60 tokens in a row, in the training data, apart from our seed kernels? Null where the model does not tell. */
  readonly isCopy: boolean | null
  /** Tokens of the longest run that it shares with one of our seed kernels. */
  readonly seedRun: number
  /** Euclidean distance to the nearest kernel of the mined corpus, in the benchmark's space; null where that has no vectors. */
  readonly minedDistance: number | null
}

/** A kernel kept for a target, with how it came about. */
export interface BenchmarkRecord {
  readonly runId: number
  readonly space: string
  readonly targetName: string
  /** NaN where the target leaves a feature open; of a range its lower end, -Infinity where that is open. */
  readonly target: Float64Array
  /** Upper ends, Infinity where open; null where the target is a point. */
  readonly targetUpper: Float64Array | null
  readonly distance: number
  /** 0 to 100; 100 is an exact match. */
  readonly proximity: number
  /** From 1, nearest first, of equal ones as its search ordered them, within run, space and target; null until ranked. */
  readonly rank: number | null
  readonly generation: number
  readonly lineage: readonly LineageStep[]
  readonly seed: number
  readonly modelHash: string | null
  /** OpenCL device the kernel was built on, or null. */
  readonly device: string | null
  /** Null where it was not measured. */
  readonly novelty: Novelty | null
  readonly createdAtMs: number
}

/** A benchmark to be committed, with its kernel. */
export interface NewBenchmark extends BenchmarkRecord {
  readonly kernel: NewKernel
  /** The parents that `lineage` names. Default none: their texts are not kept. */
  readonly ancestors?: readonly Ancestor[]
  /** From 1, in the order in which its search handed out what it ended with. Default none: filed on the way. */
  readonly place?: number
}

/** A benchmark as it is in the store. */
export interface StoredBenchmark extends BenchmarkRecord {
  readonly id: number
  /** Of benchsteer, from the run. */
  readonly version: string
  readonly kernelKey: string
  readonly kernelName: string
  readonly text: string
  /** Content key of the kernel's optimised IR, or null where there is none. */
  readonly irKey: string | null
  /** How thoroughly its kernel was run and accepted, `quick` or `full`; null where it was not. */
  readonly validated: string | null
  /** By feature space id. */
  readonly features: Readonly<Record<string, Float64Array>>
}
