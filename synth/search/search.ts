// Steered search: a beam over infills and edits. While the network fills holes of the beam, the infills of the
// generation before are measured and rounds of edits go through the compiler, so that network and compiler work at the
// same time. The sequence depends on the seed alone; a time budget only decides where it ends.

import { setImmediate } from 'node:timers/promises'
import { needsIr } from '../../features/index.ts'
import { readKernel } from '../edits/index.ts'
import { featurePrefix } from '../feature-prefix.ts'
import type { Infill } from '../infill.ts'
import { type Infiller, InfillProcess } from '../infill-process.ts'
import type { ModelInfo } from '../model-info.ts'
import { Random } from '../random.ts'
import { mostPerPoint, selectBeam } from './beam.ts'
import { type Candidate, emptyFunnel, type Funnel, type Measured } from './candidate.ts'
import { findSums, fuseAll } from './compose.ts'
import { EditProposer } from './edits.ts'
import { type Draft, Drafter, type Measurement, measureDrafts } from './evaluate.ts'
import { type ResolvedSearchOptions, resolveSearchOptions, type SearchOptions } from './options.ts'
import { Origins } from './origins.ts'
import {
  chooseParent,
  HoleTally,
  type Proposal,
  type ProposalRequest,
  proposeInfill,
  proposeScratch,
} from './propose.ts'
import { RecentKeys } from './recent-keys.ts'
import { emptyFeatures, rankSeeds } from './seeds.ts'
import { countClasses, Surrogate } from './surrogate.ts'
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

/** Edits measured in a round: spaces that need the compiler can afford fewer, and so can large kernels. */
const editsPerRound = { compiled: 48, parsed: 160 }
/** Tokens of a kernel up to which a round has all its edits. */
const usualLength = 400
const smallestShare = 0.1
const fusedSeeds = 12
/** Share of candidates kept out of the beam (BenchPress, PACT 2022: 0.1). */
const dropoutRate = 0.1
/** Generations after which what is off weighs more. */
const pressAfter = 3
/** Generations after a new beginning in which its weights fade. */
const settling = 6
/** Times that a generation asks whether the best is accepted. */
const mostAsked = 3

/** Infills that are decoded, not measured yet. */
interface Pending {
  readonly proposals: readonly Proposal[]
  readonly infills: readonly Infill[]
}

/** Drafts that were measured, and run where that is asked for. */
interface Measuring {
  readonly measured: readonly Measurement[]
  /** Compile, and run well as far as anybody asked. */
  readonly well: readonly Measured[]
  /** Would have entered the beam, but do not run well. */
  readonly ill: readonly Measured[]
}

/**
 * Search for kernels at `target`. Yields after every generation; the last value holds the result. Ends at an exact
 * match that is accepted, when a budget is spent, or when `options.signal` aborts (without throwing: what was found
 * stays valid).
 * @throws {RangeError} for options out of range
 */
export async function* search(
  model: ModelInfo,
  target: Target,
  options: SearchOptions = {},
): AsyncGenerator<SearchProgress, void> {
  const resolved = resolveSearchOptions(options)
  const { infiller } = options
  using own = resolved.holes > 0 && infiller === undefined ? new InfillProcess(model.folder) : undefined
  const run = new SearchRun(model, infiller ?? own, target, resolved)
  const unlessDone = async (step: Promise<void>): Promise<void> => {
    try {
      await step
    } catch (error) {
      if (!run.isDone) throw error
    }
  }
  if (run.options.seeds) await unlessDone(run.addSeeds())
  yield run.report()
  while (!run.isDone) {
    await unlessDone(run.advance())
    yield run.report()
  }
}

