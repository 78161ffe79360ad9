// Where the heuristic's features are not enough, once the rows that learners added are counted in: points with both
// labels, which further numbers would part them, and what came of pairs that were made to differ in one thing.

import { Random } from '../../../synth/index.ts'
import type { GreweRow } from '../../data-set.ts'
import { aliasCost, findAliases } from '../../grewe/aliasing/find-aliases.ts'
import { type PairDifference, pairDifferences } from '../../grewe/aliasing/propose-pairs.ts'
import { rankSeparators, type Separator } from '../../grewe/aliasing/rank-separators.ts'
import type { Ledger } from '../ledger.ts'
import type { Course } from './courses.ts'

/** Pairs of one kind, over all learners. */
export interface PairOutcome {
  readonly difference: PairDifference
  readonly proposed: number
  /** Both sides have a kernel with a label. */
  readonly labelled: number
  /** Of these, F1 to F4 came out alike: each within 5 %, as launches come in steps. */
  readonly alike: number
  /** Of these, the labels differ. */
  readonly parted: number
}

export interface AliasFindings {
  /** Base and added rows, each once. */
  readonly rows: number
  /** With equal F1 to F4 and both labels. */
  readonly points: number
  readonly aliasedRows: number
  /** Rows that any model over F1 to F4 gets wrong. */
  readonly wrongAtLeast: number
  /** Points that have an added row. */
  readonly withAdded: number
  /** Best first. */
  readonly separators: readonly Separator[]
  readonly pairs: readonly PairOutcome[]
}

const mostSeparators = 10
const within = 0.05

/** @param seed - of the deals behind a separator's chance */
export function findAliasing(
  ledger: Ledger,
  base: readonly GreweRow[],
  courses: readonly Course[],
  seed: number,
): AliasFindings {
  const added = new Map<string, GreweRow>()
  for (const { trajectory, scores } of courses) {
    const own = ledger.rows(trajectory.id).filter(({ round }) => round < scores.length)
    for (const { row } of own) added.set(`${row.sourceKey} ${row.dataset} ${row.wgsize}`, row)
  }
  const rows = [...base, ...added.values()]
  const points = findAliases(rows)
  const cost = aliasCost(points)
  const isAdded = new Set(added.values())
  return {
    ...{ rows: rows.length, points: points.length, aliasedRows: cost.rows, wrongAtLeast: cost.wrongAtLeast },
    withAdded: points.filter((point) => point.rows.some((row) => isAdded.has(row))).length,
    separators: rankSeparators(points, { rng: new Random(seed) }).slice(0, mostSeparators),
    pairs: outcomesOf(courses.flatMap((course) => pairsOf(ledger, course))),
  }
}

interface FoundPair {
  readonly difference: PairDifference
  /** Undefined where there is no label. */
  readonly sides: readonly (GreweRow | undefined)[]
}

function pairsOf(ledger: Ledger, { trajectory, rounds }: Course): FoundPair[] {
  const rows = ledger.rows(trajectory.id)
  return rounds.flatMap(({ round, picks }) => {
    const found = new Map<number, { difference: PairDifference; sides: (GreweRow | undefined)[] }>()
    for (const [slot, { pair }] of picks.entries()) {
      if (pair === undefined) continue
      const own = found.get(pair.nth) ?? { difference: pair.difference, sides: [] }
      own.sides.push(rows.find((added) => added.round === round && added.slot === slot)?.row)
      found.set(pair.nth, own)
    }
    return [...found.values()]
  })
}

function outcomesOf(pairs: readonly FoundPair[]): PairOutcome[] {
  return pairDifferences.flatMap((difference) => {
    const own = pairs.filter((pair) => pair.difference === difference)
    const labelled = own.flatMap(({ sides: [first, second] }) => (first && second ? [[first, second] as const] : []))
    const alike = labelled.filter(([first, second]) => areAlike(first, second))
    const parted = alike.filter(([first, second]) => first.label !== second.label)
    if (own.length === 0) return []
    return [{ difference, proposed: own.length, labelled: labelled.length, alike: alike.length, parted: parted.length }]
  })
}

function areAlike(first: GreweRow, second: GreweRow): boolean {
  return first.features.every((value, i) => {
    const other = second.features[i]
    return Math.abs(value - other) <= within * Math.max(Math.abs(value), Math.abs(other))
  })
}
