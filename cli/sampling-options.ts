// What the commands that ask the model directly have in common: options, the target that directs it, distances to it.

import { featureSpaces, partsOf, toFeatureRecord } from '../features/index.ts'
import {
  emptyPrefix,
  type FeaturePrefix,
  featurePrefix,
  type Model,
  resolveSpaces,
  resolveTarget,
  type SampleOptions,
  type Target,
  TargetMeter,
} from '../synth/index.ts'
import { decimal, integer, type Option } from './command.ts'
import { packageVersion } from './version.ts'

/** Flags of `samplingOptions`. */
export interface SamplingFlags {
  readonly temperature: number
  readonly topP: number
  readonly nameTemperature: number
  readonly maxTokens?: number
  readonly seed: number
  readonly space: string
  readonly features?: string
  readonly plain: boolean
  readonly rewrites: number
  readonly guidance: number
  readonly all: boolean
  readonly model?: string
}

/** How tokens are drawn. */
export const drawingOptions: readonly Option[] = [
  { syntax: '--temperature <t>', summary: 'lower is safer, higher more varied', parse: decimal(0.01, 4), default: 0.8 },
  {
    syntax: '--top-p <share>',
    summary: 'draw from the likeliest tokens with this share',
    parse: decimal(0.01, 1),
    default: 0.92,
  },
  {
    syntax: '--name-temperature <t>',
    summary: 'the same, times --temperature, of the choice among variables; lower ones compile more often',
    parse: decimal(0.01, 4),
    default: 0.3,
  },
]

export const samplingOptions: readonly Option[] = [
  ...drawingOptions,
  { syntax: '--max-tokens <n>', summary: 'give longer ones up (default: by what is written)', parse: integer(1) },
  { syntax: '--seed <n>', summary: 'any integer', parse: integer(Number.MIN_SAFE_INTEGER), default: 0 },
  { syntax: '--space <list>', summary: 'feature space of --features, or several', default: 'grewe' },
  { syntax: '--features <list>', summary: 'ask for these: comp=12,mem=4, or any target that synth takes' },
  {
    syntax: '--guidance <g>',
    summary: 'above 1, exaggerate what --features changes; takes twice the time',
    parse: decimal(0, 10),
    default: 1,
  },
  { syntax: '--plain', summary: 'let the model write what it likes: no rules, nothing rewritten' },
  {
    syntax: '--rewrites <n>',
    summary: 'times that what does not compile is rewritten from the statement at fault',
    parse: integer(0, 64),
    default: 8,
  },
  { syntax: '--all', summary: 'also what does not compile' },
  { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
]

/** Of `lengthOption`. */
export type SampleLength = NonNullable<SampleOptions['length']>

/** How long kernels written from scratch are to be. */
export const lengthOption: Option = {
  syntax: '--length <tokens>',
  summary: 'about so many token ids each, `human` or `free` (default: human; with --features, free)',
  parse(text): SampleLength {
    if (text === 'human' || text === 'free') return text
    if (!/^\d+$/.test(text) || Number(text) < 1) {
      throw new RangeError(`expected human, free or a positive number of token ids, received '${text}'`)
    }
    return Number(text)
  },
}

/** What `--space` and `--features` ask for. */
export interface Direction {
  readonly prefix: FeaturePrefix
  /** None without `--features`. */
  readonly target: Target | undefined
  /** Distance to the target, and the features it was taken from, for result lines; nothing without a target. */
  readonly measure: (values: Float64Array | undefined) => MeasuredResult
}

/** How the model writes, as `infill` and `infillCompiling` take it. */
export interface DecodingSettings {
  readonly temperature: number
  readonly topP: number
  readonly nameTemperature: number
  readonly checked: boolean
  readonly rewrites: number
  readonly guidance: number
}

export function decodingOf(flags: SamplingFlags): DecodingSettings {
  const { temperature, topP, nameTemperature, plain, rewrites, guidance } = flags
  return { temperature, topP, nameTemperature, checked: !plain, rewrites: plain ? 0 : rewrites, guidance }
}

/** Part of a result line. */
export interface MeasuredResult {
  readonly distance?: number
  readonly features?: Readonly<Record<string, number>>
}

/** @throws {RangeError} for a space or features that there are not, or that the model was not trained with */
export async function resolveDirection(flags: SamplingFlags, model: Model): Promise<Direction> {
  if (flags.features === undefined) return { prefix: emptyPrefix, target: undefined, measure: () => ({}) }
  const { space, weights } = await resolveSpaces(flags.space)
  const target = { ...(await resolveTarget(flags.features, space)), weights }
  const unknown = partsOf(space).find(({ id }) => !(id in model.card.featureOffsets))
  if (unknown !== undefined) {
    const known = featureSpaces.flatMap(({ id }) => (id in model.card.featureOffsets ? [id] : [])).join(', ')
    throw new RangeError(
      `--space: the model knows ${known}, received '${unknown.id}'; leave --features out or name one`,
    )
  }
  const meter = new TargetMeter(target)
  const prefix = featurePrefix(model.card.featureOffsets, space, meter.point)
  const measure = (values: Float64Array | undefined): MeasuredResult =>
    values === undefined ? {} : { distance: meter.distance(values), features: toFeatureRecord(space, values) }
  return { prefix, target, measure }
}

/** What every result line carries. */
export function provenance(flags: SamplingFlags, model: Model): Readonly<Record<string, unknown>> {
  return { seed: flags.seed, modelHash: model.hash, version: packageVersion() }
}
