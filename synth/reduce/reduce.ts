// Shrinks a unit while a property stays: hierarchical delta debugging (Misherghi & Su, ICSE 2006) with candidates that
// the grammar allows, as Perses makes them (Sun et al., ICSE 2018). The result is 1-minimal: no single reduction of any
// kind is left that keeps the property. The same text and options give the same result.

import { contentKey, lex, parseUnit, sourceLimits } from '../../kernels/index.ts'
import { readKernel } from '../edits/index.ts'
import { type Form, printedUnit, trimmedUnit } from './forms.ts'
import { reductionKinds } from './kinds/registry.ts'
import { applyReductions, isSmaller, type Reduction, type ReductionKind, type Size, sizeOf } from './reduction.ts'
import { sweep } from './sweep.ts'

/** Which of the texts have the property? In their order. The same text must get the same answer. */
export type Property = (texts: readonly string[]) => Promise<readonly boolean[]>

export interface ReduceOptions {
  /** How candidates are written: the first in which the text has its property. Default printed, else as it stands. */
  readonly forms?: readonly Form[]
  /** Default all. */
  readonly kinds?: readonly ReductionKind[]
  /** Texts handed to the property at a time, at most. Default 96. */
  readonly batch?: number
  /** Give up after so many tests. Default none. */
  readonly maxTests?: number
  /** Ends the sequence; what it gave last stands. */
  readonly signal?: AbortSignal
}

/** How far a reduction is. */
export interface Reduced {
  /** The smallest text found so far that has the property. */
  readonly text: string
  readonly tokens: number
  /** Texts that the property was asked about. */
  readonly tests: number
  /** Nothing is left to try: this is the result. */
  readonly isMinimal: boolean
}

const defaultBatch = 96

/**
 * @param text - preprocessed OpenCL C; it need not parse
 * @returns states after each batch of tests; the last is the result
 * @throws {RangeError} where the text does not have the property, or nests too deep
 */
export async function* reduce(
  text: string,
  property: Property,
  options: ReduceOptions = {},
): AsyncGenerator<Reduced, void> {
  const { kinds = reductionKinds, batch = defaultBatch, signal } = options
  const { depth } = parseUnit(text)
  if (depth > sourceLimits.syntaxDepth) {
    throw new RangeError(`text: expected syntax at most ${sourceLimits.syntaxDepth} deep, received ${depth}`)
  }
  const trials = await startTrials(text, property, options)
  for (let base = ''; base !== trials.best; ) {
    yield trials.state(false)
    base = trials.best
    const search = sweep(findReductions(base, kinds), batch)
    for (let step = search.next(); !step.done; ) {
      const candidates = step.value.map((reductions) => applyReductions(base, reductions))
      const answers = await trials.test(candidates)
      yield trials.state(false)
      if (answers === undefined || signal?.aborted) return
      step = search.next(answers)
    }
  }
  yield trials.state(true)
}

function findReductions(text: string, kinds: readonly ReductionKind[]): Reduction[] {
  const unit = parseUnit(text)
  const kernel = readKernel(text)
  return kinds.flatMap((kind) => kind.find(unit, kernel))
}

async function startTrials(
  text: string,
  property: Property,
  { forms = [printedUnit, trimmedUnit], maxTests = Number.POSITIVE_INFINITY, signal }: ReduceOptions,
): Promise<Trials> {
  for (const form of forms) {
    const start = form(text)
    const [isInteresting] = start === undefined ? [false] : await property([start])
    if (start !== undefined && isInteresting) return new Trials(start, form, property, maxTests, signal)
  }
  throw new RangeError('text: expected one that has the property')
}

/** Tests candidates, each text once, and keeps the best. */
class Trials {
  #best: string
  #size: Size
  #tests = 0
  readonly #form: Form
  readonly #property: Property
  readonly #maxTests: number
  readonly #signal: AbortSignal | undefined
  readonly #known = new Map<string, boolean>()

  constructor(start: string, form: Form, property: Property, maxTests: number, signal: AbortSignal | undefined) {
    this.#best = start
    this.#size = sizeOf(start)
    this.#form = form
    this.#property = property
    this.#maxTests = maxTests
    this.#signal = signal
  }

  get best(): string {
    return this.#best
  }

  state(isMinimal: boolean): Reduced {
    return { text: this.#best, tokens: this.#size.tokens, tests: this.#tests, isMinimal }
  }

  /** Which are smaller than the best was before, and interesting? Undefined where the tests are used up, or at a stop. */
  async test(candidates: readonly string[]): Promise<boolean[] | undefined> {
    const forms = candidates.map((candidate) => this.#smaller(candidate))
    const fresh = new Map<string, string>()
    for (const form of forms) if (form !== undefined && !this.#known.has(keyOf(form))) fresh.set(keyOf(form), form)
    const asked = [...fresh].slice(0, this.#maxTests - this.#tests)
    try {
      if (asked.length > 0) await this.#ask(asked)
    } catch (error) {
      if (this.#signal?.aborted) return undefined
      throw error
    }
    if (asked.length < fresh.size) return undefined
    return forms.map((form) => form !== undefined && this.#known.get(keyOf(form)) === true)
  }

  #smaller(candidate: string): string | undefined {
    const form = this.#form(candidate)
    return form !== undefined && isSmaller(sizeOf(form), this.#size) ? form : undefined
  }

  async #ask(asked: readonly (readonly [key: string, form: string])[]): Promise<void> {
    const answers = await this.#property(asked.map(([, form]) => form))
    this.#tests += asked.length
    for (const [i, [key, form]] of asked.entries()) {
      this.#known.set(key, answers[i])
      const size = sizeOf(form)
      if (!answers[i] || !isSmaller(size, this.#size)) continue
      this.#best = form
      this.#size = size
    }
  }
}

function keyOf(text: string): string {
  return contentKey(lex(text).map((token) => token.text))
}
