// What a person sees of a run while it goes on: round, target, entropy, what was found, its label, held-out score.

import type { ChosenPoint, LearnEvent } from '../../active-learning/index.ts'
import type { CliIo } from '../io.ts'
import { type Progress, startProgress } from '../progress.ts'

/** How far a run is. */
export interface LearnExtent {
  /** Arms times folds times seeds. */
  readonly learners: number
  /** Infinite where none is given. */
  readonly rounds: number
  /** Points per round. */
  readonly batch: number
  /** 0 to 1 of the time; 0 where nothing limits it. */
  timeShare(): number
}

/** Hold it with `using`. */
export class LearnView implements Disposable {
  readonly #progress: Progress
  readonly #extent: LearnExtent
  #done = 0

  constructor(extent: LearnExtent, io: CliIo) {
    this.#extent = extent
    this.#progress = startProgress(io, { label: 'learning', total: 100, unit: '' })
  }

  update(event: LearnEvent): void {
    const { round } = event
    const stepsPerRound = 2 * this.#extent.batch + 1
    if (event.kind === 'known') this.#done += round === 0 ? 1 : stepsPerRound
    else if (event.kind !== 'picked') this.#done++
    const { learners, rounds } = this.#extent
    const share = this.#done / (learners * (1 + rounds * stepsPerRound))
    this.#progress.update(100 * Math.max(share, this.#extent.timeShare()), describeStep(event))
  }

  [Symbol.dispose](): void {
    this.#progress[Symbol.dispose]()
  }
}

/** A machine's view: one line a step. */
export function lineOf(event: LearnEvent): string {
  const { trajectory, round, kind } = event
  const { arm, fold, seed } = trajectory
  return JSON.stringify({ kind, arm, fold, seed, round, ...detailsOf(event) })
}

function detailsOf(event: LearnEvent): object {
  switch (event.kind) {
    case 'picked':
      return { picks: event.picks }
    case 'found': {
      const { found, failure, findMs } = event.attempt
      const kernels = found.map(({ key, distance }) => ({ key, distance }))
      return { slot: event.slot, kernels, failure, findMs: Math.round(findMs) }
    }
    case 'labelled': {
      const rows = event.rows.map(({ label, runtimeCpuMs, runtimeGpuMs, timeSource }) => {
        return { label, runtimeCpuMs, runtimeGpuMs, timeSource }
      })
      return { slot: event.slot, outcome: event.outcome, rows }
    }
    case 'scored':
    case 'known': {
      const { predictions: _, ...score } = event.score
      return { score }
    }
  }
}

/** A person's view: where the run is, and what has just been done. */
export function describeStep(event: LearnEvent): string {
  const { trajectory, round } = event
  const { arm, fold, seed } = trajectory
  return `round ${round}, ${arm} without ${fold}, seed ${seed}: ${stepOf(event)}`
}

function stepOf(event: LearnEvent): string {
  switch (event.kind) {
    case 'picked':
      return event.picks.length === 0 ? 'baseline' : `${event.picks.length} targets`
    case 'found': {
      const [first] = event.attempt.found
      const distance = first?.distance == null ? '' : ` at distance ${first.distance.toFixed(1)}`
      return `${targetText(event.pick)}; ${first === undefined ? 'found nothing' : `found${distance}`}`
    }
    case 'labelled': {
      const { outcome, rows, pick } = event
      const label = outcome.ok
        ? `label ${rows.map((row) => row.label).join(', ')}`
        : `turned away: ${outcome.rejections.map(({ stage }) => stage).join(', ')}`
      return `${targetText(pick)}; ${label}`
    }
    case 'scored':
    case 'known': {
      const { speedup, accuracy, addedKernels, poolEntropy } = event.score
      const held = `held out: ${speedup.toFixed(3)} over static, ${(100 * accuracy).toFixed(1)} % right`
      return `${held}; ${addedKernels} kernels, mean entropy ${poolEntropy.toFixed(2)}`
    }
  }
}

function targetText({ point, entropy }: ChosenPoint): string {
  const { comp, mem, localmem, coalesced } = point.counts
  const { transferBytes, wgsize } = point.launch
  const counts = `comp ${comp}, mem ${mem}, localmem ${localmem}, coalesced ${coalesced}`
  return `target ${counts}, ${transferBytes} B by ${wgsize}, entropy ${entropy.toFixed(2)}`
}
