// Which runs an evaluation is made of, in which order, and which of them are there already.

import type { Target } from '../../synth/index.ts'
import type { GroupSettings } from '../groups/group.ts'
import type { GroupSpec } from '../groups/registry.ts'
import { interleave } from '../order.ts'
import type { EvaluationRun, EvaluationTarget } from '../records.ts'

/** Everything that an evaluation is asked for. */
export interface EvaluationPlan {
  readonly groups: readonly GroupSpec[]
  /** Points of single spaces, the same vector of a space once. */
  readonly targets: readonly Target[]
  readonly seeds: readonly number[]
  readonly budgetMs: number
  /** Kernels kept of each run. */
  readonly keep: number
  readonly settings: GroupSettings
  /** Which pairs of seed and target are done here, the others elsewhere: all of one pair's groups meet one machine. Default: all. */
  readonly chooses?: <T>(pairs: readonly T[]) => readonly T[]
}

export interface PlannedRun {
  readonly group: GroupSpec
  readonly target: Target
  readonly seed: number
}

/** What besides the plan decides what a group finds. */
export interface GroupIdentity {
  readonly model: string | null
  readonly input: string | null
}

/**
 * Seeds outermost, so that an evaluation cut short has seen every target; the groups of a target one after another, so that
 * what changes on the machine meets all of them.
 */
export function planRuns({ groups, targets, seeds, chooses = (pairs) => pairs }: EvaluationPlan): PlannedRun[] {
  const spaces = [...new Set(targets.map(({ space }) => space))]
  const inTurn = interleave(spaces.map((own) => targets.filter(({ space }) => space === own)))
  const pairs = seeds.flatMap((seed) => inTurn.map((target) => ({ target, seed })))
  return chooses(pairs).flatMap((pair) => groups.map((group) => ({ group, ...pair })))
}

/** `rodinia/bfs/BFS_1` is the target `bfs/BFS_1` of the suite `rodinia`; what is in no suite is in `other`. */
export function recordOf({ name, space, values }: Target): EvaluationTarget {
  const parts = name.split('/')
  const [suite, rest] = parts.length < 3 ? ['other', name] : [parts[0], parts.slice(1).join('/')]
  return { space: space.id, suite, name: rest, vector: [...values] }
}

/** Runs by what a plan calls them, so that a folder of thousands is looked through once. */
export class RunIndex {
  readonly #runs = new Map<string, EvaluationRun[]>()

  constructor(runs: readonly EvaluationRun[]) {
    for (const run of runs) {
      const key = keyOf(run)
      this.#runs.set(key, [...(this.#runs.get(key) ?? []), run])
    }
  }

  /** The last record of a planned run that was made from the same things. Times on other machines are of the record's own. */
  find({ group, target, seed }: PlannedRun, budgetMs: number, identity: GroupIdentity): EvaluationRun | undefined {
    const { space, suite, name, vector } = recordOf(target)
    const alike = this.#runs.get(keyOf({ group: group.name, space, suite, target: name, seed })) ?? []
    return alike.findLast(
      ({ kind, budgetMs: budget, targetVector, provenance: { model, input } }) =>
        kind === group.kind &&
        budget === budgetMs &&
        targetVector.join() === vector.join() &&
        model === identity.model &&
        input === identity.input,
    )
  }
}

/** Group, target, space and seed as one text. */
export function keyOf({
  group,
  space,
  suite,
  target,
  seed,
}: Pick<EvaluationRun, 'group' | 'space' | 'suite' | 'target' | 'seed'>): string {
  return [group, space, suite, target, seed].join('\n')
}
