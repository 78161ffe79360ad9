// The loop: pick targets, synthesize, validate, measure, add, train again, evaluate. All learners (arms, folds, seeds)
// go round by round beside one another, so that whenever the time ends they have had the same.

import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { GreweRow } from '../data-set.ts'
import { type Arm, type ArmName, findArm } from './arms.ts'
import { CandidateSampler } from './candidates.ts'
import type { Fold } from './folds.ts'
import type { Identity, Ledger } from './ledger.ts'
import { type LearnOptions, type ResolvedLearnOptions, resolveLearnOptions } from './options.ts'
import type { KernelSource, Labeller } from './parts.ts'
import type { Score, Trajectory } from './records.ts'
import { isResting } from './resting.ts'
import { heuristicTrees } from './score.ts'
import { Learner, type StepEvent, type Workplace } from './trajectory.ts'

/** What is learned from, and by what means. */
export interface LearnParts {
  /** One at least, of different names. */
  readonly folds: readonly Fold[]
  /** What the arms need; see `arms`. */
  readonly sources: Readonly<Partial<Record<Arm['kernels'], KernelSource>>>
  readonly labeller: Labeller
}

/** What the loop reports: steps as they are done, and rounds that an earlier run had done. */
export type LearnEvent =
  | ({ readonly trajectory: Trajectory; readonly round: number } & StepEvent)
  | { readonly kind: 'known'; readonly trajectory: Trajectory; readonly round: number; readonly score: Score }

/** Why the loop ended. `resting`: every learner has its benchmarks, a committee that agrees, or nothing new to add. */
export type LearnEnd = 'rounds' | 'resting' | 'stopped'

/** How the loop runs. */
export interface LearnControl {
  /** Ends the loop; what is under way is done anew when it goes on. */
  readonly signal: AbortSignal
  readonly report?: (event: LearnEvent) => void
  /** Of the program, for the record. */
  readonly version: string
  /** Now, ms since 1970, for the record. */
  readonly nowMs: number
}

/**
 * Begin, or go on with, what the ledger belongs to. With sources and a labeller that give the same for the same request,
 * the ledger's content depends on the options alone, however often the process was killed.
 * @throws {RangeError} for options out of range, and where the ledger belongs to a run with others
 * @throws {BenchError} where a model or device is missing
 */
export async function learn(
  parts: LearnParts,
  options: LearnOptions,
  ledger: Ledger,
  control: LearnControl,
): Promise<LearnEnd> {
  const resolved = resolveLearnOptions(options)
  const { signal, report = () => {} } = control
  ledger.claim(identityOf(parts, resolved), resolved.stop, control.version, control.nowMs)
  const learners = startLearners(parts, resolved, ledger, report)
  try {
    for (let round = 0; round <= resolved.stop.rounds; round++) {
      let isAnyAwake = false
      for (const learner of learners) {
        const { trajectory } = learner
        const known = ledger.round(trajectory.id, round)?.score
        if (known !== undefined && known !== null) {
          report({ kind: 'known', trajectory, round, score: known })
          isAnyAwake = true
        } else if (!isResting(scoresOf(ledger, trajectory), resolved.stop)) {
          await setImmediate() // where nothing waits for devices or models, a signal still gets through
          signal.throwIfAborted()
          await learner.advance(round, signal)
          isAnyAwake = true
        }
      }
      if (!isAnyAwake) return 'resting'
    }
    return 'rounds'
  } catch (error) {
    if (signal.aborted) return 'stopped'
    throw error
  }
}

/** Learners side by side: the arms of one fold and seed come one after another. */
function startLearners(
  { folds, sources, labeller }: LearnParts,
  options: ResolvedLearnOptions,
  ledger: Ledger,
  report: (event: LearnEvent) => void,
): Learner[] {
  return folds.flatMap((fold) => {
    const place: Workplace = {
      ...{ fold, options, sources, labeller, ledger },
      sampler: new CandidateSampler(fold.train, options.limits),
    }
    return options.seeds.flatMap((seed) =>
      options.arms.map((arm) => {
        const trajectory = ledger.trajectory(arm, fold.name, seed)
        return new Learner(trajectory, place, (event) => report({ trajectory, ...event }))
      }),
    )
  })
}

/** Of the rounds that are over. */
function scoresOf(ledger: Ledger, { id }: Trajectory): Score[] {
  return ledger.rounds(id).flatMap(({ score }) => score ?? [])
}

/** Everything that the course depends on; stop rules only say how far it goes. */
function identityOf({ folds, sources, labeller }: LearnParts, options: ResolvedLearnOptions): Identity {
  const { stop: _, arms, ...rest } = options
  return {
    ...{ base: baseOf(folds), trees: heuristicTrees },
    ...{ arms, ...rest, labeller: labeller.identity },
    sources: Object.fromEntries(sourcesOf(arms).map((kind) => [kind, sources[kind]?.identity ?? null])),
  }
}

/**
 * Make sure that a ledger is of a run over these folds, before they are held against what it has.
 * @throws {RangeError} where it is of another, or of none
 */
export function requireFolds(ledger: Ledger, folds: readonly Fold[]): void {
  const known = ledger.identity()?.base
  if (JSON.stringify(known) === JSON.stringify(baseOf(folds))) return
  const names = Array.isArray(known) ? known.map(([name]) => name).join(', ') : 'nothing yet'
  throw new RangeError(
    `--base, --test, --hold-out: expected the rows that the run there was given, with ${names} held out; received ` +
      `${folds.map(({ name }) => name).join(', ')} held out${names === folds.map(({ name }) => name).join(', ') ? ', of other rows' : ''}`,
  )
}

function baseOf(folds: readonly Fold[]): (readonly [name: string, train: string, test: string])[] {
  return folds.map(({ name, train, test }) => [name, digestOf(train), digestOf(test)])
}

function sourcesOf(names: readonly ArmName[]): Arm['kernels'][] {
  return [...new Set(names.map((name) => findArm(name).kernels))]
}

function digestOf(rows: readonly GreweRow[]): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16)
}
