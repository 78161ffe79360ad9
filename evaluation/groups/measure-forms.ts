// From normal forms to offers, for groups that make or read kernels: parsed, new, measured, compiled. The same order of
// checks as in a search, and as lazy: where features need no compiler, only what would be kept is compiled.

import { measureKernel, needsIr } from '../../features/index.ts'
import {
  type CompileOutcome,
  compileAll,
  emitDefinitions,
  type NormalForm,
  normaliseText,
  parseUnit,
} from '../../kernels/index.ts'
import { TargetMeter } from '../../synth/index.ts'
import type { Offer } from '../runner/course.ts'
import type { GroupRequest } from './group.ts'

/** One text with whose it is. */
export interface Draft {
  /** Empty for what could not be read or made: it counts, and does not parse. */
  readonly text: string
  readonly isForeign: boolean
}

/** How drafts are measured. */
export interface MeasureRequest extends Pick<GroupRequest, 'target' | 'course' | 'signal'> {
  /** Drafts that are not nearer need not be compiled. Default: as far as the course keeps kernels. */
  readonly farthest?: number
  readonly generation?: number
}

/** Measures drafts, each normal form once. */
export class FormMeter {
  readonly #request: MeasureRequest
  readonly #meter: TargetMeter
  readonly #seen = new Set<string>()

  constructor(request: MeasureRequest) {
    this.#request = request
    this.#meter = new TargetMeter(request.target)
  }

  /**
   * Count drafts, and hand those over that compile.
   * @param options - over those of the request
   * @returns the offers
   */
  async measure(
    drafts: readonly Draft[],
    options: Pick<MeasureRequest, 'farthest' | 'generation'> = {},
  ): Promise<Offer[]> {
    const { course, target, signal, farthest = course.farthest, generation = 0 } = { ...this.#request, ...options }
    const parsed = drafts.flatMap(({ text, isForeign }) => {
      const form = normaliseText(text)
      return form.ok && form.tokens.length > 0 ? [{ form, isForeign }] : []
    })
    const fresh = parsed.filter(({ form }) => !this.#seen.has(form.key) && this.#seen.add(form.key))
    course.add({ evaluated: drafts.length, parsed: parsed.length, unique: fresh.length })
    const offers = needsIr(target.space)
      ? await this.#compile(fresh, signal)
      : await this.#compileNear(fresh, farthest, signal)
    for (const offer of offers) course.offer(offer, generation)
    return offers
  }

  async #compile(fresh: readonly Fresh[], signal: AbortSignal): Promise<Offer[]> {
    const outcomes = await emitDefinitions(
      fresh.map(({ form }) => form.text),
      { signal },
    )
    const offers = fresh.flatMap((one, i) => this.#offerOf(one, outcomes[i]))
    this.#request.course.add({ checked: fresh.length, compiled: outcomes.filter(({ ok }) => ok).length })
    return offers
  }

  async #compileNear(fresh: readonly Fresh[], farthest: number, signal: AbortSignal): Promise<Offer[]> {
    const near = fresh.flatMap((one) => {
      const offer = this.#offerOf(one, { ok: true, ir: '' })
      return offer.length > 0 && offer[0].distance < farthest ? offer : []
    })
    const outcomes = await compileAll(
      near.map(({ text }) => text ?? ''),
      { checkOnly: true, signal },
    )
    const offers = near.filter((_, i) => outcomes[i].ok)
    this.#request.course.add({ checked: near.length, compiled: offers.length })
    return offers
  }

  #offerOf({ form, isForeign }: Fresh, outcome: CompileOutcome): Offer[] {
    if (!outcome.ok) return []
    const values = measureKernel(this.#meter.target.space, parseUnit(form.text), outcome.ir)
    if (values === undefined) return []
    return [{ key: form.key, text: form.text, values, distance: this.#meter.distance(values), isForeign }]
  }
}

interface Fresh {
  readonly form: NormalForm
  readonly isForeign: boolean
}

/** Run until the signal aborts: what it interrupts is no failure. */
export async function untilAborted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
