// From infills to measured candidates, cheapest check first: complete, parsed, new, near enough, compiled.

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
import type { Proposal } from './propose.ts'
import type { TargetMeter } from './target.ts'

/** A candidate before it has an id. */
export type Measured = Omit<Candidate, 'id'>

interface Draft {
  readonly proposal: Proposal
  readonly infill: Infill
  readonly form: NormalForm
}

/**
 * Normal forms of the infilled kernels that parse and were not seen before; adds them to `seen`.
 * Synchronous, so that the caller may start the next decoding before it awaits `measureDrafts`.
 */
export function draftCandidates(
  proposals: readonly Proposal[],
  infills: readonly Infill[],
  tokenizer: Tokenizer,
  seen: Set<string>,
  funnel: Funnel,
): Draft[] {
  const drafts: Draft[] = []
  for (const filled of infills) {
    funnel.sampled++
    if (!filled.isComplete) continue
    funnel.complete++
    const proposal = proposals[filled.hole]
    const form = normalise([...proposal.left, ...tokenizer.decode(filled.ids), ...proposal.right])
    if (form === undefined) continue
    funnel.parsed++
    if (seen.has(form.key)) continue
    seen.add(form.key)
    funnel.novel++
    drafts.push({ proposal, infill: filled, form })
  }
  return drafts
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

function measuredFrom(draft: Draft, features: Float64Array, meter: TargetMeter): Measured {
  const { proposal, infill, form } = draft
  return {
    ...{ key: form.key, text: form.text, tokens: form.tokens, features },
    distance: meter.distance(features),
    generation: proposal.generation,
    meanLogProbability: infill.meanLogProbability,
    lineage: [...proposal.ancestry, proposal.step],
  }
}
