// The shape of a part of `bench model`: one file each in this folder, and a line in parts.ts.

import type { Model } from '../../../synth/index.ts'
import type { CliIo } from '../../io.ts'
import type { ModelFlags } from './flags.ts'
import type { Human } from './human.ts'
import type { SampleRun } from './samples.ts'
import type { TrainingSet } from './training-set.ts'

/** What is measured, and against what. */
export interface ModelBench {
  readonly model: Model
  readonly flags: ModelFlags
  readonly io: CliIo
  /** Of `--data`. */
  readonly data: TrainingSet | undefined
  /** Of `--corpus`, else of `--data`. */
  readonly human: Human | undefined
  /** Kernels written in one shot, one run per kind of decoding; the same for all parts. */
  samples(): Promise<readonly SampleRun[]>
}

/** What a part found out. */
export interface PartReport {
  /** For `--json`: anything JSON can hold. */
  readonly figures: unknown
  /** For people. */
  readonly lines: readonly string[]
}

/** A part that `--parts` can name. */
export interface ModelPart {
  readonly name: string
  /** Options of which one is needed; none where it is empty. */
  readonly needs: readonly ('data' | 'corpus')[]
  /** Measured only where `--parts` names it. Default false. */
  readonly isSlow?: boolean
  /** @throws the signal's reason when aborted */
  measure(bench: ModelBench): Promise<PartReport>
}

/** What one of a part's `needs` brings. @throws {RangeError} naming the option where it was not given */
export function given<T>(value: T | undefined, option: string): T {
  if (value !== undefined) return value
  throw new RangeError(`--parts: this part needs ${option}`)
}

/** A number to a few digits, or nothing where there is none. */
export function shown(value: number, digits: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(digits)
}
