// Which kernels of the beam to open, where, and how to ask: parents by rank, holes by kind, directed or not. Kinds
// that lately led into the beam are tried more often.

import type { Ancestor, LineageStep } from '../../corpora/index.ts'
import { emptyPrefix, type FeaturePrefix } from '../feature-prefix.ts'
import { findHoles, type HoleKind, type HoleSpan } from '../holes.ts'
import type { Context } from '../model.ts'
import type { Random } from '../random.ts'
import { special, type Tokenizer } from '../tokenizer.ts'
import type { Candidate } from './candidate.ts'

/** One opened kernel. */
export interface Proposal {
  readonly left: readonly string[]
  readonly right: readonly string[]
  readonly context: Context
  /** Token ids that the infill may have. */
  readonly maxTokens: number
  readonly generation: number
  readonly ancestry: readonly LineageStep[]
  readonly ancestors: readonly Ancestor[]
  readonly step: LineageStep
  readonly hole: HoleKind
  readonly temperature: number
}

export interface ProposalRequest {
  readonly tokenizer: Tokenizer
  readonly prefix: FeaturePrefix
  /** Token ids that prefix, context and infill may have together. */
  readonly maxRow: number
  /** Share of directed proposals. */
  readonly directed: number
  readonly generation: number
  /** How far the kernel would be without the tokens from `start` to `end`; undefined where holes are drawn alike. */
  readonly effortWithout?: (parent: Candidate, start: number, end: number) => number
}

const kinds: readonly HoleKind[] = ['expression', 'statement', 'statements', 'loop-body', 'parameters', 'body']
const temperatures = [0.7, 0.9, 1.1]
const longestScratch = 320
const longestInfill = 160
/** Holes of a kind that are looked at before one is taken. */
const glances = 3

/** Successes and cost per hole kind, slowly forgotten. */
export class HoleTally {
  readonly #successes = new Map<HoleKind, number>()
  readonly #costs = new Map<HoleKind, number>()

  /**
   * @param successes - infills of the hole that entered the beam
   * @param tokens - written for it
   */
  record(kind: HoleKind, successes: number, tokens: number): void {
    for (const tally of [this.#successes, this.#costs]) for (const [key, count] of tally) tally.set(key, count * 0.995)
    this.#costs.set(kind, (this.#costs.get(kind) ?? 0) + tokens)
    this.#successes.set(kind, (this.#successes.get(kind) ?? 0) + successes)
  }

  /** Weight of a kind: successes per token written, smoothed so that none dies out. */
  weight(kind: HoleKind): number {
    return ((this.#successes.get(kind) ?? 0) + 1) / ((this.#costs.get(kind) ?? 0) + 1000)
  }
}

/** Open the empty kernel: `kernel void [HOLE]`. */
export function proposeScratch(request: ProposalRequest, rng: Random): Proposal {
  const left = ['kernel', 'void']
  const ids = [...encode(request.tokenizer, left), special.HOLE]
  return build(request, rng, {
    left,
    right: [],
    ids,
    parent: null,
    ancestry: [],
    ancestors: [],
    hole: 'scratch',
    span: [2, 2],
    size: longestScratch,
  })
}

/** Open a kernel of the beam; undefined where it has no hole that fits the model. */
export function proposeInfill(
  request: ProposalRequest,
  parent: Candidate,
  tally: HoleTally,
  rng: Random,
): Proposal | undefined {
  const { tokenizer, maxRow, prefix } = request
  const encoded = tokenizer.encode(parent.tokens)
  if (encoded === undefined) return undefined
  const hole = chooseHole(request, parent, tally, rng)
  if (hole === undefined) return undefined
  const { ids, starts } = encoded
  const [start, end] = [starts[hole.start], starts[hole.end]]
  const context = [...ids.slice(0, start), special.HOLE, ...ids.slice(end)]
  const size = Math.min(longestInfill, 20 + Math.ceil(1.25 * (end - start)))
  if (context.length + prefix.ids.length + size > maxRow) return undefined
  return build(request, rng, {
    ...{ left: parent.tokens.slice(0, hole.start), right: parent.tokens.slice(hole.end), ids: context, size },
    ancestors: [...parent.ancestors, { key: parent.key, text: parent.text }],
    ...{ parent: parent.key, ancestry: parent.lineage, hole: hole.kind, span: [hole.start, hole.end] },
  })
}

/**
 * Opened is what the kernel is better off without: code that owns what it has too much of, or as little as may be where
 * something is missing.
 */
function chooseHole(
  { effortWithout }: ProposalRequest,
  parent: Candidate,
  tally: HoleTally,
  rng: Random,
): HoleSpan | undefined {
  const holes = findHoles(parent.text)
  const present = kinds.filter((kind) => holes.some((hole) => hole.kind === kind))
  if (present.length === 0) return undefined
  const kind = present[rng.weighted(present.map((candidate) => tally.weight(candidate)))]
  const ofKind = holes.filter((hole) => hole.kind === kind)
  if (effortWithout === undefined) return rng.pick(ofKind)
  const seen = Array.from({ length: glances }, () => rng.pick(ofKind))
  const efforts = seen.map(({ start, end }) => effortWithout(parent, start, end))
  return seen[efforts.indexOf(Math.min(...efforts))]
}

/** Rank-weighted draw: the k-th best has weight 1 / (k + 3). */
export function chooseParent(beam: readonly Candidate[], rng: Random): Candidate {
  return beam[rng.weighted(beam.map((_, rank) => 1 / (rank + 3)))]
}

interface Opening {
  readonly left: readonly string[]
  readonly right: readonly string[]
  readonly ids: readonly number[]
  readonly size: number
  readonly parent: string | null
  readonly ancestry: readonly LineageStep[]
  readonly ancestors: readonly Ancestor[]
  readonly hole: HoleKind
  readonly span: readonly [number, number]
}

function build(request: ProposalRequest, rng: Random, opening: Opening): Proposal {
  const { left, right, ids, parent, ancestry, ancestors, hole, span, size } = opening
  const isDirected = rng.next() < request.directed && request.prefix.ids.length > 0
  const temperature = rng.pick(temperatures)
  const prefix = isDirected ? request.prefix : emptyPrefix
  const proposal = `${isDirected ? 'directed' : 'undirected'} infill, temperature ${temperature}`
  return {
    ...{ left, right, context: { ids, prefix, kind: hole }, maxTokens: size, generation: request.generation, ancestry },
    ...{ hole, temperature, ancestors },
    step: { generation: request.generation, parent, holeKind: hole, holeSpan: span, proposal },
  }
}

function encode(tokenizer: Tokenizer, texts: readonly string[]): readonly number[] {
  return tokenizer.encode(texts)?.ids ?? []
}
