// The course of one run: what was handed over when. Every group reports to one of these, so that all are timed and
// counted by the same code. What comes after the budget is spent does not count.

import type { RunStep } from '../records.ts'

/** A kernel that a group hands over, measured in the run's space. */
export interface Offer {
  /** Content key of the normal form, or `vectors:` and a hash where there is no text. */
  readonly key: string
  /** Normal form; null where only the vector is known. */
  readonly text: string | null
  /** `[feature]` */
  readonly values: Float64Array
  readonly distance: number
  readonly isForeign: boolean
}

/** An offer with its place in the run. */
export interface TimedOffer extends Offer {
  readonly ms: number
  readonly generation: number
  readonly evaluated: number
}

/** Candidates by stage: see `EvaluationRun`. */
export interface CourseCounts {
  readonly evaluated: number
  readonly parsed: number | null
  readonly unique: number | null
  readonly checked: number | null
  readonly compiled: number
}

/** Is an offer what it says? Asked where a run would end at it. */
export type Acceptance = (offer: Offer) => Promise<boolean>

/** What was under way when the time ran out counts if it comes within this share of the budget. */
const graceShare = 0.01
const leastGraceMs = 100

export class Course {
  readonly #sinceStart: () => number
  readonly #latestMs: number
  readonly #poolSize: number
  readonly #accepts: Acceptance
  readonly #pool = new Map<string, TimedOffer>()
  readonly #improvements: TimedOffer[] = []
  readonly #judged = new Set<string>()
  readonly #refused = new Set<string>()
  #counts: CourseCounts = { evaluated: 0, parsed: 0, unique: 0, checked: 0, compiled: 0 }
  #nearest = Number.POSITIVE_INFINITY
  #isMatched = false

  /**
   * @param sinceStart - ms since the run began, start-up included
   * @param poolSize - offers kept, nearest first
   */
  constructor(sinceStart: () => number, budgetMs: number, poolSize: number, accepts: Acceptance) {
    this.#sinceStart = sinceStart
    this.#latestMs = budgetMs + Math.max(leastGraceMs, graceShare * budgetMs)
    this.#poolSize = poolSize
    this.#accepts = accepts
  }

  /** Count candidates on top of those counted before. A null makes the stage unknown for good. */
  add(more: Partial<CourseCounts>): void {
    const sum = (key: 'parsed' | 'unique' | 'checked'): number | null => {
      const [before, extra = 0] = [this.#counts[key], more[key]]
      return before === null || extra === null ? null : before + extra
    }
    this.#replace({
      evaluated: this.#counts.evaluated + (more.evaluated ?? 0),
      ...{ parsed: sum('parsed'), unique: sum('unique'), checked: sum('checked') },
      compiled: this.#counts.compiled + (more.compiled ?? 0),
    })
  }

  /** Set all counts, where the group keeps them itself. */
  set(counts: CourseCounts): void {
    this.#replace(counts)
  }

  /** Hand over a kernel; the first of a normal form counts. */
  offer(offer: Offer, generation = 0): void {
    const ms = this.#sinceStart()
    if (ms > this.#latestMs || this.#pool.has(offer.key) || this.#refused.has(offer.key)) return
    if (this.#pool.size >= this.#poolSize && offer.distance >= this.farthest) return
    const timed = { ...offer, ms: Math.round(ms), generation, evaluated: this.#counts.evaluated }
    this.#pool.set(offer.key, timed)
    if (offer.distance < this.#nearest) {
      this.#nearest = offer.distance
      this.#improvements.push(timed)
    }
    this.#trim()
  }

  /** Distance at which a kernel is no longer worth handing over: that of the last of a full pool. */
  get farthest(): number {
    if (this.#pool.size < this.#poolSize) return Number.POSITIVE_INFINITY
    return Math.max(...[...this.#pool.values()].map(({ distance }) => distance))
  }

  /** Does a kernel that was handed over sit at the target, and is it accepted? */
  async isMatched(): Promise<boolean> {
    for (const offer of this.ranked) {
      if (this.#isMatched || offer.distance > 0) break
      if (!this.#judged.has(offer.key)) this.#isMatched = await this.accepts(offer)
    }
    return this.#isMatched
  }

  /** Is an offer what it says? What was refused leaves the pool. */
  async accepts(offer: Offer): Promise<boolean> {
    this.#judged.add(offer.key)
    const isAccepted = await this.#accepts(offer)
    if (!isAccepted) this.#refuse(offer)
    return isAccepted
  }

  get counts(): CourseCounts {
    return this.#counts
  }

  /** Nearest first, of equal ones the earlier. */
  get ranked(): readonly TimedOffer[] {
    return [...this.#pool.values()].sort((a, b) => a.distance - b.distance || a.ms - b.ms)
  }

  /** Those that were nearer than all before, in order. */
  get improvements(): readonly TimedOffer[] {
    return this.#improvements
  }

  /** Late counts are left out like late kernels. */
  #replace(counts: CourseCounts): void {
    if (this.#sinceStart() <= this.#latestMs) this.#counts = counts
  }

  #refuse({ key }: Offer): void {
    this.#pool.delete(key)
    this.#refused.add(key)
    const left = this.#improvements.filter((offer) => offer.key !== key)
    this.#improvements.splice(0, this.#improvements.length, ...left)
    this.#nearest = left.at(-1)?.distance ?? Number.POSITIVE_INFINITY
  }

  #trim(): void {
    if (this.#pool.size <= this.#poolSize) return
    const last = this.ranked.at(-1)
    if (last !== undefined) this.#pool.delete(last.key)
  }
}

/** The trace of a run: those of its kernels that were nearer than all before them, in the order in which they came. */
export function stepsOf(offers: readonly TimedOffer[]): RunStep[] {
  const steps: RunStep[] = []
  for (const { ms, generation, evaluated, distance } of offers.toSorted((a, b) => a.ms - b.ms)) {
    if (distance < (steps.at(-1)?.distance ?? Number.POSITIVE_INFINITY)) {
      steps.push({ ms, generation, evaluated, distance })
    }
  }
  return steps
}
