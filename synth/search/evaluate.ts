// From infills to measured candidates, cheapest check first: complete, parsed, new, near enough, compiled.

import type { Ancestor, LineageStep } from '../../corpora/index.ts'
import { measureBlocks, measureKernel, needsIr } from '../../features/index.ts'
import {
  compileAll,
  emitDefinitions,
  extractKernel,
  findKernels,
  type NormalForm,
  normaliseUnit,
  type ParsedUnit,
  parseChecked,
} from '../../kernels/index.ts'
import type { Infill } from '../infill.ts'
import type { Tokenizer } from '../tokenizer.ts'
import type { Funnel, Measured } from './candidate.ts'
import type { EditProposal } from './edits.ts'
import { hasEndlessLoop } from './endless.ts'
import { hasDeadCode, hasIdleVariable } from './natural.ts'
import { countOddities } from './oddities.ts'
import type { Proposal } from './propose.ts'
import type { RecentKeys } from './recent-keys.ts'
import type { TargetMeter } from './target.ts'

/** A new normal form, not measured yet. */
export interface Draft {
  readonly form: NormalForm
  /** What it was read from: names may differ from the form's, syntax does not. */
  readonly unit: ParsedUnit
  readonly generation: number
  readonly meanLogProbability: number
  readonly lineage: readonly LineageStep[]
  readonly ancestors: readonly Ancestor[]
  /** The edit that made it, if one did. */
  readonly edit?: EditProposal
}

/** A draft whose features are known. */
export interface Measurement {
  readonly draft: Draft
  readonly candidate: Measured
  /** Does it compile? False also for what was not worth compiling. */
  readonly compiles: boolean
}

/** Turns what was proposed into drafts; counts every loss, and lets each normal form through once. */
export class Drafter {
  readonly #tokenizer: Tokenizer
  readonly #seen: RecentKeys
  readonly #funnel: Funnel

  constructor(tokenizer: Tokenizer, seen: RecentKeys, funnel: Funnel) {
    this.#tokenizer = tokenizer
    this.#seen = seen
    this.#funnel = funnel
  }

  fromInfills(proposals: readonly Proposal[], infills: readonly Infill[]): Draft[] {
    return infills.flatMap(({ hole, ids, isComplete, meanLogProbability }) => {
      this.#funnel.sampled++
      if (!isComplete) return []
      const { left, right, generation, ancestry, ancestors, step } = proposals[hole]
      const tokens = [...left, ...this.#tokenizer.decode(ids), ...right]
      const oddBefore = countOddities([...left, ...right])
      return this.#draft(tokens, oddBefore, {
        generation,
        meanLogProbability,
        lineage: [...ancestry, step],
        ancestors,
      })
    })
  }

  /** @returns the draft, or nothing where it was lost */
  fromEdit(edit: EditProposal): Draft[] {
    this.#funnel.sampled++
    const { tokens, parent, step } = edit
    const { generation } = step
    const { meanLogProbability } = parent
    const lineage = [...parent.lineage, step]
    const ancestors = [...parent.ancestors, { key: parent.key, text: parent.text }]
    const oddBefore = countOddities(parent.tokens)
    return this.#draft(tokens, oddBefore, { generation, meanLogProbability, lineage, ancestors, edit })
  }

  /** Seed kernels put together, before the first generation. */
  fromFusions(fusions: readonly { readonly tokens: readonly string[]; readonly count: number }[]): Draft[] {
    return fusions.flatMap(({ tokens, count }) => {
      this.#funnel.sampled++
      const step = { generation: 0, parent: null, holeKind: 'none', holeSpan: [0, 0] } as const
      const lineage = [{ ...step, proposal: `${count} seeds fused` }]
      return this.#draft(tokens, Number.POSITIVE_INFINITY, {
        generation: 0,
        meanLogProbability: 0,
        lineage,
        ancestors: [],
      })
    })
  }

  /** @param oddBefore - oddities of what the draft was made from */
  #draft(tokens: readonly string[], oddBefore: number, rest: Omit<Draft, 'form' | 'unit'>): Draft[] {
    this.#funnel.complete++
    const read = readTokens(tokens)
    if (read === undefined) return []
    const { form, unit } = read
    this.#funnel.parsed++
    if (hasDeadCode(form.tokens) || hasIdleVariable(form.tokens) || hasEndlessLoop(unit)) return []
    if (countOddities(form.tokens) > oddBefore) return []
    if (this.#seen.has(form.key)) return []
    this.#seen.add(form.key)
    this.#funnel.novel++
    return [{ form, unit, ...rest }]
  }
}

