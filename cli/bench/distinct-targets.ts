// The targets that the benches steer to.

import { loadTargetSuites } from '../../corpora/index.ts'
import { type FeatureSpace, featureSpaces, fromFeatureRecord } from '../../features/index.ts'
import type { ModelCard, Target } from '../../synth/index.ts'

/**
 * The named targets of a space, each vector once, under its first name.
 * @param mostTokens - of the kernel that the target is of
 */
export function distinctTargets(space: FeatureSpace, mostTokens: number = Number.POSITIVE_INFINITY): Target[] {
  const targets = new Map<string, Target>()
  for (const { name, tokens, features } of loadTargetSuites().flatMap((suite) => suite.targets)) {
    if (tokens > mostTokens) continue
    const values = fromFeatureRecord(space, features[space.id])
    if (!targets.has(values.join())) targets.set(values.join(), { name, space, values })
  }
  return [...targets.values()]
}

/** Tokens that a kernel may have for the model to see it whole, with all features of any one space. */
export function tokensInContext({ config }: ModelCard): number {
  return config.maxRow - Math.max(...featureSpaces.map(({ names }) => names.length))
}
