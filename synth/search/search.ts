// Steered search: a beam over infills. Each generation opens kernels of the beam and infills them while the
// generation before is being compiled, so that network and compiler work at the same time; what one generation
// learns reaches the next but one. The sequence of generations depends on the seed alone; a time budget only decides
// where it ends.

import { featurePrefix } from '../feature-prefix.ts'
import { type Infill, infill } from '../infill.ts'
import type { Model } from '../model.ts'
import { Random } from '../random.ts'
import { selectBeam } from './beam.ts'
import { type Candidate, emptyFunnel, type Funnel } from './candidate.ts'
import { Drafter, type Measured, measureDrafts } from './evaluate.ts'
import { type ResolvedSearchOptions, resolveSearchOptions, type SearchOptions } from './options.ts'
import {
  chooseParent,
  HoleTally,
  type Proposal,
  type ProposalRequest,
  proposeInfill,
  proposeRemoval,
  proposeScratch,
  type Removal,
} from './propose.ts'
import { nearestSeeds } from './seeds.ts'
import { type Target, TargetMeter } from './target.ts'

/** State after each generation. */
export interface SearchProgress {
  readonly generation: number
  readonly best: Candidate | undefined
  /** Relative proximity of the best, 0 to 100. */
  readonly proximity: number
  readonly beam: readonly Candidate[]
  readonly funnel: Readonly<Funnel>
  readonly elapsedMs: number
}

const removalsPerGeneration = 8

interface Pending {
  readonly proposals: readonly Proposal[]
  /** Token ids written for each proposal. */
  readonly costs: readonly number[]
  readonly measuring: Promise<Measured[]>
}

/**
 * Search for kernels at `target`. Yields after every generation; the last value holds the result. Ends at an exact
 * match, when a budget is spent, or when `options.signal` aborts (without throwing: what was found stays valid).
 * @throws {RangeError} for options out of range
 */
export async function* search(
  model: Model,
  target: Target,
  options: SearchOptions = {},
): AsyncGenerator<SearchProgress, void> {
  const startedAt = performance.now()
  const run = new SearchRun(model, target, resolveSearchOptions(options))
  if (run.options.seeds) await run.addSeeds()
  const report = (): SearchProgress => run.report(performance.now() - startedAt)
  yield report()
  while (!run.isDone(performance.now() - startedAt)) {
    try {
      await run.advance()
    } catch (error) {
      if (!run.options.signal?.aborted) throw error
    }
    yield report()
  }
  await run.settle()
  yield report()
}

class SearchRun {
  readonly options: ResolvedSearchOptions
  readonly #model: Model
  readonly #meter: TargetMeter
  readonly #rng: Random
  readonly #request: Omit<ProposalRequest, 'generation'>
  readonly #seen = new Set<string>()
  readonly #drafter: Drafter
  readonly #funnel = emptyFunnel()
  readonly #tally = new HoleTally()
  #archive: Candidate[] = []
  #beam: Candidate[] = []
  #pending: Pending | undefined
  #generation = 0
  #lastProgress = 0
  #nextId = 0

