// Proposals by editing. Many edits of the beam are drawn, the surrogate predicts where each would land, and the most
// promising are measured, with a few at random so that the surrogate learns and nothing is shut out. Edits that were
// measured on one kernel are then combined, as far as their effects add up to the target.

import type { LineageStep } from '../../corpora/index.ts'
import { contentKey } from '../../kernels/index.ts'
import { type Edit, type EditKind, editKinds, readKernel, type TypedKernel } from '../edits/index.ts'
import type { Random } from '../random.ts'
import type { Candidate, Measured } from './candidate.ts'
import { EditPool } from './edit-pool.ts'
import { type Combination, EditTable } from './edit-table.ts'
import type { MeasuredEdit } from './measured-edit.ts'
import type { SearchPart } from './options.ts'
import { RecentKeys } from './recent-keys.ts'
import { type ClassCounts, countClasses, type Surrogate } from './surrogate.ts'
import type { TargetMeter } from './target.ts'

/** An edited kernel, not parsed yet. */
export interface EditProposal {
  readonly tokens: readonly string[]
  readonly parent: Candidate
  /** Effort expected of edits that were put together. */
  readonly predicted?: number
  readonly step: LineageStep
  /** In order of their place. */
  readonly edits: readonly Edit[]
  /** The edit, if it is a single one, with the token classes that it adds and takes away. */
  readonly single?: { readonly edit: Edit; readonly kind: string; readonly counts: ClassCounts }
}

/** What became of an edited kernel. */
export type EditFate = 'entered' | 'refused' | 'left'

/** An edit that may be measured. */
interface Drawn {
  readonly proposal: EditProposal
  /** `[feature]`: what the surrogate expects. */
  readonly change: Float64Array
  /** The effort that this would leave. */
  readonly predicted: number
}

const unknown = { change: new Float64Array(), predicted: 0 }

/** Edits drawn for each one measured. */
const drawnPerTaken = 8
/** Share of edits measured whatever the surrogate says. */
const exploring = 0.5
/** Effort from which on edits are bundled unmeasured: most of them lead nearer there. */
const far = 16
/** Share of the edits of such a kernel that are bundles. */
const bundling = 0.5
/** Edits drawn for a bundle; it is made of so large a share of all that are. */
const drawnPerBundle = 32
const perBundle = 0.5
/** Kernels edited in a round: few, so that enough is known of each to combine edits. */
const parentsPerRound = 2
/** Refused combinations after which an edit is in no more of them. */
const suspicious = 3
/** Edits measured of a kernel after which others get their turn more often. */
const wellKnown = 200
/** The best of a beam, which learn from what edits did to others. */
const adopting = 4
/** Tables that are searched in a round: it takes long. */
const refreshing = 3
/** Share of a round for combinations. */
const combining = 0.4
/** Edits to be known of a kernel before they are combined. */
const enoughEdits = 8
const mostTables = 48

/** Draws edits of a beam; remembers which kinds do well, and what edits did to which kernel. */
export class EditProposer {
  readonly #meter: TargetMeter
  readonly #surrogate: Surrogate
  readonly #donors: readonly TypedKernel[]
  readonly #without: ReadonlySet<SearchPart>
  readonly #read = new WeakMap<Candidate, TypedKernel>()
  readonly #scores = new Map<string, { tries: number; successes: number }>()
  /** Latest last. */
  readonly #tables = new Map<Candidate, EditTable>()
  /** Content keys of combinations proposed before. */
  readonly #combined = new RecentKeys()
  readonly #pool = new EditPool()
  /** Refused combinations that an edit was in, until one was good. */
  readonly #suspicions = new WeakMap<Edit, number>()
  /** Edits drawn of a kernel. */
  readonly #drawn = new WeakMap<Candidate, number>()

