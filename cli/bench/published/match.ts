// Which kernel of a store a row of the public data is about. Sources that were mined do not tell the version of a suite,
// programs are spelt in several ways, and one name may stand for several texts.

import type { GreweRow } from '../../../active-learning/index.ts'
import {
  benchmarkName,
  type GreweCounts,
  greweCounts,
  type Store,
  type StoredKernel,
  suiteOf,
} from '../../../corpora/index.ts'

/** A kernel of one of the seven suites. */
export interface SuiteKernel {
  readonly kernel: StoredKernel
  readonly suite: string
  readonly program: string
  readonly counts: GreweCounts
}

/** How far static counts may lie apart, over their sum, where only suite and kernel have the same name. */
const alike = 0.1

/** Suite of a row, without the version. */
export function suiteOfRow({ suite }: Pick<GreweRow, 'suite'>): string {
  return suite.replace(/-[\d.]+$/, '')
}

/** Kernels of the seven suites in a store, duplicates by IR included. */
export function suiteKernels(store: Store): SuiteKernel[] {
  return [...store.kernels.list({ heldOut: 'include', includeDuplicates: true })].flatMap((kernel) => {
    const suite = suiteOf(kernel)
    if (suite === undefined) return []
    const rest = benchmarkName(kernel).slice(suite.length + 1)
    const program = rest.slice(0, rest.length - kernel.kernelName.length - 1)
    return [{ kernel, suite, program, counts: greweCounts(store, kernel) }]
  })
}

/**
 * The kernel of a row: of those with the name in the suite, one whose program is spelt alike, and of several the one
 * with the nearest static counts. Where no program fits, counts must be nearly equal, since programs of a suite share
 * kernels, and a store keeps one of each.
 */
export function matchKernel(row: GreweRow, kernels: readonly SuiteKernel[]): SuiteKernel | undefined {
  const named = kernels.filter(({ suite, kernel }) => suite === suiteOfRow(row) && kernel.kernelName === row.kernel)
  const wanted = spell(row.program.slice(row.suite.length + 1))
  const same = named.filter(({ program }) => spell(program) === wanted)
  if (same.length > 0) return nearest(row, same)
  const akin = named.filter(({ program }) => spell(program).startsWith(wanted) || wanted.startsWith(spell(program)))
  if (akin.length > 0) return nearest(row, akin)
  return nearest(
    row,
    named.filter((one) => distance(row.counts, one.counts) <= alike),
  )
}

function spell(program: string): string {
  return program
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^ocl/, '')
}

function nearest(row: GreweRow, kernels: readonly SuiteKernel[]): SuiteKernel | undefined {
  const ranked = kernels.map((one) => ({ one, apart: distance(row.counts, one.counts) }))
  return ranked.sort((a, b) => a.apart - b.apart || a.one.kernel.id - b.one.kernel.id)[0]?.one
}

function distance(a: GreweCounts, b: GreweCounts): number {
  const names = ['comp', 'mem', 'localmem', 'coalesced', 'atomic'] as const
  const apart = names.reduce((sum, name) => sum + Math.abs(a[name] - b[name]), 0)
  return apart / Math.max(1, ...[a, b].map((counts) => names.reduce((sum, name) => sum + counts[name], 0)))
}