class SearchRun {
  readonly options: ResolvedSearchOptions
  readonly #startedAt = performance.now()
  readonly #infiller: Infiller | undefined
  readonly #meter: TargetMeter
  readonly #rng: Random
  readonly #dropout: Random
  readonly #request: Omit<ProposalRequest, 'generation'>
  readonly #seen = new RecentKeys()
  readonly #drafter: Drafter
  readonly #funnel = emptyFunnel()
  readonly #tally = new HoleTally()
  readonly #surrogate: Surrogate
  #editor: EditProposer
  /** The nearest of all. */
  #archive: Candidate[] = []
  /** The nearest since the last new beginning, or of all since going back. */
  #recent: Candidate[] = []
  readonly #accepted = new WeakSet<Candidate>()
  readonly #origins = new Origins()
  /** Generation of the last renewal. */
  #renewedAt = 0
  /** Generation of the last new beginning. */
  #stirredAt = Number.NEGATIVE_INFINITY
  #isMatched = false
  #beam: Candidate[] = []
  #pending: Pending | undefined
  #generation = 0
  #lastProgress = 0
  /** Least distance since the beam was renewed. */
  #nearest = Number.POSITIVE_INFINITY
  #lastNearer = 0
  #nextId = 0

  constructor(model: ModelInfo, infiller: Infiller | undefined, target: Target, options: ResolvedSearchOptions) {
    this.options = options
    this.#infiller = infiller
    this.#meter = new TargetMeter(target)
    this.#rng = new Random(options.seed)
    this.#dropout = this.#rng.fork()
    this.#drafter = new Drafter(model.tokenizer, this.#seen, this.#funnel)
    this.#surrogate = new Surrogate(target.space.names.length)
    this.#editor = new EditProposer(this.#meter, this.#surrogate, [], options.without)
    this.#request = {
      tokenizer: model.tokenizer,
      prefix: featurePrefix(model.card.featureOffsets, target.space, this.#meter.point),
      maxRow: model.card.config.maxRow,
      directed: options.directed,
      effortWithout: options.without.has('aim')
        ? undefined
        : (parent, start, end) => this.#editor.effortWithout(parent, start, end),
    }
  }

  /** An accepted match, a spent budget, or an abort. */
  get isDone(): boolean {
    const { generations, candidates } = this.options
    const isSpent = this.#generation >= generations || this.#funnel.sampled >= candidates
    return isSpent || this.#isStopped
  }