  /**
   * @param donors - other kernels to take code from
   * @param without - parts of the search to leave out
   */
  constructor(
    meter: TargetMeter,
    surrogate: Surrogate,
    donors: readonly TypedKernel[],
    without: ReadonlySet<SearchPart>,
  ) {
    this.#meter = meter
    this.#surrogate = surrogate
    this.#donors = donors
    this.#without = without
  }

  /**
   * At most `count` edited kernels; combinations that would come farther than `worst` are left out. Now and then
   * undefined, for the caller to let others work: it takes long.
   */
  *propose(
    beam: readonly Candidate[],
    generation: number,
    count: number,
    worst: number,
    rng: Random,
  ): Generator<EditProposal | undefined, void> {
    const share = this.#without.has('combinations') ? 0 : combining
    let left = count
    for (const parent of beam.slice(0, adopting)) this.#tableOf(parent).adopt(this.#pool, parent.tokens)
    for (const combination of this.#combine(generation, Math.round(count * share), worst)) {
      yield combination
      if (combination !== undefined) left--
    }
    const perParent = Math.ceil(left / parentsPerRound)
    for (let i = 0; i < parentsPerRound; i++) {
      const parent = this.#chooseParent(beam, rng)
      yield* this.#editsOf(parent, beam, generation, Math.min(perParent, left - i * perParent), rng)
    }
  }

  /**
   * Learn from a measured edit.
   * @param measured - undefined where it did not compile
   * @param fate - `refused`: it would have entered the beam, but does not run well
   */
  learn({ parent, single, edits }: EditProposal, measured: Measured | undefined, fate: EditFate): void {
    if (fate !== 'left') for (const edit of edits) this.#suspect(edit, fate === 'refused')
    if (single === undefined) return
    const { kind, counts, edit } = single
    const { tries, successes } = this.#scores.get(kind) ?? { tries: 0, successes: 0 }
    this.#scores.set(kind, { tries: 0.998 * tries + 1, successes: 0.998 * successes + Number(fate === 'entered') })
    if (measured === undefined || fate === 'refused') return
    const { features, blocks } = measured
    const change = features.map((value, i) => value - parent.features[i])
    const energy = change.reduce((sum, value) => sum + value * value, 0)
    this.#surrogate.observe(counts, change, 1 + 0.1 * energy)
    const blockChange = changeOfBlocks(parent.blocks, blocks)
    if (energy === 0 && !blockChange?.some((more) => more !== 0)) return
    this.#tableOf(parent).add({ edit, kind, change, blockChange })
    if (energy > 0) this.#pool.add(parent.tokens, { edit, kind, change }) // blocks of other kernels are others
  }

