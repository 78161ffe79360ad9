// What a person sees of a run while it goes on: round, target, entropy, what was found, its label, held-out score.

import type { LearnEvent } from '../../active-learning/index.ts'
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
  #target = ''
  #step = ''

  constructor(extent: LearnExtent, io: CliIo) {
    this.#extent = extent
    this.#progress = startProgress(io, { label: 'learning', total: 100, unit: '' })
  }

  update(event: LearnEvent): void {
    const { trajectory, round } = event
    const stepsPerRound = 2 * this.#extent.batch + 1
    if (event.kind === 'known') this.#done += round === 0 ? 1 : stepsPerRound
    else if (event.kind !== 'picked') this.#done++
    this.#target = targetOf(event) ?? this.#target
    this.#step = stepOf(event) ?? this.#step
    const { learners, rounds } = this.#extent
    const share = this.#done / (learners * (1 + rounds * stepsPerRound))
    const place = `round ${round}, ${trajectory.arm} without ${trajectory.fold}, seed ${trajectory.seed}`
    const note = [place, this.#target, this.#step].filter(Boolean).join('; ')
    this.#progress.update(100 * Math.max(share, this.#extent.timeShare()), note)
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

function targetOf(event: LearnEvent): string | undefined {
  if (event.kind === 'picked') return ''
  if (event.kind !== 'found') return undefined
  const { counts, launch } = event.pick.point
  const { comp, mem, localmem, coalesced } = counts
  const target = `comp ${comp}, mem ${mem}, localmem ${localmem}, coalesced ${coalesced}, ${launch.transferBytes} B`
  return `${target}, entropy ${event.pick.entropy.toFixed(2)}`
}

function stepOf(event: LearnEvent): string | undefined {
  switch (event.kind) {
    case 'picked':
      return event.picks.length === 0 ? 'baseline' : `${event.picks.length} targets`
    case 'found': {
      const [first] = event.attempt.found
      if (first === undefined) return 'found nothing'
      return first.distance === null ? 'found' : `found at distance ${first.distance.toFixed(1)}`
    }
    case 'labelled': {
      const { outcome, rows } = event
      if (outcome.ok) return `label ${rows.map(({ label }) => label).join(', ')}`
      return `turned away: ${outcome.rejections.map(({ stage }) => stage).join(', ')}`
    }
    case 'scored':
    case 'known': {
      const { speedup, accuracy, addedKernels } = event.score
      return `held out: ${speedup.toFixed(3)} over static, ${(100 * accuracy).toFixed(1)} % right, ${addedKernels} kernels`
    }
  }
}
