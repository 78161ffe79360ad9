// What the command line of `bench model` says.

import type { SampleLength } from '../../sampling-options.ts'

/** How samples are written: as they come, kept to the rules of holes, or by the rules and rewritten until they compile. */
export const decodings = ['plain', 'checked', 'rewritten'] as const
export type Decoding = (typeof decodings)[number]

/** Flags of `bench model`. */
export interface ModelFlags {
  readonly model?: string
  readonly data?: string
  readonly corpus?: string
  readonly parts?: readonly string[]
  readonly samples: number
  readonly decoding: readonly Decoding[]
  readonly temperature: number
  readonly topP: number
  readonly nameTemperature: number
  /** Of the single shots. */
  readonly length?: SampleLength
  readonly holesPerKind: number
  readonly directedSamples: number
  readonly targetSamples: number
  readonly targetSeeds: number
  readonly guidance: number
  readonly seed: number
  readonly json?: string
}
