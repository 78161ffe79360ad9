// How the public files name a kernel: `npb-3.3-BT-add`, or `<hash>.cl-A` for one that CLgen wrote.

import type { GreweRow } from '../../data-set.ts'

/** What a name says of a row. */
export type NamedKernel = Pick<GreweRow, 'suite' | 'program' | 'kernel' | 'sourceKey'>

const suiteName = /^([a-zA-Z][a-zA-Z-]*-\d[\d.]*)-([^-]+)-(.+)$/
const hashName = /^([0-9a-f]{16,64})\.cl-(.+)$/

/** @returns undefined where the name is neither `suite-version-program-kernel` nor `hash.cl-kernel` */
export function parseBenchmarkName(name: string): NamedKernel | undefined {
  const hash = hashName.exec(name)
  if (hash !== null) return { suite: 'clgen', program: hash[1], kernel: hash[2], sourceKey: hash[1] }
  const match = suiteName.exec(name)
  if (match === null) return undefined
  return { suite: match[1], program: `${match[1]}-${match[2]}`, kernel: match[3], sourceKey: null }
}

/** The name of a row; `parseBenchmarkName` gives the same kernel back where the row is of the public kind. */
export function benchmarkName({ program, kernel, sourceKey }: NamedKernel): string {
  return sourceKey !== null && program === sourceKey ? `${program}.cl-${kernel}` : `${program}-${kernel}`
}

/** Would the row be the same kernel of the same program if its name were all that a file had? */
export function isNameable(row: GreweRow): boolean {
  const named = parseBenchmarkName(benchmarkName(row))
  return named !== undefined && (['suite', 'program', 'kernel'] as const).every((key) => named[key] === row[key])
}
