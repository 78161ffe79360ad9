// The holes on which bits per token are measured: at most one of a kind in each validation kernel, as the trainer's
// validation.py takes them. They are found over lexical tokens, so that models with other vocabularies get the same ones;
// kernels too long for a model give it none.

import { grewe } from '../../../features/index.ts'
import {
  emptyPrefix,
  type FeaturePrefix,
  featurePrefix,
  type GivenInfill,
  type HoleKind,
  type Model,
  Random,
  special,
  type Tokenizer,
  type TrainingLine,
} from '../../../synth/index.ts'

/** What was taken out: part of the syntax, or any run of tokens. */
export type ScoredKind = HoleKind | 'random'

/** In the order of the report. */
export const scoredKinds: readonly ScoredKind[] = [
  ...(['expression', 'statement', 'statements', 'loop-body', 'parameters', 'body', 'scratch', 'random'] as const),
]

/** A hole with the truth. */
export interface PlannedHole {
  readonly kind: ScoredKind
  /** Undirected. */
  readonly infill: GivenInfill
  /** What to show to direct it: all Grewe features of the kernel. */
  readonly features: FeaturePrefix
  /** Lexical tokens taken out, and the end. */
  readonly tokenCount: number
}

/** Longest share of a kernel that a random hole takes. */
const longestRandomHole = 0.9
/** Ids of a row that are neither of the kernel nor of the prefix: HOLE and START. */
const rowMarks = 2

/** @param tokenizer - of the kernels' ids; the model may have another vocabulary */
export function planHoles(
  model: Model,
  tokenizer: Tokenizer,
  kernels: readonly TrainingLine[],
  options: { readonly holesPerKind: number; readonly seed: number },
): PlannedHole[] {
  const rng = new Random(options.seed)
  const left = new Map(scoredKinds.map((kind) => [kind, options.holesPerKind]))
  const plans: PlannedHole[] = []
  for (const kernel of shuffle(kernels, rng)) {
    const own = rng.fork() // so that a kernel too long for one model leaves the others' holes as they are
    const texts = tokenizer.decode(kernel.tokens)
    const encoded = model.tokenizer.encode(texts)
    const { maxRow } = model.card.config
    if (encoded === undefined || encoded.ids.length + grewe.names.length + rowMarks > maxRow) continue
    const features = prefixOf(kernel, model)
    for (const { kind, start, end } of drawSpans(kernel, texts, tokenizer, own)) {
      const remaining = left.get(kind) ?? 0
      if (remaining === 0) continue
      left.set(kind, remaining - 1)
      const [first, last] = [encoded.starts[start], encoded.starts[end]]
      const context = [...encoded.ids.slice(0, first), special.HOLE, ...encoded.ids.slice(last)]
      const kindOf = kind === 'random' ? undefined : kind
      const infill = {
        context: { ids: context, prefix: emptyPrefix, kind: kindOf },
        ids: encoded.ids.slice(first, last),
      }
      plans.push({ kind, infill, features, tokenCount: end - start + 1 })
    }
  }
  return plans
}

function prefixOf({ features }: TrainingLine, model: Model): FeaturePrefix {
  const values = features[grewe.id]
  return values === undefined ? emptyPrefix : featurePrefix(model.card.featureOffsets, grewe, Float64Array.from(values))
}

interface ScoredSpan {
  readonly kind: ScoredKind
  readonly start: number
  readonly end: number
}

/** One span of each kind that the kernel has, over its lexical tokens. */
function drawSpans({ spans }: TrainingLine, texts: readonly string[], tokenizer: Tokenizer, rng: Random): ScoredSpan[] {
  const places = new Map(tokenizer.encode(texts)?.starts.map((id, token) => [id, token]))
  return scoredKinds.flatMap((kind): ScoredSpan[] => {
    if (kind === 'random') {
      const length = rng.below(Math.floor(longestRandomHole * texts.length) + 1)
      const start = rng.below(texts.length - length + 1)
      return [{ kind, start, end: start + length }]
    }
    const own = spans.filter((span) => span[2] === kind)
    if (own.length === 0) return []
    const [first, last] = rng.pick(own)
    const [start, end] = [places.get(first), places.get(last)]
    return start === undefined || end === undefined ? [] : [{ kind, start, end }]
  })
}

function shuffle<T>(items: readonly T[], rng: Random): T[] {
  return items
    .map((item) => ({ item, key: rng.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
