// One learner, a round at a time: choose points, find kernels, label them, add the rows, train again, score. Every step
// is asked of the ledger first, and written there before the next begins.

import { BenchError } from '../../kernels/index.ts'
import {
  type Committee,
  pickApart,
  poll,
  scalePoint,
  scoreCandidates,
  trainCommittee,
  voteEntropy,
} from '../committee/index.ts'
import { type CombinedFeatures, combinedFeatures, type GreweRow, isDecided, labelOf } from '../data-set.ts'
import { type Arm, findArm } from './arms.ts'
import type { CandidateSampler } from './candidates.ts'
import type { Fold } from './folds.ts'
import type { Ledger } from './ledger.ts'
import type { LearnOptions, ResolvedLearnOptions } from './options.ts'
import { drawPairs, type PairPoint } from './pairs.ts'
import type { FoundKernel, KernelSource, LabelledLaunch, Labeller } from './parts.ts'
import { featuresOfPoint, type Launch, type LearnPoint } from './point.ts'
import { type Position, randomAt, seedAt } from './position.ts'
import type { Attempt, AttemptOutcome, ChosenPoint, KnownLabel, Refusal, Score, Trajectory } from './records.ts'
import { scoreRows } from './score.ts'

/** What a learner works with. */
export interface Workplace {
  readonly fold: Fold
  /** Around the fold's rows to learn from. */
  readonly sampler: CandidateSampler
  readonly options: ResolvedLearnOptions
  readonly sources: Readonly<Partial<Record<Arm['kernels'], KernelSource>>>
  readonly labeller: Labeller
  readonly ledger: Ledger
}

/** What a learner reports. A round that goes on reports its picks again, and of the other steps those that are left. */
export type StepEvent =
  | { readonly kind: 'picked'; readonly picks: readonly ChosenPoint[] }
  | { readonly kind: 'found'; readonly slot: number; readonly pick: ChosenPoint; readonly attempt: FoundAttempt }
  | {
      readonly kind: 'labelled'
      readonly slot: number
      readonly pick: ChosenPoint
      readonly outcome: AttemptOutcome
      readonly rows: readonly GreweRow[]
    }
  | { readonly kind: 'scored'; readonly score: Score; readonly committee: Committee }

export type FoundAttempt = Omit<Attempt, 'outcome' | 'labelMs'>

/** Stages at which a launch is refused rather than a kernel. */
const ofLaunch = /^(?:undecided|arguments|timing on )/

export class Learner {
  readonly trajectory: Trajectory
  readonly #arm: Arm
  readonly #place: Workplace
  readonly #report: (event: StepEvent & { readonly round: number }) => void
  readonly #pool: readonly LearnPoint[]
  readonly #heldOut: ReadonlySet<string>
  /** As of the rows that there were when it was trained. */
  #committee: { readonly rows: number; readonly committee: Committee } | undefined

  constructor(
    trajectory: Trajectory,
    place: Workplace,
    report: (event: StepEvent & { readonly round: number }) => void = () => {},
  ) {
    this.trajectory = trajectory
    this.#arm = findArm(trajectory.arm)
    this.#place = place
    this.#report = report
    this.#pool = place.sampler.drawMany(place.options.pool, randomAt(this.#at(0, 'pool')))
    this.#heldOut = new Set(place.fold.test.flatMap(({ sourceKey }) => sourceKey ?? []))
  }

  /**
   * Do what is left of a round. Whatever the signal interrupts is not written, and will be done anew.
   * @throws the signal's reason
   * @throws {BenchError} where a model or device is missing
   */
  async advance(round: number, signal: AbortSignal): Promise<void> {
    const { ledger } = this.#place
    const { id } = this.trajectory
    const known = ledger.round(id, round)
    if (known !== undefined && known.score !== null) return
    const picks = known?.picks ?? this.#pick(round)
    if (known === undefined) ledger.addRound(id, round, picks)
    this.#report({ kind: 'picked', round, picks })
    const attempts = await this.#findAll(round, picks, known?.attempts ?? [], signal)
    // One after another, and with no search beside: a measurement wants the machine for itself.
    for (const [slot, attempt] of attempts.entries()) {
      if (attempt.outcome === null) await this.#label(round, slot, picks[slot], attempt, signal)
    }
    const score = this.#score()
    ledger.finishRound(id, round, score)
    this.#report({ kind: 'scored', round, score, committee: this.#currentCommittee() })
  }

