// The searches of a command, round by round: which come in a later round depends on what the earlier ones found.

import type { Job } from '../../synth/index.ts'
import type { SynthRunOptions } from './options.ts'
import { jobOf, type PlannedTarget } from './plan.ts'
import type { Recorder } from './recorder.ts'

/** The searches of all rounds, for one reader of events. */
export class JobSequence {
  readonly #planned: readonly PlannedTarget[]
  readonly #options: SynthRunOptions
  readonly #recorder: Recorder
  readonly #onSkip: (job: Job, planned: PlannedTarget) => void
  readonly #open = new Map<Job, PlannedTarget>()
  #wake: () => void = () => {}
  #begun = 0
  #expected: number

  /** @param onSkip - told of searches that were done before */
  constructor(
    planned: readonly PlannedTarget[],
    options: SynthRunOptions,
    recorder: Recorder,
    onSkip: (job: Job, planned: PlannedTarget) => void = () => {},
  ) {
    this.#planned = planned
    this.#options = options
    this.#recorder = recorder
    this.#onSkip = onSkip
    this.#expected = planned.length * options.rounds
  }

  /** Searches that there are to be in this run, those begun included, if all rounds to come are like the present one. */
  get expected(): number {
    return this.#expected
  }

  /**
   * Round by round, those done before left out. After the first round only targets that were not matched yet, as long
   * as there are some. Where counts alone limit the searches, a round begins when the last has ended, so that the same
   * searches are done on any day and with any number of workers. Where the clock limits them no worker waits.
   */
  async *jobs(): AsyncGenerator<Job, void> {
    const { rounds, totalMs, search, isAgain } = this.#options
    const waits = search.budgetMs === undefined && totalMs === Infinity
    for (let round = 0; round < rounds; round++) {
      if (waits) await this.#settled()
      const missed = this.#planned.filter((planned) => !this.#isMatched(planned))
      const wanted = round === 0 || missed.length === 0 ? this.#planned : missed
      for (const [i, planned] of wanted.entries()) {
        const job = jobOf(planned, this.#options, round)
        const isSkipped = !isAgain && this.#recorder.isDone(job)
        const later = rounds === Infinity ? Infinity : (rounds - round - 1) * wanted.length
        this.#expected = this.#begun + Number(!isSkipped) + (wanted.length - i - 1) + later
        if (isSkipped) {
          this.#onSkip(job, planned)
          continue
        }
        this.#begun++
        this.#open.set(job, planned)
        yield job
      }
    }
  }

  /** The target of a search under way. */
  targetOf(job: Job): PlannedTarget {
    const planned = this.#open.get(job)
    if (planned === undefined) throw new Error(`no search for ${job.target.name} is under way`)
    return planned
  }

  /** What the search found is in the store. */
  settle(job: Job): void {
    this.#open.delete(job)
    this.#wake()
  }

  async #settled(): Promise<void> {
    while (this.#open.size > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #isMatched(planned: PlannedTarget): boolean {
    return this.#recorder.proximityOf(jobOf(planned, this.#options, 0)) === 100
  }
}
