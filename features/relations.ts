// What holds between the features of any kernel, so that no kernel can be at a point that contradicts it.

import { partsOf } from './joint.ts'
import type { FeatureSpace, Quotient, SingleFeatureSpace } from './space.ts'

/** `left = right` or `left <= right`: sums of features, each with a factor, and of a constant. */
export interface Relation {
  readonly text: string
  readonly left: LinearSum
  readonly right: LinearSum
  readonly isEquality: boolean
}

export interface LinearSum {
  /** Factors by feature name. */
  readonly factors: ReadonlyMap<string, number>
  readonly constant: number
}

/**
 * The relations of a space; of a joint one, those of its parts, and that what parts read from the same IR under the same
 * name is the same.
 * @throws {RangeError} for a relation that cannot be read
 */
export function relationsOf(space: FeatureSpace): Relation[] {
  if (space.input !== 'joint') return readRelations(space, '')
  const own = space.parts.flatMap((part) => readRelations(part, `${part.id}:`))
  return [...own, ...sharedCounts(space.parts)]
}

/** The ratios of a space that are quotients of two of its counts. */
export function quotientsOf(space: FeatureSpace): Quotient[] {
  return partsOf(space).flatMap((part) => {
    const prefix = space.input === 'joint' ? `${part.id}:` : ''
    return (part.quotients ?? []).map(({ ratio, count, per }) => {
      return { ratio: prefix + ratio, count: prefix + count, per: prefix + per }
    })
  })
}

function readRelations({ id, names, relations = [] }: SingleFeatureSpace, prefix: string): Relation[] {
  return relations.map((text) => {
    const match = /^(.+) (=|<=) (.+)$/.exec(text)
    if (match === null) throw new RangeError(`relations: ${id}: expected SUM = SUM or SUM <= SUM, received '${text}'`)
    const [left, right] = [match[1], match[3]].map((sum) => readSum(sum, names, prefix, text))
    return { text: prefix + text, left, right, isEquality: match[2] === '=' }
  })
}

/** `2 * a + b + 1` */
function readSum(sum: string, names: readonly string[], prefix: string, relation: string): LinearSum {
  const factors = new Map<string, number>()
  let constant = 0
  for (const term of sum.split(' + ')) {
    const [factor, name] = term.includes(' * ') ? term.split(' * ') : ['1', term]
    if (names.includes(name) && Number.isFinite(Number(factor))) factors.set(prefix + name, Number(factor))
    else if (Number.isFinite(Number(term))) constant += Number(term)
    else throw new RangeError(`relations: '${term}' in '${relation}' is neither a feature nor a number`)
  }
  return { factors, constant }
}

function sharedCounts(parts: readonly SingleFeatureSpace[]): Relation[] {
  const read = parts.filter(({ input }) => input === 'ir')
  return read.flatMap((first, i) =>
    read.slice(i + 1).flatMap((second) =>
      first.names
        .filter((name) => second.names.includes(name))
        .map((name): Relation => {
          const [left, right] = [`${first.id}:${name}`, `${second.id}:${name}`]
          const sumOf = (feature: string): LinearSum => ({ factors: new Map([[feature, 1]]), constant: 0 })
          return { text: `${left} = ${right}`, left: sumOf(left), right: sumOf(right), isEquality: true }
        }),
    ),
  )
}