  /** One of the edits of a refused combination is to blame: which, shows when some are in several. */
  #suspect(edit: Edit, isRefused: boolean): void {
    this.#suspicions.set(edit, isRefused ? (this.#suspicions.get(edit) ?? 0) + 1 : Number.NEGATIVE_INFINITY)
  }

  #isSuspect({ edit }: MeasuredEdit): boolean {
    return (this.#suspicions.get(edit) ?? 0) >= suspicious
  }

  /** What is known of a kernel's edits is mostly true of what edits made of it, too. */
  inherit(child: Candidate, { parent, edits, tokens }: EditProposal): void {
    const table = this.#tables.get(parent)
    const isAsWritten = tokens.length === child.tokens.length && tokens.every((text, i) => text === child.tokens[i])
    if (table === undefined || !isAsWritten || this.#tables.has(child)) return
    this.#keep(child, table.after(edits, child.features, child.blocks))
  }

  /** Effort that a kernel would have without a span of its tokens, as far as the surrogate can tell. */
  effortWithout(parent: Candidate, start: number, end: number): number {
    const change = this.#surrogate.predict(countClasses(this.#kernelOf(parent).classes.slice(start, end), -1))
    return this.#meter.additiveEffort(change.map((value, i) => value + parent.features[i]))
  }

  /** Forget what edits did to which kernel, but not what they did where the same tokens stand around. */
  forget(): void {
    this.#tables.clear()
  }

  #tableOf(parent: Candidate): EditTable {
    const table = this.#tables.get(parent) ?? new EditTable(parent.features, this.#meter, parent.blocks)
    this.#keep(parent, table)
    return table
  }

  #keep(parent: Candidate, table: EditTable): void {
    this.#tables.delete(parent)
    this.#tables.set(parent, table)
    const [oldest] = this.#tables.keys()
    if (this.#tables.size > mostTables) this.#tables.delete(oldest)
  }

  *#combine(generation: number, count: number, worst: number): Generator<EditProposal | undefined, void> {
    if (count === 0) return
    const found: { readonly parent: Candidate; readonly table: EditTable; readonly combination: Combination }[] = []
    const stale = [...this.#tables].filter(([, table]) => table.isStale && table.size >= enoughEdits)
    const efforts = new Map(stale.map(([{ features }, table]) => [table, this.#meter.effort(features)]))
    const nearest = [...efforts].sort(([, a], [, b]) => a - b).slice(0, refreshing)
    for (const [table] of nearest) {
      table.refresh()
      yield undefined
    }
    for (const [parent, table] of this.#tables) {
      for (const combination of table.combinations) {
        if (combination.predicted < worst) found.push({ parent, table, combination })
      }
    }
    found.sort((a, b) => a.combination.predicted - b.combination.predicted)
    let left = count
    for (const { parent, table, combination } of found) {
      if (left === 0) return
      table.take(combination)
      if (combination.edits.some((one) => this.#isSuspect(one))) continue
      const proposal = this.#combinationOf(parent, combination, generation)
      const key = contentKey(proposal.tokens)
      if (this.#combined.has(key)) continue
      this.#combined.add(key)
      yield proposal
      left--
    }
  }

  #combinationOf(parent: Candidate, combination: Combination, generation: number): EditProposal {
    const edits = combination.edits.map(({ edit }) => edit)
    const tokens = applyAll(this.#kernelOf(parent), edits)
    const [first, last] = [edits[0], edits[edits.length - 1]]
    const span = [first.start, Math.max(last.end, last.start)] as const
    const proposal = `edits ${combination.edits.map(({ kind }) => kind).join(' + ')}`
    return {
      tokens,
      parent,
      edits,
      predicted: combination.predicted,
      step: { generation, parent: parent.key, holeKind: 'edit', holeSpan: span, proposal },
    }
  }

  *#editsOf(
    parent: Candidate,
    beam: readonly Candidate[],
    generation: number,
    count: number,
    rng: Random,
  ): Generator<EditProposal | undefined, void> {
    if (count <= 0) return
    this.#drawn.set(parent, (this.#drawn.get(parent) ?? 0) + count)
    const weights = editKinds.map((kind) => this.#weight(kind))
    const kernel = this.#kernelOf(parent)
    const drawn: Drawn[] = []
    const isAimed = !this.#without.has('surrogate')
    const isFar = isAimed && !this.#without.has('bundles') && this.#meter.effort(parent.features) > far
    const bundles = isFar ? Math.ceil(count * bundling) : 0
    const draws = bundles * drawnPerBundle + (isAimed ? (count - bundles) * drawnPerTaken : count)
    for (let i = 0; i < draws; i++) {
      const kind = editKinds[rng.weighted(weights)]
      const edit = kind.propose(kernel, rng, this.#donor(beam, rng))
      const proposal = edit && propose(parent, kernel, kind, edit, generation)
      if (proposal !== undefined) drawn.push({ proposal, ...(isAimed ? this.#predict(proposal) : unknown) })
      if (i % drawnPerTaken === 0) yield undefined
    }
    for (let i = 0; i < bundles; i++) {
      const bundle = this.#bundle(
        parent,
        drawn.filter(() => rng.next() < perBundle),
        generation,
      )
      if (bundle !== undefined) yield bundle
      yield undefined
    }
    yield* select(drawn, count - bundles, rng)
  }

  /** Edits that go together best as far as the surrogate can tell; undefined where none do. */
  #bundle(parent: Candidate, drawn: readonly Drawn[], generation: number): EditProposal | undefined {
    const table = new EditTable(parent.features, this.#meter)
    for (const { proposal, change } of drawn) {
      if (proposal.single !== undefined) table.add({ ...proposal.single, change })
    }
    table.refresh()
    const [best] = table.combinations
    return best && this.#combinationOf(parent, best, generation)
  }

  /** Mostly the best, until much is known of it. */
  #chooseParent(beam: readonly Candidate[], rng: Random): Candidate {
    const known = (candidate: Candidate): number => (this.#drawn.get(candidate) ?? 0) / wellKnown
    return beam[rng.weighted(beam.map((candidate, rank) => 1 / (rank + 1) ** 2 / (1 + known(candidate) ** 2)))]
  }

  #weight({ id }: EditKind): number {
    const { tries, successes } = this.#scores.get(id) ?? { tries: 0, successes: 0 }
    return (successes + 1) / (tries + 10)
  }

  #predict({ parent, single }: EditProposal): Pick<Drawn, 'change' | 'predicted'> {
    const change = this.#surrogate.predict(single?.counts ?? new Map())
    return { change, predicted: this.#meter.additiveEffort(change.map((value, i) => value + parent.features[i])) }
  }

  #kernelOf(candidate: Candidate): TypedKernel {
    const known = this.#read.get(candidate) ?? readKernel(candidate.text)
    this.#read.set(candidate, known)
    return known
  }

  #donor(beam: readonly Candidate[], rng: Random): TypedKernel {
    if (this.#donors.length === 0 || rng.next() < 0.3) return this.#kernelOf(rng.pick(beam))
    return rng.pick(this.#donors)
  }
}

function propose(
  parent: Candidate,
  kernel: TypedKernel,
  { id }: EditKind,
  edit: Edit,
  generation: number,
): EditProposal | undefined {
  const { start, end } = edit
  const tokens = applyAll(kernel, [edit])
  const counts = countClasses(kernel.classes.slice(start, end), -1)
  countClasses(
    edit.tokens.map((token) => token.class),
    1,
    counts,
  )
  const step = {
    generation,
    parent: parent.key,
    holeKind: 'edit',
    holeSpan: [start, end],
    proposal: `edit ${id}`,
  } as const
  return { tokens, parent, step, edits: [edit], single: { edit, kind: id, counts } }
}

/** Undefined where blocks came or went. */
function changeOfBlocks(before: Float64Array | undefined, after: Float64Array | undefined): Float64Array | undefined {
  return before?.length === after?.length ? after?.map((size, i) => size - (before?.[i] ?? 0)) : undefined
}

/** @param edits - in order of their place, not overlapping */
function applyAll(kernel: TypedKernel, edits: readonly Edit[]): string[] {
  const tokens: string[] = []
  let at = 0
  for (const edit of edits) {
    tokens.push(...kernel.tokens.slice(at, edit.start), ...edit.tokens.map((token) => token.text))
    at = edit.end
  }
  tokens.push(...kernel.tokens.slice(at))
  return tokens
}

function select(drawn: readonly Drawn[], count: number, rng: Random): EditProposal[] {
  const order = [...drawn.keys()].sort((a, b) => drawn[a].predicted - drawn[b].predicted || a - b)
  const taken = new Map<string, EditProposal>()
  const promising = Math.round(count * (1 - exploring))
  for (const i of order) {
    if (taken.size >= promising) break
    taken.set(drawn[i].proposal.tokens.join(' '), drawn[i].proposal)
  }
  for (let i = promising; i < count && drawn.length > 0; i++) {
    const { proposal } = rng.pick(drawn)
    taken.set(proposal.tokens.join(' '), proposal)
  }
  return [...taken.values()]
}
