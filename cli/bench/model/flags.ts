// What the command line of `bench model` says.

/** Flags of `bench model`. */
export interface ModelFlags {
  readonly model?: string
  readonly data?: string
  readonly corpus?: string
  readonly parts?: readonly string[]
  readonly samples: number
  readonly decoding: 'plain' | 'checked' | 'both'
  readonly temperature: number
  readonly topP: number
  readonly holesPerKind: number
  readonly directedSamples: number
  readonly seed: number
  readonly json?: string
}