  constructor(model: Model, target: Target, options: ResolvedSearchOptions) {
    this.options = options
    this.#model = model
    this.#meter = new TargetMeter(target)
    this.#rng = new Random(options.seed)
    this.#drafter = new Drafter(model.tokenizer, this.#seen, this.#funnel)
    this.#request = {
      tokenizer: model.tokenizer,
      prefix: featurePrefix(model.card.featureOffsets, target.space.id, target.values),
      maxRow: model.card.config.maxRow,
      directed: options.directed,
      growth: (parent) => this.#meter.growth(parent.features),
    }
  }

  async addSeeds(): Promise<void> {
    this.#add(await nearestSeeds(this.#meter, this.options.width))
  }

  isDone(elapsedMs: number): boolean {
    const { budgetMs, generations, candidates, signal } = this.options
    const isExact = this.#archive[0]?.distance === 0
    const isSpent = elapsedMs >= budgetMs || this.#generation >= generations || this.#funnel.sampled >= candidates
    return isExact || isSpent || signal?.aborted === true
  }

  report(elapsedMs: number): SearchProgress {
    const best = this.#archive.at(0)
    const proximity = best === undefined ? 0 : this.#meter.proximity(best.distance)
    return {
      generation: this.#generation,
      best,
      proximity,
      beam: this.#archive,
      funnel: { ...this.#funnel },
      elapsedMs,
    }
  }

  /** One generation: decode new infills while the last generation's are measured. */
  async advance(): Promise<void> {
    const { signal } = this.options
    this.#generation++
    const proposals = this.#propose()
    const removals = this.#removals()
    const [infills] = await Promise.all([this.#infillAll(proposals), this.settle()])
    const drafts = [...this.#drafter.fromRemovals(removals), ...this.#drafter.fromInfills(proposals, infills)]
    const worst = this.#beam.length < this.options.width ? Number.POSITIVE_INFINITY : (this.#beam.at(-1)?.distance ?? 0)
    const measuring = measureDrafts(drafts, this.#meter, worst, this.#funnel, signal)
    measuring.catch(() => {}) // settled, and reported, in the next generation
    const costs = proposals.map(() => 0)
    for (const { hole, ids } of infills) costs[hole] += ids.length
    this.#pending = { proposals, costs, measuring }
  }

  /** Wait for the measurements under way and take them into the beam. */
  async settle(): Promise<void> {
    const pending = this.#pending
    this.#pending = undefined
    if (pending === undefined) return
    const measured = this.options.signal?.aborted ? [] : await pending.measuring
    const before = new Set(this.#beam)
    const added = this.#add(measured)
    const beam = new Set(this.#beam)
    const entered = added.filter((candidate) => beam.has(candidate) && !before.has(candidate))
    this.#funnel.kept += entered.length
    for (const [i, { step, hole }] of pending.proposals.entries()) {
      const successes = entered.filter(({ lineage }) => lineage.at(-1) === step).length
      if (hole !== 'scratch') this.#tally.record(hole, successes, pending.costs[i])
    }
  }

  #add(measured: readonly Measured[]): Candidate[] {
    const added = measured.map((candidate) => ({ ...candidate, id: this.#nextId++ }))
    for (const { key } of added) this.#seen.add(key)
    const best = this.#beam[0]?.distance ?? Number.POSITIVE_INFINITY
    this.#beam = selectBeam([...this.#beam, ...added], this.options.width)
    this.#archive = selectBeam([...this.#archive, ...added], this.options.width)
    if ((this.#beam[0]?.distance ?? Number.POSITIVE_INFINITY) < best) this.#lastProgress = this.#generation
    return added
  }

  #propose(): Proposal[] {
    const { holes, patience } = this.options
    if (this.#generation - this.#lastProgress > patience) this.#renew()
    const request = { ...this.#request, generation: this.#generation }
    const rng = this.#rng.fork()
    const proposals: Proposal[] = []
    for (let i = 0; i < holes; i++) {
      const isScratch = rng.next() < this.#scratchShare()
      const infilled = isScratch ? undefined : proposeInfill(request, chooseParent(this.#beam, rng), this.#tally, rng)
      proposals.push(infilled ?? proposeScratch(request, rng))
    }
    return proposals
  }

  /** Share of proposals that start from the empty kernel: all where there is nothing to build on. */
  #scratchShare(): number {
    if (this.#beam.length === 0) return 1
    return this.#generation === 1 ? 0.25 : 0.03
  }

  /** Kernels of the beam that have too much, each with something taken out. */
  #removals(): Removal[] {
    const rng = this.#rng.fork()
    const large = this.#beam.filter(({ features }) => this.#meter.growth(features) <= 0)
    if (large.length === 0) return []
    return Array.from({ length: removalsPerGeneration }, () =>
      proposeRemoval(this.#generation, chooseParent(large, rng), rng),
    ).filter((removal) => removal !== undefined)
  }

  /** Stuck: go on from every third kernel of the beam, so that others get their turn. The archive keeps the best. */
  #renew(): void {
    this.#beam = this.#beam.filter((_, rank) => rank % 3 === 2)
    this.#lastProgress = this.#generation
  }

  /** Proposals of like length are decoded together, so that short infills do not wait for long ones. */
  async #infillAll(proposals: readonly Proposal[]): Promise<Infill[]> {
    const { samples, signal } = this.options
    const groups = new Map<number, number[]>()
    proposals.forEach(({ maxTokens }, i) => {
      const group = Math.ceil(Math.log2(maxTokens) / 2)
      groups.set(group, [...(groups.get(group) ?? []), i])
    })
    const infills: Infill[] = []
    for (const indices of groups.values()) {
      const contexts = indices.map((i) => proposals[i].context)
      const temperature = indices.map((i) => proposals[i].temperature)
      const maxTokens = indices.map((i) => proposals[i].maxTokens)
      const settings = { samples, temperature, topP: 0.98, checked: true, maxTokens, signal }
      const filled = await infill(this.#model, contexts, settings, this.#rng.fork())
      infills.push(...filled.map((one) => ({ ...one, hole: indices[one.hole] })))
    }
    return infills
  }
}
