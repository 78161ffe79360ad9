// What the loop is put together from: where kernels come from, and who labels them. The command line passes in devices
// and models; the loop itself knows neither.

import type { GreweCounts, GreweRow } from '../data-set.ts'
import type { Launch, LearnPoint } from './point.ts'

/** A kernel that may become a benchmark. */
export interface FoundKernel {
  /** Content key of its normal form. */
  readonly key: string
  readonly text: string
  readonly kernelName: string
  /** As measured, which need not be as wanted. */
  readonly counts: GreweCounts
  /** How far from the point that was wanted; null where none was. */
  readonly distance: number | null
}

/** What is asked of a source. */
export interface KernelRequest {
  readonly point: LearnPoint
  /** Any integer; the same request gives the same kernels. */
  readonly seed: number
  /** At most so many, best first. */
  readonly keep: number
  /** Keys of kernels that this learner has already, or was refused. */
  readonly taken: ReadonlySet<string>
}

/** Where kernels come from. */
export interface KernelSource {
  /** What it depends on: a model's hash, a search's budget. A run goes on only with the same. */
  readonly identity: string
  /**
   * @param signal - aborted, what is found no longer counts
   * @returns none where there are none; rejects where what it needs is missing
   */
  find(request: KernelRequest, signal: AbortSignal): Promise<readonly FoundKernel[]>
}

/** What is asked of a labeller. */
export interface LabelRequest {
  readonly kernel: FoundKernel
  /** The launch wanted; the one that was possible stands in the rows. */
  readonly launch: Launch
  /** Of the payload. */
  readonly seed: number
}

/** One measurement, as it will stand in a row. */
export type LabelledLaunch = Pick<
  GreweRow,
  | 'dataset'
  | 'transferBytes'
  | 'wgsize'
  | 'runtimeCpuMs'
  | 'runtimeGpuMs'
  | 'timeSource'
  | 'intervalCpuMs'
  | 'intervalGpuMs'
  | 'devices'
  | 'seed'
  | 'date'
  | 'extras'
>

/** What came of validating and measuring a kernel. */
export type LabelOutcome =
  /** One at least. */
  | { readonly ok: true; readonly launches: readonly LabelledLaunch[] }
  /** `stage`: of the funnel, such as `terminates`, `race-free`, `decided`. */
  | { readonly ok: false; readonly stage: string; readonly log: string }

/** Validates and measures kernels on the two devices. */
export interface Labeller {
  /** Devices, drivers and settings. A run goes on only with the same. */
  readonly identity: string
  /** Rows that were measured before: a kernel comes with its launch, whatever is wanted. Default false. */
  readonly isFixed?: boolean
  /** Rejects where a device is missing. @param signal - aborted, the outcome no longer counts */
  label(request: LabelRequest, signal: AbortSignal): Promise<LabelOutcome>
}
