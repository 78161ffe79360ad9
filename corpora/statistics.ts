// What a corpus holds and what was lost on the way, in numbers.

import type { KernelOrigin, KernelRecord, SourceRecord } from './store/records.ts'

/** Nearest-rank percentiles of some numbers; 0 for none. */
export interface Percentiles {
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
}

/** A corpus in numbers. */
export interface CorpusStatistics {
  readonly sources: { readonly count: number; readonly files: number; readonly units: number; readonly kernels: number }
  readonly kernels: {
    /** Distinct normal forms. */
    readonly normalForms: number
    /** Of these, distinct by IR too. */
    readonly distinctByIr: number
    /** Distinct by IR and held out of training. */
    readonly heldOut: number
    /** Distinct by IR and fit for training. */
    readonly usable: number
    readonly byOrigin: Readonly<Record<KernelOrigin, number>>
    /** Repositories that gave usable kernels. */
    readonly repositories: number
  }
  /** Over usable kernels. */
  readonly tokens: {
    readonly total: number
    /** Tokens per kernel. */
    readonly percentiles: Percentiles
  }
  /** Usable kernels by licence class, and by licence, most frequent first. */
  readonly licenceClasses: Readonly<Record<string, number>>
  readonly licences: Readonly<Record<string, number>>
  /** Usable kernels by repository, most frequent first. */
  readonly repositories: Readonly<Record<string, number>>
  /** Held-out kernels by reason, most frequent first. */
  readonly heldOut: Readonly<Record<string, number>>
  /** Units and kernels lost while mining, by reason, most frequent first. */
  readonly losses: Readonly<Record<string, number>>
}

/** What counting needs to know of a kernel. */
export type CountedKernel = Pick<
  KernelRecord,
  'origin' | 'repository' | 'licence' | 'licenceClass' | 'heldOut' | 'tokenCount'
> & { readonly duplicateOf: string | null }

/**
 * Count a corpus in one pass.
 * @param kernels - duplicates and held-out kernels included
 */
export function countCorpus(sources: Iterable<SourceRecord>, kernels: Iterable<CountedKernel>): CorpusStatistics {
  const totals = countSources(sources)
  const byOrigin = { mined: 0, seed: 0, synthesized: 0 }
  const counts = { normalForms: 0, distinctByIr: 0, heldOut: 0, usable: 0 }
  const licenceClasses = new Counter()
  const licences = new Counter()
  const repositories = new Counter()
  const heldOut = new Counter()
  const lengths: number[] = []
  for (const kernel of kernels) {
    counts.normalForms++
    byOrigin[kernel.origin]++
    if (kernel.duplicateOf !== null) continue
    counts.distinctByIr++
    if (kernel.heldOut !== null) {
      counts.heldOut++
      heldOut.add(reasonKind(kernel.heldOut))
      continue
    }
    counts.usable++
    lengths.push(kernel.tokenCount)
    licenceClasses.add(kernel.licenceClass)
    licences.add(kernel.licence)
    if (kernel.repository !== null) repositories.add(kernel.repository)
  }
  return {
    sources: totals.sources,
    kernels: { ...counts, byOrigin, repositories: repositories.size },
    tokens: { total: lengths.reduce((sum, length) => sum + length, 0), percentiles: percentilesOf(lengths) },
    licenceClasses: licenceClasses.toRecord(),
    licences: licences.toRecord(),
    repositories: repositories.toRecord(),
    heldOut: heldOut.toRecord(),
    losses: totals.losses.toRecord(),
  }
}

function countSources(sources: Iterable<SourceRecord>): { sources: CorpusStatistics['sources']; losses: Counter } {
  const totals = { count: 0, files: 0, units: 0, kernels: 0 }
  const losses = new Counter()
  for (const source of sources) {
    totals.count++
    totals.files += source.files
    totals.units += source.units
    totals.kernels += source.kernels
    for (const [reason, lost] of Object.entries(source.losses)) losses.add(reason, lost)
  }
  return { sources: totals, losses }
}

/** `content: 12 shingles` and `content: 3 shingles` are one kind. */
function reasonKind(reason: string): string {
  return reason.replace(/\d+/g, 'n').toLowerCase()
}

/** Summarise numbers in any order. */
export function percentilesOf(values: Iterable<number>): Percentiles {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number): number => percentile(sorted, share)
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}

/** Nearest rank; 0 for no values. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

/** Counts by name. */
export class Counter {
  readonly #counts = new Map<string, number>()

  get size(): number {
    return this.#counts.size
  }

  add(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by)
  }

  /** Most frequent first; ties by name. */
  toRecord(): Record<string, number> {
    const entries = [...this.#counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    return Object.fromEntries(entries)
  }
}
