// What an evaluation leaves behind: a line of `runs.jsonl` for each search, a line of `kernels.jsonl` for each kernel that
// one of them returned. Plain JSON, so that other tools read it. All times are in ms and start with the run: loading the
// model, starting processes and reading a corpus are inside.

/** Where a run's best distance became less. */
export interface RunStep {
  /** Since the run began, start-up included. */
  readonly ms: number
  /** 0 where the group has no generations. */
  readonly generation: number
  /** Candidates looked at until then. */
  readonly evaluated: number
  readonly distance: number
}

/** A kernel that a run returned. */
export interface FoundKernel {
  /** Id of a line in `kernels.jsonl`. */
  readonly kernel: string
  /** Euclidean, in the run's space, to the run's target. */
  readonly distance: number
  readonly foundMs: number
  readonly generation: number
}

/** What made a run, enough to make it again. */
export interface RunProvenance {
  /** Of benchsteer. */
  readonly version: string
  /** Hash of the model, null where the group asks none. */
  readonly model: string | null
  /** Hash of what else the group reads: given kernels, a mined store, CLSmith. Null where it reads nothing. */
  readonly input: string | null
  /** Hash of the code that searched, measured and judged, and of our seeds and vectors. Runs of earlier versions lack it. */
  readonly program?: string
  /** Kernels that were asked for. Runs of earlier versions lack it. */
  readonly keep?: number
  /** Processor and operating system, in words. */
  readonly machine: string
  /** Processes beside one another that a group may use. */
  readonly cores: number
  /** ISO 8601. */
  readonly date: string
  /** As typed. */
  readonly command: string
}

/** A group may be made by a built-in producer or be a set of kernels that was given. */
export type GroupKind = 'built-in' | 'given'

/** One search of one group for one target in one space with one seed, under a budget. */
export interface EvaluationRun {
  readonly group: string
  readonly kind: GroupKind
  /** Id of the feature space. */
  readonly space: string
  readonly suite: string
  /** As `bfs/BFS_1`. */
  readonly target: string
  /** `[feature]` of the space. */
  readonly targetVector: readonly number[]
  /** Of the plan; the group's own is made from it and the target. Where nothing in the group is random it says nothing. */
  readonly seed: number
  readonly budgetMs: number
  /** All that the run took, start-up included. Less than the budget where it sat at the target before. */
  readonly wallMs: number
  /** Candidates that were made or read. */
  readonly evaluated: number
  /** Of them, those that parse; null where the group holds vectors alone. */
  readonly parsed: number | null
  /** Different normal forms among those that parse; null as before. */
  readonly unique: number | null
  /** Handed to the compiler; null where the group does not tell: lazy searches compile only what would enter the beam. */
  readonly checked: number | null
  /** Of those handed to the compiler, those that compile. */
  readonly compiled: number
  /** Each improvement of the best distance, in order. Empty where nothing compiled. */
  readonly trace: readonly RunStep[]
  /** Best first, at most as many as were asked for, unique by normal form. */
  readonly best: readonly FoundKernel[]
  readonly provenance: RunProvenance
}

/** How long a kernel takes on two devices, in the roles of the CPU and the GPU. */
export interface KernelTiming {
  /** Work-items. */
  readonly size: number
  /** To the device and back. */
  readonly transferBytes: number
  /** Work-items of a group. */
  readonly wgsize: number
  readonly cpu: DeviceTiming
  readonly gpu: DeviceTiming
  /** Day, as `2026-01-31`. */
  readonly date: string
}

/** Median with its 95 % interval, transfers included, in ms. */
export interface DeviceTiming {
  readonly device: string
  readonly driver: string
  readonly medianMs: number
  readonly lowMs: number
  readonly highMs: number
}

/** A kernel, measured in the spaces of the evaluation. The line is of the group that returned it first. */
export interface EvaluationKernel {
  /** SHA-256 of the normal form; of the vectors where there is no source at all (`vectors:` in front). */
  readonly id: string
  readonly group: string
  /** Null for foreign kernels: their text stays in `foreign.jsonl`, which no report shows. */
  readonly source: string | null
  /** Somebody else's text (mined, given, or with somebody else's headers). */
  readonly foreign: boolean
  /** By id of the space, `[feature]`. */
  readonly vectors: Readonly<Record<string, readonly number[]>>
  /** Of the normal form, in the model's tokenizer; null where there is no source. */
  readonly tokens: number | null
  /** Of the unit at -O1; null where there is no source. */
  readonly irInstructions: number | null
  /** Mean bits a token under the model, left to right without features; null where not asked. */
  readonly bitsPerToken: number | null
  /** Tokens of the longest run that it shares with one of our seed kernels; null where there is no source. */
  readonly overlapTokens: number | null
  /** Euclidean, by space: to the nearest mined kernel. Of the space of the run that returned it first. */
  readonly minedDistance: Readonly<Record<string, number>>
  /** Does it copy, whole or for 60 tokens in a row, what the model was trained on? Null where nothing tells. */
  readonly isCopy: boolean | null
  /** Outcome of validation, as `kernels/validate/outcomes.ts` names it; null where not validated. */
  readonly outcome: string | null
  readonly label: 'CPU' | 'GPU' | 'undecided' | null
  /** Whether the label compares modelled times; null without a label. */
  readonly modelled: boolean | null
  /** What the label compares; missing without a label. */
  readonly timing?: KernelTiming
}

/** A target in one space. */
export interface EvaluationTarget {
  readonly space: string
  readonly suite: string
  readonly name: string
  /** `[feature]` */
  readonly vector: readonly number[]
}

/** All runs of an evaluation. */
export interface EvaluationResults {
  readonly spaces: readonly string[]
  /** In the order in which they were asked for. */
  readonly groups: readonly string[]
  /** Those in which nothing is random: they run once for a target, and stand against each seed of the others. Default none. */
  readonly deterministic?: readonly string[]
  readonly seeds: readonly number[]
  readonly budgetMs: number
  /** Each space's targets; a target that a space cannot have is left out. */
  readonly targets: readonly EvaluationTarget[]
  readonly runs: readonly EvaluationRun[]
  /** By id. */
  readonly kernels: ReadonlyMap<string, EvaluationKernel>
}
