// What server and page say to each other. Types alone: server, page and tests read them.

/** A feature space that kernels are measured in. */
export interface SpaceFacts {
  readonly id: string
  /** Of the features, in the order of the vectors. */
  readonly names: readonly string[]
}

/** A device and a size that there are times of. */
export interface TimedAt {
  readonly device: string
  /** `measured` or `modelled`. */
  readonly provenance: string
  /** Work-items. */
  readonly size: number
}

/** A target as a place on the map. */
export interface TargetPlace {
  /** Index in `KernelsHeader.targets`. */
  readonly target: number
  readonly x: number
  readonly y: number
}

/** A feature space in two dimensions. */
export interface MapHeader {
  readonly space: string
  /** Share of the variance along x and y, 0 to 1; null where kernels do not differ or are not measured. */
  readonly shares: readonly [number, number] | null
  /** Features that count most along x and along y, with the sign of their weight: `+comp`. */
  readonly axes: readonly [readonly string[], readonly string[]]
  readonly targets: readonly TargetPlace[]
}

/** What `api/kernels` tells beside its columns. Words are numbered: columns hold their places in these lists. */
export interface KernelsHeader {
  /** Counts up; columns of different snapshots do not fit together. */
  readonly snapshot: number
  readonly store: string
  readonly kernels: number
  readonly targets: readonly { readonly space: string; readonly name: string }[]
  /** Of the last validation; the first stands for none. */
  readonly outcomes: readonly string[]
  readonly origins: readonly string[]
  /** The first stands for none. */
  readonly repositories: readonly string[]
  readonly map: MapHeader
}

/** What `api/times` tells beside its columns. */
export interface TimesHeader {
  readonly timedAt: readonly TimedAt[]
}

/** Columns of `api/kernels`. Those of kernels have a value a kernel, those of benchmarks a value a benchmark. */
export interface KernelsColumns {
  /** Eight bytes a kernel: the first 16 hex digits of its key. */
  readonly keys: Uint8Array
  readonly origin: Uint8Array
  readonly tokens: Uint32Array
  readonly repository: Uint32Array
  readonly outcome: Uint16Array
  /** Place on the map; NaN where the kernel is not measured in its space. */
  readonly x: Float32Array
  readonly y: Float32Array
  /** Row of the benchmark's kernel. */
  readonly benchmarkRow: Uint32Array
  readonly benchmarkTarget: Uint32Array
  readonly benchmarkDistance: Float32Array
  readonly benchmarkProximity: Float32Array
  readonly benchmarkGeneration: Uint32Array
}

/** Columns of `api/times`, a value a measurement. */
export interface TimesColumns {
  /** Row of the measurement's kernel. */
  readonly timeRow: Uint32Array
  readonly timeAt: Uint32Array
  /** Median of write, kernel and read together, in ns; NaN where it failed. */
  readonly timeNs: Float32Array
}

/** Columns of `api/map`. */
export interface MapColumns {
  readonly x: Float32Array
  readonly y: Float32Array
}

/** A stretch of text and the class that it is shown in; empty is plain. */
export interface Stretch {
  readonly text: string
  readonly style: string
}

/** A line of a diff. `@` stands where lines that did not change are left out. */
export interface DiffLine {
  readonly sign: ' ' | '+' | '-' | '@'
  readonly stretches: readonly Stretch[]
}

/** One step of a lineage. */
export interface ChainStep {
  readonly generation: number
  /** `seed stencils/jacobi`, `edit unwrap`, … */
  readonly proposal: string
  readonly holeKind: string
  /** First 16 digits of the key of what came out. */
  readonly key: string | null
  /** What the step changed; at its start all of the text. Null where the texts were not kept. */
  readonly lines: readonly DiffLine[] | null
  /** Steps before this one whose texts were not kept, and whose changes are in `lines` too. */
  readonly skipped: number
}

/** What a target asks of a feature, and what the kernel has. */
export interface WantedFeature {
  readonly name: string
  readonly wanted: string
  readonly value: number | null
  readonly isMet: boolean
}

/** A benchmark of a kernel. */
export interface BenchmarkDetails {
  readonly space: string
  readonly target: string
  readonly distance: number
  readonly proximity: number
  readonly rank: number | null
  readonly generation: number
  readonly seed: number
  readonly run: number
  readonly version: string
  readonly modelHash: string | null
  readonly device: string | null
  readonly novelty: string
  readonly features: readonly WantedFeature[]
  readonly chain: readonly ChainStep[]
}

/** One pass through the validation funnel. */
export interface ValidationDetails {
  readonly outcome: string
  readonly device: string
  readonly level: string
  readonly size: number
  readonly seed: number
  readonly version: string
  readonly atMs: number
  /** As it is in the store, laid out. */
  readonly evidence: string
}

/** A median with its 95 % interval, in ns. */
export interface Interval {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Times of one device at one size. */
export interface TimeDetails {
  readonly device: string
  readonly provenance: string
  readonly size: number
  readonly repetitions: number
  readonly isTight: boolean
  readonly kernel: Interval | null
  readonly total: Interval | null
  readonly failure: string | null
}

/** Everything about one kernel. */
export interface KernelDetails {
  readonly key: string
  readonly name: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly lines: readonly (readonly Stretch[])[]
  readonly text: string
  readonly features: readonly {
    readonly space: string
    readonly values: readonly (readonly [name: string, value: number])[]
  }[]
  readonly benchmarks: readonly BenchmarkDetails[]
  readonly validations: readonly ValidationDetails[]
  readonly times: readonly TimeDetails[]
}

/** What came into the store since the snapshot. */
export interface Changes {
  /** The one that is counted from. */
  readonly snapshot: number
  readonly hasChanged: boolean
  /** May be less than 0 where a table was written anew. */
  readonly kernels: number
}

/** Why something was turned away. */
export interface Refusal {
  readonly error: string
  readonly message: string
}
