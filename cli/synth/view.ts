// Progress of all searches of a command together.

import type { Funnel, JobProgress } from '../../synth/index.ts'
import type { CliIo } from '../io.ts'
import { type Progress, startProgress } from '../progress.ts'
import type { SynthRunOptions } from './options.ts'
import type { PlannedTarget } from './plan.ts'
import { proximityOf } from './search-result.ts'
import type { Standings } from './standings.ts'

/** A search under way, as far as it is shown. */
export interface ShownSearch {
  readonly planned: PlannedTarget
  readonly progress: JobProgress | undefined
}

/** Where a command is. */
export interface SynthState {
  readonly standings: Standings
  readonly open: readonly ShownSearch[]
  /** Searches that there are to be in this run. */
  readonly expected: number
  /** Of the time of this run that is over, 0 to 1. */
  readonly timeShare: number
}

/** Hold it with `using`. The bar counts what this run has to do, the targets also what was found before it. */
export class SynthView implements Disposable {
  readonly #options: SynthRunOptions
  readonly #planned: number
  readonly #progress: Progress | undefined
  readonly #startedMs = performance.now()

  constructor(options: SynthRunOptions, planned: readonly PlannedTarget[], io: CliIo) {
    this.#options = options
    this.#planned = planned.length
    const label = planned.length === 1 ? planned[0].target.name : 'synthesizing'
    this.#progress = options.isQuiet ? undefined : startProgress(io, { label, total: 100, unit: '' })
  }

  update(state: SynthState): void {
    if (this.#progress === undefined) return
    const seconds = Math.max(0.001, (performance.now() - this.#startedMs) / 1000)
    const share = Math.max(state.timeShare, shareDone(state, this.#options))
    this.#progress.update(100 * share, `${describeState(state, this.#planned)}, ${describeRate(state, seconds)}`)
  }

  [Symbol.dispose](): void {
    this.#progress?.[Symbol.dispose]()
  }
}

/**
 * How much of the searches of this run is done, those under way as far as their tightest limit tells.
 * @returns 0 to 1
 */
export function shareDone({ standings, open, expected }: SynthState, { search }: SynthRunOptions): number {
  const { budgetMs = Infinity, generations = Infinity, candidates = Infinity } = search
  const under = open.reduce((total, { progress }) => {
    if (progress === undefined) return total
    const { elapsedMs, generation, funnel } = progress
    const shares = [elapsedMs / budgetMs, generation / generations, funnel.sampled / candidates]
    return total + Math.min(1, Math.max(...shares.filter((share) => !Number.isNaN(share)))) // 0 of 0 generations
  }, 0)
  return Math.min(1, (standings.ended + standings.failed + under) / Math.max(1, expected))
}

/**
 * How near the targets are, in words.
 * @param planned - targets in all
 */
export function describeState({ standings, open }: SynthState, planned: number): string {
  const best = open.reduce((most, { progress }) => Math.max(most, progress?.proximity ?? 0), 0)
  if (planned === 1) return `best ${best.toFixed(1)} %, generation ${open.at(0)?.progress?.generation ?? 0}`
  const nearest = standings.nearest.map(proximityOf)
  const mean = nearest.reduce((total, value) => total + value, 0) / Math.max(1, nearest.length)
  const exact = nearest.filter((value) => value === 100).length
  const names = open.map(
    ({ planned: { target }, progress }) => `${target.name} ${(progress?.proximity ?? 0).toFixed(0)} %`,
  )
  return `${nearest.length}/${planned} targets, ${exact} exact, mean ${mean.toFixed(1)} %; ${names.join(', ')}`
}

function describeRate({ standings, open }: SynthState, seconds: number): string {
  const sum = (stage: keyof Funnel): number =>
    open.reduce((total, { progress }) => total + (progress?.funnel[stage] ?? 0), standings.reached(stage))
  const share = (stage: keyof Funnel): string => `${Math.round((100 * sum(stage)) / Math.max(1, sum('sampled')))} %`
  const stages = (['parsed', 'novel', 'compiled'] as const).map((stage) => `${share(stage)} ${stage}`)
  return `${sum('sampled')} sampled, ${Math.round(sum('sampled') / seconds)}/s, ${stages.join(', ')}`
}
