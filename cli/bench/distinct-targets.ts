// The targets that the benches steer to.

import { loadTargetSuites } from '../../corpora/index.ts'
import { type FeatureSpace, fromFeatureRecord } from '../../features/index.ts'
import type { Target } from '../../synth/index.ts'

/** The named targets of a space, each vector once, under its first name. */
export function distinctTargets(space: FeatureSpace): Target[] {
  const targets = new Map<string, Target>()
  for (const { name, features } of loadTargetSuites().flatMap((suite) => suite.targets)) {
    const values = fromFeatureRecord(space, features[space.id])
    if (!targets.has(values.join())) targets.set(values.join(), { name, space, values })
  }
  return [...targets.values()]
}