/** The first kernel in the tokens with what it needs, or undefined where they do not parse. */
export function normalise(tokens: readonly string[]): NormalForm | undefined {
  return readTokens(tokens)?.form
}

function readTokens(tokens: readonly string[]): Pick<Draft, 'form' | 'unit'> | undefined {
  const parsed = parseChecked(tokens.join(' '))
  if (!parsed.ok) return undefined
  const { unit } = parsed
  const whole = isOneKernel(tokens) ? unit : readFirstKernel(unit)
  if (whole === undefined) return undefined
  const form = normaliseUnit(whole)
  return form.ok && hasBody(form.tokens) ? { form, unit: whole } : undefined
}

/** The first kernel with what it needs: mostly all there is, and then nothing is parsed again. */
function readFirstKernel(unit: ParsedUnit): ParsedUnit | undefined {
  const [kernel] = findKernels(unit)
  const extracted = kernel === undefined ? undefined : extractKernel(unit, kernel)
  if (extracted === undefined) return undefined
  if (extracted.trim() === unit.source) return unit
  const parsed = parseChecked(extracted)
  return parsed.ok ? parsed.unit : undefined
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

function hasBody(tokens: readonly string[]): boolean {
  return tokens.includes('{')
}

/**
 * Measure drafts in the target's space.
 * @param contenders - those of the measured that are worth compiling, where measuring takes no compiler
 */
export async function measureDrafts(
  drafts: readonly Draft[],
  meter: TargetMeter,
  contenders: (measured: readonly Measured[]) => ReadonlySet<Measured>,
  funnel: Funnel,
  signal: AbortSignal | undefined,
): Promise<Measurement[]> {
  const { space } = meter.target
  const measure = (draft: Draft, values: Float64Array, compiles: boolean, blocks?: Float64Array): Measurement => ({
    draft,
    candidate: measuredFrom(draft, values, blocks, meter),
    compiles,
  })
  const countsBlocks = space.input === 'ir' && space.blockCounts !== undefined
  let measured: Measurement[]
  if (needsIr(space)) {
    const outcomes = await emitDefinitions(
      drafts.map(({ form }) => form.text),
      { isStrict: true, signal },
    )
    measured = drafts.flatMap((draft, i) => {
      const outcome = outcomes[i]
      const values = outcome.ok ? measureKernel(space, draft.unit, outcome.ir) : undefined
      if (!outcome.ok || values === undefined) return []
      return [measure(draft, values, true, countsBlocks ? measureBlocks(outcome.ir) : undefined)]
    })
  } else {
    measured = drafts.flatMap((draft) => {
      const values = measureKernel(space, draft.unit, '')
      return values === undefined ? [] : [measure(draft, values, false)]
    })
    const chosen = contenders(measured.map(({ candidate }) => candidate))
    const near = measured.filter(({ candidate }) => chosen.has(candidate))
    const outcomes = await compileAll(
      near.map(({ candidate }) => candidate.text),
      { checkOnly: true, isStrict: true, signal },
    )
    const compiling = new Set(near.filter((_, i) => outcomes[i].ok))
    measured = measured.map((measurement) => ({ ...measurement, compiles: compiling.has(measurement) }))
  }
  funnel.compiled += measured.filter(({ compiles }) => compiles).length
  return measured
}

function measuredFrom(
  draft: Draft,
  features: Float64Array,
  blocks: Float64Array | undefined,
  meter: TargetMeter,
): Measured {
  const { form, generation, meanLogProbability, lineage, ancestors } = draft
  const { key, text, tokens } = form
  const distance = meter.distance(features)
  return { key, text, tokens, features, blocks, distance, generation, meanLogProbability, lineage, ancestors }
}
