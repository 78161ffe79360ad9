// What each source gave to a corpus.

import type { KernelRecord, SourceRecord } from './store/records.ts'

/** What one source gave. */
export interface SourceYield
  extends Pick<SourceRecord, 'repository' | 'commit' | 'licence' | 'licenceClass' | 'units' | 'kernels' | 'losses'> {
  /** Of its kernels, those that no source before it gave, by normal form or IR. */
  readonly added: number
  /** Of these, kept out of training. */
  readonly heldOut: number
}

/** What counting needs to know of a kernel. */
export type YieldedKernel = Pick<KernelRecord, 'repository' | 'commit' | 'heldOut'> & {
  readonly duplicateOf: string | null
}

/**
 * Count what each source gave, most first; ties in the order of `sources`. However often mining was interrupted, the
 * counts are those of one run.
 * @param kernels - duplicates and held-out kernels included
 */
export function countYields(sources: Iterable<SourceRecord>, kernels: Iterable<YieldedKernel>): SourceYield[] {
  const counts = new Map<string, { added: number; heldOut: number }>()
  for (const kernel of kernels) {
    if (kernel.duplicateOf !== null) continue
    const { added, heldOut } = counts.get(idOf(kernel)) ?? none
    counts.set(idOf(kernel), { added: added + 1, heldOut: heldOut + (kernel.heldOut === null ? 0 : 1) })
  }
  return Array.from(sources, (source) => {
    const { repository, commit, licence, licenceClass, units, kernels, losses } = source
    return { repository, commit, licence, licenceClass, units, kernels, ...(counts.get(idOf(source)) ?? none), losses }
  }).sort((a, b) => b.added - a.added)
}

const none = { added: 0, heldOut: 0 }

function idOf({ repository, commit }: Pick<KernelRecord, 'repository' | 'commit'>): string {
  return `${repository}@${commit}`
}
