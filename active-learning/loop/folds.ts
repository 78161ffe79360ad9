// What is held out: a learner never sees the labels that it is scored on, neither in training nor in choosing points.

import type { DataSet, GreweRow } from '../data-set.ts'

/** Rows to learn from, and rows to be scored on. */
export interface Fold {
  /** What is held out. */
  readonly name: string
  readonly train: readonly GreweRow[]
  readonly test: readonly GreweRow[]
}

/**
 * One fold per suite held out, or one with all of the suites named.
 * @param suites - `each`: every suite of the base in turn, and the learner then begins anew for every one
 * @throws {RangeError} for a suite that the base does not have, or where nothing would be left to learn from
 */
export function foldsBySuite(base: DataSet, suites: 'each' | readonly string[]): Fold[] {
  const known = [...new Set(base.rows.map(({ suite }) => suite))].sort()
  if (suites === 'each') return known.map((suite) => foldWithout(base, [suite]))
  const stranger = suites.find((suite) => !known.includes(suite))
  if (stranger !== undefined) {
    throw new RangeError(`hold-out: expected suites of ${base.name} (${known.join(', ')}), received '${stranger}'`)
  }
  return [foldWithout(base, suites)]
}

/**
 * One fold that is scored on other data.
 * @throws {RangeError} where a program of the test set is in the base, too
 */
export function foldWithTest(base: DataSet, test: DataSet): Fold {
  const programs = new Set(base.rows.map(({ program }) => program))
  const shared = test.rows.find(({ program }) => programs.has(program))
  if (shared !== undefined) {
    throw new RangeError(`test: expected programs that ${base.name} does not have, received '${shared.program}'`)
  }
  return checked({ name: test.name, train: base.rows, test: test.rows })
}

function foldWithout({ rows }: DataSet, suites: readonly string[]): Fold {
  const isHeldOut = ({ suite }: GreweRow): boolean => suites.includes(suite)
  const train = rows.filter((row) => !isHeldOut(row))
  return checked({ name: suites.join('+'), train, test: rows.filter(isHeldOut) })
}

/** The same source on both sides would be learned by heart. */
function checked(fold: Fold): Fold {
  const { name, train, test } = fold
  if (train.length === 0) throw new RangeError(`hold-out: expected rows to learn from beside ${name}, received none`)
  if (test.length === 0) throw new RangeError(`hold-out: expected rows to be scored on in ${name}, received none`)
  const keys = new Set(train.flatMap(({ sourceKey }) => sourceKey ?? []))
  const leak = test.find(({ sourceKey }) => sourceKey !== null && keys.has(sourceKey))
  if (leak === undefined) return fold
  throw new RangeError(`hold-out: ${leak.program} of ${name} has the source of a kernel that is learned from`)
}
