// From infills to measured candidates, cheapest check first: complete, parsed, new, near enough, compiled.

import type { LineageStep } from '../../corpora/index.ts'
import {
  compileAll,
  findKernels,
  type NormalForm,
  normaliseKernel,
  normaliseText,
  parseUnit,
} from '../../kernels/index.ts'
import type { Infill } from '../infill.ts'
import type { Tokenizer } from '../tokenizer.ts'
import type { Candidate, Funnel } from './candidate.ts'
import type { Proposal, Removal } from './propose.ts'
import type { TargetMeter } from './target.ts'

/** A candidate before it has an id. */
export type Measured = Omit<Candidate, 'id'>

/** A new normal form, not measured yet. */
export interface Draft {
  readonly form: NormalForm
  readonly generation: number
  readonly meanLogProbability: number
  readonly lineage: readonly LineageStep[]
}

/** Turns what was proposed into drafts; counts every loss, and lets each normal form through once. */
export class Drafter {
  readonly #tokenizer: Tokenizer
  readonly #seen: Set<string>
  readonly #funnel: Funnel

  constructor(tokenizer: Tokenizer, seen: Set<string>, funnel: Funnel) {
    this.#tokenizer = tokenizer
    this.#seen = seen
    this.#funnel = funnel
  }

  fromInfills(proposals: readonly Proposal[], infills: readonly Infill[]): Draft[] {
    return infills.flatMap(({ hole, ids, isComplete, meanLogProbability }) => {
      this.#funnel.sampled++
      if (!isComplete) return []
      const { left, right, generation, ancestry, step } = proposals[hole]
      const tokens = [...left, ...this.#tokenizer.decode(ids), ...right]
      return this.#draft(tokens, { generation, meanLogProbability, lineage: [...ancestry, step] })
    })
  }

  fromRemovals(removals: readonly Removal[]): Draft[] {
    return removals.flatMap(({ tokens, parent, step }) => {
      this.#funnel.sampled++
      const { generation } = step
      const { meanLogProbability } = parent
      return this.#draft(tokens, { generation, meanLogProbability, lineage: [...parent.lineage, step] })
    })
  }

  #draft(tokens: readonly string[], rest: Omit<Draft, 'form'>): Draft[] {
    this.#funnel.complete++
    const form = normalise(tokens)
    if (form === undefined) return []
    this.#funnel.parsed++
    if (this.#seen.has(form.key)) return []
    this.#seen.add(form.key)
    this.#funnel.novel++
    return [{ form, ...rest }]
  }
}

/** The first kernel in the tokens with what it needs, or undefined where they do not parse. */
export function normalise(tokens: readonly string[]): NormalForm | undefined {
  const source = tokens.join(' ')
  if (isOneKernel(tokens)) {
    const form = normaliseText(source)
    return form.ok && hasKernel(form.tokens) ? form : undefined
  }
  const unit = parseUnit(source)
  if (unit.errors.length > 0) return undefined
  const [kernel] = findKernels(unit)
  if (kernel === undefined) return undefined
  const form = normaliseKernel(unit, kernel)
  return form.ok ? form : undefined
}

/** Does the text end with the body of its first and only kernel? */
function isOneKernel(tokens: readonly string[]): boolean {
  if (tokens[0] !== 'kernel' || tokens.includes('kernel', 1)) return false
  let depth = 0
  return tokens.every((token, i) => {
    if (token === '{') depth++
    else if (token === '}') depth--
    return depth > 0 || token !== '}' || i === tokens.length - 1
  })
}

function hasKernel(tokens: readonly string[]): boolean {
  return tokens.includes('{')
}

/**
 * Measure drafts in the target's space. Syntax spaces compile only what is nearer than `worst`; a draft that is not,
 * or that does not compile, is dropped.
 */
export async function measureDrafts(
  drafts: readonly Draft[],
  meter: TargetMeter,
  worst: number,
  funnel: Funnel,
  signal: AbortSignal | undefined,
): Promise<Measured[]> {
  const { space } = meter.target
  const measured: Measured[] = []
  if (space.input === 'ir') {
    const outcomes = await compileAll(
      drafts.map(({ form }) => form.text),
      { signal },
    )
    outcomes.forEach((outcome, i) => {
      if (outcome.ok) measured.push(measuredFrom(drafts[i], space.extractModule(outcome.ir), meter))
    })
  } else {
    const near = drafts.flatMap((draft) => {
      const values = space.extractUnit(parseUnit(draft.form.text)).findLast((row) => row.isKernel)?.values
      const candidate = values && measuredFrom(draft, values, meter)
      return candidate && candidate.distance < worst ? [candidate] : []
    })
    const outcomes = await compileAll(
      near.map(({ text }) => text),
      { checkOnly: true, signal },
    )
    measured.push(...near.filter((_, i) => outcomes[i].ok))
  }
  funnel.compiled += measured.length
  return measured
}

function measuredFrom({ form, ...rest }: Draft, features: Float64Array, meter: TargetMeter): Measured {
  const { key, text, tokens } = form
  return { key, text, tokens, features, distance: meter.distance(features), ...rest }
}
