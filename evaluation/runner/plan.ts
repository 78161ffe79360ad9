// Which runs an evaluation is made of, in which order, and which of them are there already.

import { Random, type Target } from '../../synth/index.ts'
import type { GroupSettings } from '../groups/group.ts'
import { type GroupSpec, isDeterministic } from '../groups/registry.ts'
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

/** What besides the plan's targets, seeds and budget decides what a group finds. */
export interface RunIdentity {
  readonly model: string | null
  readonly input: string | null
  /** See `programDigest`. */
  readonly program: string
  readonly keep: number
}

/** Targets come in an order of it, always the same. */
const orderSeed = 2026

/**
 * Seeds outermost, so that an evaluation cut short has seen every target, and targets in random order, so that those it has
 * seen with its last seed are a random part of all; the groups of a target one after another, so that what changes on the
 * machine meets all of them. Where nothing in a group is random, it has the first seed alone.
 */
export function planRuns({ groups, targets, seeds, chooses = (pairs) => pairs }: EvaluationPlan): PlannedRun[] {
  const spaces = [...new Set(targets.map(({ space }) => space))]
  const names = new Random(orderSeed).shuffle([...new Set(targets.map(({ name }) => name))].sort())
  const ranks = new Map(names.map((name, rank) => [name, rank]))
  const rankOf = ({ name }: Target): number => ranks.get(name) ?? 0
  const bySpace = spaces.map((own) => targets.filter(({ space }) => space === own))
  const inTurn = interleave(bySpace.map((own) => own.toSorted((a, b) => rankOf(a) - rankOf(b))))
  const pairs = seeds.flatMap((seed) => inTurn.map((target) => ({ target, seed })))
  const once = new Set(groups.filter(isDeterministic))
  return chooses(pairs).flatMap((pair) =>
    groups.filter((group) => pair.seed === seeds[0] || !once.has(group)).map((group) => ({ group, ...pair })),
  )
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
  find(planned: PlannedRun, budgetMs: number, identity: RunIdentity): EvaluationRun | undefined {
    return this.#alike(planned, budgetMs).findLast((run) => differencesOf(run, identity).length === 0)
  }

  /** In what the last record of a planned run differs from what would be run now; none where there is no record. */
  differences(planned: PlannedRun, budgetMs: number, identity: RunIdentity): string[] {
    const last = this.#alike(planned, budgetMs).at(-1)
    return last === undefined ? [] : differencesOf(last, identity)
  }

  /** Records of the same group, target, seed and budget, oldest first. */
  #alike({ group, target, seed }: PlannedRun, budgetMs: number): EvaluationRun[] {
    const { space, suite, name, vector } = recordOf(target)
    const key = keyOf({ group: group.name, kind: group.kind, space, suite, target: name, seed })
    return (this.#runs.get(key) ?? []).filter(
      (run) => run.kind === group.kind && run.budgetMs === budgetMs && run.targetVector.join() === vector.join(),
    )
  }
}

/** As options are called. Runs that do not tell count as different. */
function differencesOf({ provenance }: EvaluationRun, { model, input, program, keep }: RunIdentity): string[] {
  return [
    ...(provenance.program === program
      ? []
      : [`by benchsteer ${provenance.version}, code ${provenance.program ?? 'unknown'}`]),
    ...(provenance.keep === keep ? [] : [`with --keep ${provenance.keep ?? 'unknown'}`]),
    ...(provenance.model === model ? [] : [`with model ${provenance.model ?? 'none'}`]),
    ...(provenance.input === input ? [] : [`from other kernels or another CLSmith (${provenance.input ?? 'none'})`]),
  ]
}

/** Group, target, space and seed as one text; without the seed where nothing in the group is random. */
export function keyOf({
  group,
  kind,
  space,
  suite,
  target,
  seed,
}: Pick<EvaluationRun, 'group' | 'kind' | 'space' | 'suite' | 'target' | 'seed'>): string {
  const isOnce = isDeterministic({ name: group, kind })
  return [group, space, suite, target, ...(isOnce ? [] : [seed])].join('\n')
}
