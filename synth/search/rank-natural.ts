// Of kernels that are equally near, the ones that the model finds likeliest first: what people would rather have written.

import type { InfillOptions } from '../infill.ts'
import type { Infiller } from '../infill-process.ts'
import type { ModelInfo } from '../model-info.ts'
import { special, type Tokenizer } from '../tokenizer.ts'
import type { Candidate } from './candidate.ts'

/** Kernels that are compared at most. */
const most = 16

/**
 * Order candidates of equal distance by likelihood; what the model cannot read comes after the others, as it came.
 * @param candidates - nearest first
 * @param count - so many are to be in order; equal ones beyond are considered as far as there are not too many
 */
export async function rankNatural(
  candidates: readonly Candidate[],
  count: number,
  model: ModelInfo,
  infiller: Infiller,
): Promise<Candidate[]> {
  const last = candidates[Math.min(count, candidates.length) - 1]
  const close = candidates.filter(({ distance }) => last !== undefined && distance <= last.distance).slice(0, most)
  const scores = await likelihoods(close, model, infiller)
  const scoreOf = (candidate: Candidate): number => scores.get(candidate) ?? Number.NEGATIVE_INFINITY
  const ranked = [...close].sort((a, b) => {
    const [scoreA, scoreB] = [scoreOf(a), scoreOf(b)]
    return a.distance - b.distance || (scoreA === scoreB ? 0 : scoreB - scoreA)
  })
  return [...ranked, ...candidates.slice(close.length)]
}

/** Mean natural-log probability per token id, written from the kernel's name on, undirected. */
async function likelihoods(
  candidates: readonly Candidate[],
  { tokenizer, card }: ModelInfo,
  infiller: Infiller,
): Promise<Map<Candidate, number>> {
  const readable = candidates.flatMap((candidate) => {
    const parts = openKernel(candidate.tokens, tokenizer)
    const fits = parts !== undefined && parts.left.length + parts.ids.length + 2 <= card.config.maxRow
    return fits ? [{ candidate, ...parts }] : []
  })
  if (readable.length === 0) return new Map()
  const contexts = readable.map(({ left }) => {
    return { ids: [...left, special.HOLE], prefix: { ids: [], buckets: [] }, kind: 'scratch' as const }
  })
  const options: InfillOptions = {
    ...{ samples: 1, temperature: 1, topP: 1 },
    maxTokens: readable.map(({ ids }) => ids.length),
    starts: readable.map(({ ids }) => [ids]),
  }
  const infills = await infiller.infill(contexts, options, 0)
  return new Map(infills.map(({ hole, meanLogProbability }) => [readable[hole].candidate, meanLogProbability]))
}

function openKernel(
  tokens: readonly string[],
  tokenizer: Tokenizer,
): { readonly left: readonly number[]; readonly ids: readonly number[] } | undefined {
  const kernelAt = tokens.indexOf('kernel')
  const nameAt = tokens.findIndex((token, i) => i > kernelAt && /^f\d+$/.test(token))
  const encoded = tokenizer.encode(tokens)
  if (kernelAt < 0 || nameAt < 0 || encoded === undefined) return undefined
  const start = encoded.starts[nameAt]
  return { left: encoded.ids.slice(0, start), ids: encoded.ids.slice(start) }
}
