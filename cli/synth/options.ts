// What one command line of `synth` asks for.

import type { JobOptions } from '../../synth/index.ts'

/** The store in a folder of results. */
export const storeName = 'benchsteer.db'

export interface SynthRunOptions {
  /** Lists of spaces as `resolveSpaces` reads them, each searched by itself. */
  readonly spaces: readonly string[]
  /** As `resolveTarget` reads it, or with `isList` as `resolveTargets` does. */
  readonly targets: string
  /** May `targets` name many? */
  readonly isList: boolean
  /** Go on with the nearest consistent point where a target contradicts itself? */
  readonly nearest: boolean
  /** Of every search; the seed is that of the first round. */
  readonly search: JobOptions & { readonly keep: number }
  /** Searches per target, each with the next seed; infinite where only the time limits them. */
  readonly rounds: number
  /** Of all searches together, in ms; infinite where only the rounds limit them. */
  readonly totalMs: number
  /** Searches at once. Default: one per two cores. */
  readonly workers?: number
  /** Folder for the results; may hold those of earlier runs. */
  readonly out: string
  /** Folder of the model; default the shipped one. */
  readonly model?: string
  readonly device?: string
  /** Also do searches that were done before? */
  readonly isAgain: boolean
  /** A JSON line per search in place of progress and summary. */
  readonly isQuiet: boolean
}
