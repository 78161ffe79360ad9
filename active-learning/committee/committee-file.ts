// A committee as a JSON file: its format's version, the whole of every member, and a hash over all of it, so that a
// file that was cut short or edited is refused instead of voting.

import { createHash } from 'node:crypto'
import { type DeviceLabel, deviceLabels, type GreweRow } from '../data-set.ts'
import { type Committee, poll, pollAt } from './committee.ts'
import { type Member, memberKinds } from './member.ts'
import { scalePoint } from './scaling.ts'
import { sizeOfTreeMember } from './tree.ts'

const format = 'benchsteer-committee'
/** Raised where a file of before would be read wrongly. */
const version = 1

/** The text of a file; the same committee gives the same text. */
export function formatCommittee(committee: Committee): string {
  const content = { format, version, ...committee }
  return `${JSON.stringify({ ...content, hash: hashOf(content) })}\n`
}

/**
 * The inverse of `formatCommittee`, to the last bit.
 * @param path - where the text is from, for messages
 * @throws {RangeError} where it is no such file, of another version, damaged, or has a member of a kind unknown here
 */
export function parseCommittee(text: string, path: string): Committee {
  const fail = (expected: string, received: unknown): never => {
    throw new RangeError(`committee ${path}: expected ${expected}, received ${received}`)
  }
  const { hash, ...content } = readObject(text, path)
  if (content.format !== format) fail(`format '${format}'`, `'${content.format}'`)
  if (content.version !== version) fail(`version ${version}`, content.version)
  if (hash !== hashOf(content)) fail(`content with hash ${hash}`, hashOf(content))
  const { format: _, version: __, ...committee } = content
  const { members } = committee as unknown as Committee
  const stranger = members.find(({ kind }) => memberKinds.every((known) => known.kind !== kind))
  if (stranger !== undefined) fail(`members of ${memberKinds.map(({ kind }) => kind).join(', ')}`, stranger.kind)
  return committee as unknown as Committee
}

/** What one member is and how it does on some rows. */
export interface MemberReport {
  readonly kind: Member['kind']
  readonly seed: number
  /** `4-16-1, 60 epochs`, `k = 5 of 680 examples`. */
  readonly details: string
  /** Different training rows that it saw. */
  readonly seen: number
  /** Share of the rows that it labels as they are. */
  readonly accuracy: number
  /** Share of the rows where it is of the committee's opinion. */
  readonly agreement: number
}

/** Every member beside the whole. @param rows - one at least */
export function inspectCommittee(
  committee: Committee,
  rows: readonly GreweRow[],
): { readonly accuracy: number; readonly members: readonly MemberReport[] } {
  const whole = rows.map(({ features }) => poll(committee, features).label)
  const members = committee.members.map((member): MemberReport => {
    const own = rows.map(({ features }) => pollAt([member], scalePoint(committee.scaling, features)).label)
    return {
      ...{ kind: member.kind, seed: member.seed, details: detailsOf(member) },
      seen: member.bag.length === 0 ? committee.rows : new Set(member.bag).size,
      accuracy: shareEqual(
        own,
        rows.map(({ label }) => label),
      ),
      agreement: shareEqual(own, whole),
    }
  })
  return {
    accuracy: shareEqual(
      whole,
      rows.map(({ label }) => label),
    ),
    members,
  }
}

function detailsOf({ model }: Member): string {
  switch (model.kind) {
    case 'mlp':
      return `${model.sizes.join('-')}, ${model.epochs} epochs`
    case 'k-means':
      return `${model.centroids.length} clusters`
    case 'k-nn':
      return `k = ${model.k} of ${model.examples.length} examples`
    case 'tree': {
      const { depth, leaves } = sizeOfTreeMember(model)
      return `${leaves} leaves, depth ${depth}`
    }
    case 'naive-bayes':
      return deviceLabels.map((label, i) => `P(${label}) = ${Math.exp(model.logPriors[i]).toFixed(2)}`).join(', ')
  }
}

function shareEqual(a: readonly DeviceLabel[], b: readonly DeviceLabel[]): number {
  return a.filter((label, i) => label === b[i]).length / a.length
}

function readObject(text: string, path: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null) return content as Record<string, unknown>
  } catch (cause) {
    throw new RangeError(`committee ${path}: expected JSON, received ${String(cause)}`, { cause })
  }
  throw new RangeError(`committee ${path}: expected an object, received ${text.slice(0, 40)}`)
}

function hashOf(content: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
}
