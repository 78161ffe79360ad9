// The targets that the benches steer to.

import { loadTargetSuites, type NamedTarget } from '../../corpora/index.ts'
import { type FeatureSpace, featureSpaces, fromFeatureRecord } from '../../features/index.ts'
import { type ModelCard, Random, type Target } from '../../synth/index.ts'

/** Which named targets. */
export interface TargetChoice {
  /** Default: `rodinia`. */
  readonly suites?: readonly string[]
  /** Of the kernel that the target is of. Default: any. */
  readonly mostTokens?: number
  /** So many of each suite, drawn at random, the same each time. Default: all. */
  readonly sample?: number
  /** Drawn kernels to leave out of each suite: those of an earlier sample. Default 0. */
  readonly after?: number
}

/** What samples are drawn with: chosen once, before anything was measured on one. */
const sampleSeed = 2026

/**
 * The named targets of a space, each vector once, under its first name.
 * @throws {RangeError} for a suite that there is none of, and where `after` is given without a sample
 */
export function distinctTargets(space: FeatureSpace, choice: TargetChoice = {}): Target[] {
  const { suites = ['rodinia'], mostTokens = Number.POSITIVE_INFINITY, sample, after = 0 } = choice
  const shipped = loadTargetSuites()
  if (after > 0 && sample === undefined) throw new RangeError('after: expected a sample to go on from')
  const earlier: NamedTarget[] = []
  const chosen = suites.flatMap((name) => {
    const found = shipped.find(({ suite }) => suite === name)
    if (found === undefined) {
      throw new RangeError(
        `suites: expected some of ${shipped.map(({ suite }) => suite).join(', ')}, received '${name}'`,
      )
    }
    const fitting = found.targets.filter(({ tokens }) => tokens <= mostTokens)
    if (sample === undefined) return fitting
    const drawn = drawTargets(fitting, after + sample)
    earlier.push(...drawn.slice(0, after))
    return drawn.slice(after)
  })
  const known = new Set(earlier.map(({ features }) => fromFeatureRecord(space, features[space.id]).join()))
  const targets = new Map<string, Target>()
  for (const { name, features } of chosen) {
    const values = fromFeatureRecord(space, features[space.id])
    if (!known.has(values.join()) && !targets.has(values.join())) targets.set(values.join(), { name, space, values })
  }
  return [...targets.values()]
}

function drawTargets(targets: readonly NamedTarget[], count: number): NamedTarget[] {
  const rng = new Random(sampleSeed)
  const left = [...targets]
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(rng.below(left.length), 1)[0])
}

/** Tokens that a kernel may have for the model to see it whole, with all features of any one space. */
export function tokensInContext({ config }: ModelCard): number {
  return config.maxRow - Math.max(...featureSpaces.map(({ names }) => names.length))
}