  /** May end a generation before its time. */
  get #isStopped(): boolean {
    const { budgetMs, signal } = this.options
    return this.#isMatched || performance.now() - this.#startedAt >= budgetMs || signal?.aborted === true
  }

  report(): SearchProgress {
    const best = this.#archive.at(0)
    return {
      generation: this.#generation,
      best,
      proximity: best === undefined ? 0 : this.#meter.proximity(best.distance),
      beam: this.#archive,
      funnel: { ...this.#funnel },
      elapsedMs: performance.now() - this.#startedAt,
    }
  }

  /** Seed kernels are the first beam, what the surrogate learns from first, and the donors of edits. */
  async addSeeds(): Promise<void> {
    const { edits, signal } = this.options
    const seeds = await rankSeeds(this.#meter)
    this.#origins.add(this.#add(seeds))
    await this.#proveMatch()
    if (this.#isStopped) return
    const donors = seeds.map(({ text }) => readKernel(text))
    for (const [i, { features }] of seeds.entries()) {
      const energy = features.reduce((sum, value) => sum + value * value, 0)
      this.#surrogate.observe(countClasses(donors[i].classes), features, 1 + 0.05 * energy)
    }
    if (edits === 0) return
    this.#editor = new EditProposer(this.#meter, this.#surrogate, donors, this.options.without)
    const empty = await emptyFeatures(this.#meter.target.space)
    const sums = this.options.without.has('fusion')
      ? []
      : findSums(seeds, empty, this.#meter, fusedSeeds, this.#rng.fork())
    const fused = sums.map((parts) => ({
      tokens: fuseAll(parts.map((i) => donors[i])),
      count: parts.length,
    }))
    const drafts = this.#drafter.fromFusions(fused)
    const all = (measured: readonly Measured[]): ReadonlySet<Measured> => new Set(measured)
    const measured = await measureDrafts(drafts, this.#meter, all, this.#funnel, signal)
    const { well } = await this.#probe(compiling(measured))
    this.#origins.add(this.#add(well))
    await this.#proveMatch()
  }

  /** One generation: decode new infills, and meanwhile measure those of the last one and rounds of edits. */
  async advance(): Promise<void> {
    this.#generation++
    const { patience, without } = this.options
    const isStuck = this.#generation - this.#lastNearer > patience
    if (isStuck && !without.has('renewal')) this.#renew()
    else if (this.#generation - this.#lastProgress > pressAfter && !without.has('pressure')) this.#press()
    this.#settle()
    const stop = new AbortController()
    const signals = this.options.signal === undefined ? [stop.signal] : [this.options.signal, stop.signal]
    const proposals = this.#propose()
    const decoding = this.#infillAll(proposals, AbortSignal.any(signals))
    decoding.catch(() => {}) // awaited below, unless the generation ends before
    await this.#measureInfills()
    await this.#edit()
    await this.#proveBest()
    if (this.#isStopped) stop.abort()
    else this.#pending = { proposals, infills: await decoding }
  }

  async #measureInfills(): Promise<void> {
    if (this.#pending === undefined) return
    const { proposals, infills } = this.#pending
    this.#pending = undefined
    const { well } = await this.#measure(this.#drafter.fromInfills(proposals, infills))
    const entered = this.#take(well)
    await this.#proveMatch()
    for (const [i, { step, hole }] of proposals.entries()) {
      const cost = infills.reduce((sum, infill) => sum + (infill.hole === i ? infill.ids.length : 0), 0)
      const successes = entered.filter(({ lineage }) => lineage.at(-1) === step).length
      if (hole !== 'scratch' && !this.options.without.has('tally')) this.#tally.record(hole, successes, cost)
    }
  }

  /** Rounds of edits. While the compiler is at one, the next is drawn: it knows nothing of that one yet. */
  async #edit(): Promise<void> {
    const { edits } = this.options
    let drafts = edits === 0 || this.#isStopped ? [] : await this.#draftEdits()
    for (let round = 1; round <= edits && !this.#isStopped; round++) {
      const measuring = this.#measure(drafts)
      measuring.catch(() => {}) // awaited below
      const next = round === edits ? [] : await this.#draftEdits()
      await this.#learnEdits(drafts, await measuring)
      drafts = next
    }
  }

  async #draftEdits(): Promise<Draft[]> {
    if (this.#beam.length === 0) return []
    const length = this.#beam.reduce((sum, { tokens }) => sum + tokens.length, 0) / this.#beam.length
    const share = Math.min(1, Math.max(smallestShare, usualLength / length))
    const count = Math.round(share * editsPerRound[needsIr(this.#meter.target.space) ? 'compiled' : 'parsed'])
    const rng = this.#rng.fork()
    const drafts: Draft[] = []
    for (const proposal of this.#editor.propose(this.#beam, this.#generation, count, this.#worst, rng)) {
      if (proposal !== undefined) drafts.push(...this.#drafter.fromEdit(proposal))
      await setImmediate() // or no compiler would be started meanwhile
    }
    return drafts
  }

  async #learnEdits(drafts: readonly Draft[], { measured, well, ill }: Measuring): Promise<void> {
    const taken = this.#take(well)
    const edits = new Map(drafts.map(({ form, edit }) => [form.key, edit]))
    for (const candidate of taken) {
      const edit = edits.get(candidate.key)
      if (edit !== undefined) this.#editor.inherit(candidate, edit)
    }
    const entered = new Set(taken.map(({ key }) => key))
    const results = new Map(measured.map(({ draft, candidate }) => [draft.edit, candidate]))
    const refused = new Set(ill.map(({ key }) => key))
    for (const { edit, form } of drafts) {
      if (edit === undefined) continue
      const fate = entered.has(form.key) ? 'entered' : refused.has(form.key) ? 'refused' : 'left'
      this.#editor.learn(edit, results.get(edit), fate)
    }
    await this.#proveMatch()
  }

  /** Where what is handed out must be accepted, the best is asked about on the way: a search does not build on what would be refused. */
  async #proveBest(): Promise<void> {
    if (this.options.validate === 'off') return
    for (let asked = 0; asked < mostAsked; asked++) {
      const best = this.#archive.at(0)
      if (best === undefined || this.#accepted.has(best) || this.#isStopped) return
      if (await this.options.accepts(best)) this.#accepted.add(best)
      else this.#leave(best)
    }
  }

  #leave(refused: Candidate): void {
    const isOther = (candidate: Candidate): boolean => candidate !== refused
    this.#beam = this.#beam.filter(isOther)
    this.#archive = this.#archive.filter(isOther)
    this.#recent = this.#recent.filter(isOther)
    this.#origins.leave(refused)
  }

  /** An exact match ends the search only if it is accepted; others leave it for good. */
  async #proveMatch(): Promise<void> {
    const { accepts, without } = this.options
    for (const match of this.#archive.filter(({ distance }) => distance === 0)) {
      if (this.#accepted.has(match)) continue
      if (!(await accepts(match))) this.#leave(match)
      else if (without.has('stop')) this.#accepted.add(match)
      else {
        this.#isMatched = true
        return
      }
    }
  }

  async #measure(drafts: readonly Draft[]): Promise<Measuring> {
    const worthCompiling = (all: readonly Measured[]): ReadonlySet<Measured> =>
      this.options.without.has('laziness') ? new Set(all) : this.#contenders(all)
    const measured = await measureDrafts(drafts, this.#meter, worthCompiling, this.#funnel, this.options.signal)
    return { measured, ...(await this.#probe(compiling(measured))) }
  }

  /** What would enter the beam or the archive. */
  #contenders(measured: readonly Measured[]): ReadonlySet<Measured> {
    return new Set([
      ...this.#selectBeam([...this.#beam, ...measured]),
      ...this.#select([...this.#archive, ...measured]),
    ])
  }

  /** Where somebody asks how kernels run, contenders are run; the others are left aside. */
  async #probe(measured: readonly Measured[]): Promise<Pick<Measuring, 'well' | 'ill'>> {
    const { runsWell } = this.options
    if (runsWell === undefined) return { well: measured, ill: [] }
    const chosen = this.#contenders(measured)
    const contenders = measured.filter((candidate) => chosen.has(candidate))
    const verdicts = await Promise.all(contenders.map(({ text }) => runsWell(text)))
    return { well: contenders.filter((_, i) => verdicts[i]), ill: contenders.filter((_, i) => !verdicts[i]) }
  }

  /** Effort that a candidate must undercut to enter the beam. */
  get #worst(): number {
    const last = this.#beam.at(-1)
    return last === undefined || this.#beam.length < this.options.width ? Infinity : this.#meter.effort(last.features)
  }

  /** @returns what entered the beam */
  #take(measured: readonly Measured[]): Candidate[] {
    const before = new Set(this.#beam)
    const added = this.#add(measured)
    const beam = new Set(this.#beam)
    const entered = added.filter((candidate) => beam.has(candidate) && !before.has(candidate))
    this.#funnel.kept += entered.length
    return entered
  }

  #add(measured: readonly Measured[]): Candidate[] {
    // What was seen so long ago that it is forgotten may be here still.
    const held = new Set([...this.#beam, ...this.#archive, ...this.#recent].map(({ key }) => key))
    const fresh = measured.filter(({ key }) => !held.has(key))
    const added = fresh.map((candidate) => ({ ...candidate, id: this.#nextId++ }))
    for (const { key } of added) this.#seen.add(key)
    const effort = this.#leastEffort
    this.#beam = this.#selectBeam([...this.#beam, ...this.#dropOut(added)])
    this.#archive = this.#select([...this.#archive, ...added])
    this.#recent = this.#select([...this.#recent, ...added])
    if (this.#leastEffort < effort) this.#lastProgress = this.#generation
    const nearest = nearestOf(added)
    if (nearest >= this.#nearest) return added
    this.#nearest = nearest
    this.#lastNearer = this.#generation
    return added
  }

  /** What is nearer than everything else stays. */
  #dropOut(added: readonly Candidate[]): readonly Candidate[] {
    if (this.#generation === 0 || this.options.without.has('dropout')) return added
    const least = this.#leastEffort
    return added.filter(({ features }) => this.#dropout.next() >= dropoutRate || this.#meter.effort(features) < least)
  }

  #select<T extends Measured>(pool: readonly T[], measure?: (candidate: T) => number): T[] {
    const { width, without } = this.options
    return selectBeam(pool, width, without.has('diversity') ? width : mostPerPoint, measure)
  }

  #selectBeam<T extends Measured>(pool: readonly T[]): T[] {
    return this.#select(pool, ({ features }) => this.#meter.effort(features))
  }

  /** Effort of the best that is no match: a match ends the search or leaves it, and is no progress of the beam. */
  get #leastEffort(): number {
    const best = this.#beam.find(({ distance }) => distance > 0)
    return best === undefined ? Number.POSITIVE_INFINITY : this.#meter.effort(best.features)
  }

  #propose(): Proposal[] {
    const request = { ...this.#request, generation: this.#generation }
    const rng = this.#rng.fork()
    const proposals: Proposal[] = []
    for (let i = 0; i < this.options.holes; i++) {
      const isScratch = rng.next() < this.#scratchShare()
      const infilled = isScratch ? undefined : proposeInfill(request, chooseParent(this.#beam, rng), this.#tally, rng)
      proposals.push(infilled ?? proposeScratch(request, rng))
    }
    return proposals
  }

  /** Share of proposals that start from the empty kernel: all where there is nothing to build on. */
  #scratchShare(): number {
    if (this.#beam.length === 0) return 1
    return this.#generation === 1 || this.#generation - this.#stirredAt < 2 ? 0.25 : 0.03
  }

  /**
   * Stuck: what was reached quickly is left for a new beginning, which costs as little; what took long is gone back to.
   * The archive keeps the best.
   */
  #renew(): void {
    const climbed = this.#lastNearer - this.#renewedAt
    const rng = this.#rng.fork()
    if (climbed > this.options.patience && this.#archive.length > 2) this.#goBack(rng)
    else this.#beginAnew(rng)
    this.#renewedAt = this.#generation
    this.#lastProgress = this.#generation
    this.#nearest = nearestOf(this.#beam)
    this.#lastNearer = this.#generation
  }

  /** After a new beginning its weights fade. */
  #settle(): void {
    const age = this.#generation - this.#stirredAt
    if (age === 0 || age > settling) return
    this.#meter.settle()
    this.#beam = this.#selectBeam(this.#beam)
  }

  /** Go on from some of the nearest of all beginnings, so that others than the best get their turn. */
  #goBack(rng: Random): void {
    this.#meter.relax()
    this.#stirredAt = Number.NEGATIVE_INFINITY
    this.#beam = this.#selectBeam(this.#archive.filter((_, rank) => rank === 0 || rng.next() < 0.5))
    this.#recent = [...this.#archive]
  }

  /**
   * Begin anew from some of the kernels that the search began with, near to the target in other features than before, and
   * in what the best was off in most of all: weights are drawn, and fade. Nothing that is known of the kernels left behind
   * leads back to them.
   */
  #beginAnew(rng: Random): void {
    this.#meter.stir(rng, this.#recent.at(0)?.features)
    this.#stirredAt = this.#generation
    this.#editor.forget()
    this.#funnel.sampled += this.#pending?.infills.length ?? 0
    this.#pending = undefined
    this.#beam = this.#selectBeam(this.#origins.draw(this.#recent, this.options.width, rng))
    this.#recent = [...this.#beam]
  }

  /** What the best kernel has too much or too little of weighs more: kernels come up that are off elsewhere. */
  #press(): void {
    const best = this.#beam.find(({ distance }) => distance > 0)
    if (best === undefined) return
    this.#meter.press(best.features)
    this.#beam = this.#selectBeam([...new Set([...this.#beam, ...this.#recent])])
    this.#lastProgress = this.#generation
  }

  /** Proposals of like length are decoded together, so that short infills do not wait for long ones. */
  async #infillAll(proposals: readonly Proposal[], signal: AbortSignal): Promise<Infill[]> {
    const { samples } = this.options
    const rng = this.#rng.fork()
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
      const filled = (await this.#infiller?.infill(contexts, settings, rng.seed())) ?? []
      infills.push(...filled.map((one) => ({ ...one, hole: indices[one.hole] })))
    }
    return infills
  }
}

/** Distance of the nearest that is no match. */
function nearestOf(candidates: readonly Measured[]): number {
  return candidates.reduce((least, { distance }) => (distance > 0 ? Math.min(least, distance) : least), Infinity)
}

function compiling(measured: readonly Measurement[]): Measured[] {
  return measured.filter(({ compiles }) => compiles).map(({ candidate }) => candidate)
}
