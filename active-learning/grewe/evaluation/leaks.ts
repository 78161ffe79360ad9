// Is anything that is tested on also learned from? The same program or the same source on both sides is a leak. The same
// kernel name with the same counts in another program (NPB's BT and SP share an `add`) is most likely the same code, but
// a name and six numbers are no proof: such twins are told apart.

import { countNames, type GreweRow } from '../../data-set.ts'

export const leakKinds = ['program', 'source', 'twin'] as const
export type LeakKind = (typeof leakKinds)[number]

/** A row that is tested on, and one of those learned from that gives it away. */
export interface Leak {
  readonly kind: LeakKind
  readonly test: GreweRow
  readonly train: GreweRow
}

/** How far a training set overlaps with what a model is tested on. */
export interface Overlap {
  /** The first leak of each kind for each test row. */
  readonly leaks: readonly Leak[]
  /** The kinds by which a training row gives away a test row, by the place of the training row. */
  readonly kindsOf: ReadonlyMap<number, ReadonlySet<LeakKind>>
}

const keysOf: Readonly<Record<LeakKind, (row: GreweRow) => string | null>> = {
  program: ({ program }) => program,
  source: ({ sourceKey }) => sourceKey,
  twin: ({ kernel, counts }) => JSON.stringify([kernel, ...countNames.map((name) => counts[name])]),
}

export function findOverlap(train: readonly GreweRow[], test: readonly GreweRow[]): Overlap {
  const leaks: Leak[] = []
  const kindsOf = new Map<number, Set<LeakKind>>()
  for (const kind of leakKinds) {
    const keyOf = keysOf[kind]
    const tested = new Set(test.map(keyOf))
    tested.delete(null)
    const giving = new Map<string, GreweRow>()
    for (const [i, row] of train.entries()) {
      const key = keyOf(row)
      if (key === null || !tested.has(key)) continue
      if (!giving.has(key)) giving.set(key, row)
      kindsOf.set(i, (kindsOf.get(i) ?? new Set()).add(kind))
    }
    for (const row of test) {
      const found = giving.get(keyOf(row) ?? '')
      if (found !== undefined) leaks.push({ kind, test: row, train: found })
    }
  }
  return { leaks, kindsOf }
}
