// Query by committee (Seung, Opper and Sompolinsky, COLT 1992): models of several kinds, each from its own seed and its
// own bag of the rows (Breiman 1996), whose disagreement says where a label would teach most.

import { Random } from '../../synth/index.ts'
import type { CombinedFeatures, DeviceLabel, GreweRow } from '../data-set.ts'
import { askMember, type Member, type MemberKind, memberKinds } from './member.ts'
import { trainMlp } from './mlp.ts'
import { type Example, exampleOf, fitScaling, type Scaling, scalePoint } from './scaling.ts'

export interface CommitteeOptions {
  /** Members of each kind. Default: 3 networks, 3 trees, 2 of each other; 0 to 64 each, one in all at least. */
  readonly members?: Readonly<Partial<Record<MemberKind, number>>>
  /** Does each member learn from a sample of the rows, drawn with repeats? Default true. */
  readonly isBagged?: boolean
  /** Passes of networks over their examples. Default 60, range 1 to 100,000. */
  readonly epochs?: number
  /** Any integer. */
  readonly seed: number
}

/** Trained; plain data. */
export interface Committee {
  readonly scaling: Scaling
  readonly seed: number
  /** Rows that it learned from. */
  readonly rows: number
  readonly members: readonly Member[]
}

/** What the members say of one point. */
export interface Poll {
  /** `[member]`: probability of GPU. */
  readonly probabilities: readonly number[]
  /** Members for GPU; one that is in two minds is for CPU, as equal times are. */
  readonly gpuVotes: number
  /** What most say; CPU where as many say either. */
  readonly label: DeviceLabel
}

const usualMembers: Readonly<Record<MemberKind, number>> = {
  ...{ mlp: 3, 'k-means': 2, 'k-nn': 2, tree: 3, 'naive-bayes': 2 },
}
const mostMembers = 64

/**
 * Train a committee. The same rows and seed give the same committee, and one more member of a kind leaves the others as
 * they are.
 * @throws {RangeError} for no rows or counts out of range
 */
export function trainCommittee(rows: readonly GreweRow[], options: CommitteeOptions): Committee {
  const { seed, isBagged = true, epochs } = options
  if (epochs !== undefined) requireEpochs(epochs)
  const counts = resolveCounts(options.members ?? {})
  const scaling = fitScaling(rows)
  const examples = rows.map((row) => exampleOf(scaling, row))
  const rng = new Random(seed)
  const members = memberKinds.flatMap(({ kind, train }) => {
    const own = rng.fork()
    return Array.from({ length: counts[kind] }, (_, nth): Member => {
      const memberSeed = own.seed()
      const memberRng = new Random(memberSeed)
      const bag = isBagged ? drawBag(examples.length, memberRng) : []
      const seen = isBagged ? bag.map((i) => examples[i]) : examples
      return { kind, seed: memberSeed, bag, model: train(seen, memberRng, nth, epochs) }
    })
  })
  return { scaling, seed, rows: rows.length, members }
}

/**
 * Go on training the networks of a committee, which come to the very numbers that they would have come to at once; the
 * other members have no more to learn from the same rows.
 * @param rows - those that it was trained on, in their order
 * @param epochs - in all
 * @throws {RangeError} for other rows, and for epochs out of range
 */
export function resumeCommittee(committee: Committee, rows: readonly GreweRow[], epochs: number): Committee {
  requireEpochs(epochs)
  const { scaling } = committee
  if (rows.length !== committee.rows || JSON.stringify(fitScaling(rows)) !== JSON.stringify(scaling)) {
    throw new RangeError(`rows: expected the ${committee.rows} that the committee was trained on, received others`)
  }
  const done = Math.max(0, ...committee.members.map(({ model }) => (model.kind === 'mlp' ? model.epochs : 0)))
  if (epochs <= done) throw new RangeError(`epochs: expected more than the ${done} that are done, received ${epochs}`)
  const examples = rows.map((row) => exampleOf(scaling, row))
  const members = committee.members.map((member): Member => {
    const { model, bag } = member
    if (model.kind !== 'mlp') return member
    return { ...member, model: trainMlp(model, bag.length === 0 ? examples : bag.map((i) => examples[i]), epochs) }
  })
  return { ...committee, members }
}

/** Ask every member about one point. */
export function poll(committee: Committee, features: CombinedFeatures): Poll {
  return pollAt(committee.members, scalePoint(committee.scaling, features))
}

/** @param point - scaled */
export function pollAt(members: readonly Pick<Member, 'model'>[], point: Example['point']): Poll {
  const probabilities = members.map(({ model }) => askMember(model, point))
  const gpuVotes = probabilities.filter((probability) => probability > 0.5).length
  return { probabilities, gpuVotes, label: 2 * gpuVotes > members.length ? 'GPU' : 'CPU' }
}

function requireEpochs(epochs: number): void {
  if (Number.isInteger(epochs) && epochs >= 1 && epochs <= 100_000) return
  throw new RangeError(`epochs: expected an integer from 1 to 100000, received ${epochs}`)
}

function resolveCounts(members: NonNullable<CommitteeOptions['members']>): Record<MemberKind, number> {
  const counts = { ...usualMembers, ...members }
  for (const [kind, count] of Object.entries(counts)) {
    if (!(kind in usualMembers)) {
      throw new RangeError(`members: expected kinds of ${Object.keys(usualMembers).join(', ')}, received '${kind}'`)
    }
    if (Number.isInteger(count) && count >= 0 && count <= mostMembers) continue
    throw new RangeError(`members.${kind}: expected an integer from 0 to ${mostMembers}, received ${count}`)
  }
  if (Object.values(counts).some((count) => count > 0)) return counts
  throw new RangeError('members: expected one at least, received none')
}

function drawBag(size: number, rng: Random): number[] {
  return Array.from({ length: size }, () => rng.below(size))
}