  #pick(round: number): ChosenPoint[] {
    if (round === 0) return []
    const { sampler, options, fold } = this.#place
    const { batch, candidates: count, acquisition } = options
    const candidates = sampler.drawMany(count, randomAt(this.#at(round, 'candidates')))
    const features = candidates.map(featuresOfPoint)
    const committee = this.#currentCommittee()
    const chosen = (): number[] => {
      if (this.#arm.points === 'random') return [...candidates.keys()].slice(0, batch)
      const rows = [...fold.train, ...this.#rows()]
      const scores = scoreCandidates(acquisition, committee, rows, features, this.#pool.map(featuresOfPoint))
      const points = features.map((own) => scalePoint(committee.scaling, own))
      return pickApart(scores, points, batch)
    }
    const entropyOf = (own: CombinedFeatures): number => voteEntropy(poll(committee, own))
    const picks = chosen().map((i) => ({ point: candidates[i], entropy: entropyOf(features[i]) }))
    const pairs = this.#arm.points === 'random' ? [] : this.#drawPairs(round)
    return [
      ...pairs.map((side) => ({ ...side, entropy: entropyOf(featuresOfPoint(side.point)) })),
      ...picks.slice(0, batch - pairs.length),
    ]
  }

  /** In place of as many points of the batch, so that no learner has more than another. */
  #drawPairs(round: number): PairPoint[] {
    const { fold, options, sampler } = this.#place
    if (options.pairs === 0) return []
    const rows = [...fold.train, ...this.#rows()]
    return drawPairs(rows, options.pairs, sampler.limits, randomAt(this.#at(round, 'pairs')))
  }

  /** @returns attempts by slot */
  async #findAll(
    round: number,
    picks: readonly ChosenPoint[],
    known: readonly Attempt[],
    signal: AbortSignal,
  ): Promise<Attempt[]> {
    // As of the start of the round, whatever was labelled since: a round that goes on asks as it would have.
    const taken = this.#takenBefore(round)
    const steps = picks.map(async (pick, slot): Promise<Attempt> => {
      const before = known.find((attempt) => attempt.slot === slot)
      if (before !== undefined) return before
      const attempt = { slot, ...(await this.#find(round, slot, pick, taken, signal)) }
      this.#place.ledger.addFound(this.trajectory.id, round, attempt)
      this.#report({ kind: 'found', round, slot, pick, attempt })
      return { ...attempt, outcome: null, labelMs: null }
    })
    await Promise.allSettled(steps) // whatever one of them throws, none is left behind to write to a closed ledger
    return await Promise.all(steps)
  }

  async #find(
    round: number,
    slot: number,
    { point }: ChosenPoint,
    taken: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Omit<FoundAttempt, 'slot'>> {
    const source = this.#place.sources[this.#arm.kernels]
    if (source === undefined) throw new RangeError(`sources: expected ${this.#arm.kernels}, for ${this.#arm.name}`)
    const seed = seedAt(this.#at(round, `search ${slot}`))
    const startedMs = performance.now()
    signal.throwIfAborted()
    try {
      const found = await source.find({ point, seed, keep: this.#place.options.keep, taken }, signal)
      return { found, failure: null, findMs: performance.now() - startedMs }
    } catch (error) {
      // What is missing ends the run; a search whose process died is one benchmark less.
      if (signal.aborted || error instanceof BenchError || !(error instanceof Error)) throw error
      return { found: [], failure: error.message, findMs: performance.now() - startedMs }
    }
  }

  async #label(round: number, slot: number, pick: ChosenPoint, attempt: Attempt, signal: AbortSignal): Promise<void> {
    const rejections: Refusal[] = []
    let costMs = 0
    let accepted: { readonly kernel: FoundKernel; readonly rows: readonly GreweRow[] } | undefined
    if (attempt.found.length === 0) {
      rejections.push({ kernelKey: null, stage: 'search', log: attempt.failure ?? 'no kernel was found' })
    }
    const taken = new Set(this.#rows().map(({ sourceKey }) => sourceKey))
    for (const kernel of attempt.found) {
      const refuse = (stage: string, log: string): unknown => rejections.push({ kernelKey: kernel.key, stage, log })
      if (taken.has(kernel.key)) refuse('repeated', 'this learner has it already')
      else if (this.#heldOut.has(kernel.key)) refuse('held out', 'it is one of the kernels that scores are taken on')
      else {
        const label = await this.#labelOf(kernel, pick.point.launch, signal)
        costMs += label.costMs
        if (label.outcome.ok) {
          const { keepUndecided } = this.#place.options
          const all = label.outcome.launches.map((launch) => this.#rowOf(kernel, launch))
          const rows = all.filter((row) => keepUndecided || isDecided(row))
          if (rows.length > 0) {
            accepted = { kernel, rows }
            break
          }
          refuse('undecided', 'no launch tells which device is faster')
        } else refuse(label.outcome.stage, label.outcome.log)
      }
    }
    const rows = accepted?.rows ?? []
    const outcome: AttemptOutcome =
      accepted === undefined
        ? { ok: false, rejections }
        : { ok: true, kernelKey: accepted.kernel.key, rows: rows.length, rejections }
    this.#place.ledger.finishAttempt(this.trajectory.id, round, slot, { outcome, labelMs: costMs, rows })
    this.#report({ kind: 'labelled', round, slot, pick, outcome, rows })
  }

  /** A kernel is measured once for a launch; all learners of a run share the label, and each bears its cost. */
  async #labelOf(kernel: FoundKernel, launch: Launch, signal: AbortSignal): Promise<KnownLabel> {
    const { ledger, labeller } = this.#place
    const launchKey = JSON.stringify([launch.transferBytes, launch.wgsize])
    const known = ledger.label(kernel.key, launchKey)
    if (known !== undefined) return known
    signal.throwIfAborted()
    const startedMs = performance.now()
    const seed = seedAt({ fold: '', seed: 0, round: 0, purpose: `payload of ${kernel.key}` })
    const outcome = await labeller.label({ kernel, launch, seed }, signal)
    signal.throwIfAborted()
    const label = { outcome, costMs: performance.now() - startedMs }
    ledger.addLabel(kernel.key, launchKey, label)
    return label
  }

  #rowOf(kernel: FoundKernel, launch: LabelledLaunch): GreweRow {
    const { counts, key, kernelName } = kernel
    return {
      ...{ suite: 'synthetic', program: `synthetic-${key}`, kernel: kernelName, counts, sourceKey: key },
      ...launch,
      features: combinedFeatures(counts, launch.transferBytes, launch.wgsize),
      label: labelOf(launch.runtimeCpuMs, launch.runtimeGpuMs),
    }
  }

  #score(): Score {
    const { fold } = this.#place
    const rows = this.#rows()
    const committee = this.#currentCommittee()
    const entropies = this.#pool.map((point) => voteEntropy(poll(committee, featuresOfPoint(point))))
    return {
      addedRows: rows.length,
      addedKernels: new Set(rows.map(({ sourceKey }) => sourceKey)).size,
      ...scoreRows([...fold.train, ...rows], fold.test),
      poolEntropy: entropies.reduce((sum, value) => sum + value, 0) / Math.max(1, entropies.length),
    }
  }

  #currentCommittee(): Committee {
    const rows = this.#rows()
    if (this.#committee?.rows !== rows.length) {
      const { fold, options } = this.#place
      const committee = committeeOf(this.trajectory, [...fold.train, ...rows], options)
      this.#committee = { rows: rows.length, committee }
    }
    return this.#committee.committee
  }

  #rows(): GreweRow[] {
    return this.#place.ledger.rows(this.trajectory.id).map(({ row }) => row)
  }

  /** Kernels that it has, and those that it was refused, unless another launch may do. */
  #takenBefore(round: number): Set<string> {
    const rounds = this.#place.ledger.rounds(this.trajectory.id).filter((own) => own.round < round)
    const outcomes = rounds.flatMap(({ attempts }) => attempts.flatMap(({ outcome }) => outcome ?? []))
    const isFixed = this.#place.labeller.isFixed ?? false
    const isFinal = ({ stage }: Refusal): boolean => isFixed || !ofLaunch.test(stage)
    return new Set(
      outcomes.flatMap((outcome) => [
        ...(outcome.ok ? [outcome.kernelKey] : []),
        ...outcome.rejections.filter(isFinal).flatMap(({ kernelKey }) => kernelKey ?? []),
      ]),
    )
  }

  #at(round: number, purpose: string): Position {
    const { fold, seed } = this.trajectory
    return { fold, seed, round, purpose }
  }
}

/** The committee of a learner once it has these rows. */
export function committeeOf(
  { fold, seed }: Pick<Trajectory, 'fold' | 'seed'>,
  rows: readonly GreweRow[],
  { members }: Pick<LearnOptions, 'members'>,
): Committee {
  return trainCommittee(rows, { members, seed: seedAt({ fold, seed, round: 0, purpose: 'committee' }) })
}
