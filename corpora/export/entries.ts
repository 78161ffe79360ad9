// Which kernels or benchmarks of a store are exported, read a page at a time.

import { setImmediate } from 'node:timers/promises'
import { BenchError } from '../../kernels/index.ts'
import type { LicenceClass } from '../licence.ts'
import type { BenchmarkFilter } from '../store/benchmark-table.ts'
import type { KernelFilter } from '../store/kernel-table.ts'
import type { KernelOrigin, StoredBenchmark, StoredKernel } from '../store/records.ts'
import type { Store } from '../store/store.ts'

/** What an export has a line for. */
export type ExportUnit = 'kernels' | 'benchmarks'

/** Which kernels or benchmarks; conditions add up. */
export interface ExportSelection {
  readonly what: ExportUnit
  /** Benchmarks whose target lies in this feature space; kernels that are measured in it. Default any. */
  readonly space?: string
  /** Of the kernel. Default any. */
  readonly origin?: KernelOrigin
  /** Of the kernel. Default any. */
  readonly licenceClass?: LicenceClass
  /** Benchmarks of this target; kernels have none. Default any. */
  readonly targetName?: string
  /** Only benchmarks of rank 1, the nearest of each target of a run; kernels have none. Default false. */
  readonly bestOnly?: boolean
  /**
   * Also benchmarks that the manifest leaves out: those filed on the way, of searches that did not end, beyond what a search was
   * to keep, and what several searches found for one target; kernels have none. Default false.
   */
  readonly includeInterim?: boolean
  /** Also kernels with the IR of an earlier one; benchmarks come with or without. Default false. */
  readonly includeDuplicates?: boolean
  /** Also kernels of the evaluation suites. Default false. */
  readonly includeHeldOut?: boolean
}

/** One kernel to be exported, for its own sake or for that of a benchmark. */
export interface ExportEntry {
  readonly kernel: StoredKernel
  /** By feature space id. */
  readonly features: Readonly<Record<string, Float64Array>>
  /** Null where kernels are exported. */
  readonly benchmark: StoredBenchmark | null
}

/** @throws {RangeError} where kernels are to have targets */
export function countEntries(store: Store, selection: ExportSelection): number {
  return selection.what === 'kernels'
    ? store.kernels.count(kernelFilter(selection))
    : store.benchmarks.count(benchmarkFilter(selection))
}

/**
 * Entries in the order they came into the store.
 * @throws {RangeError} where kernels are to have targets
 */
export async function* readEntries(
  store: Store,
  selection: ExportSelection,
  signal?: AbortSignal,
): AsyncGenerator<ExportEntry> {
  const entries = selection.what === 'kernels' ? kernelEntries(store, selection) : benchmarkEntries(store, selection)
  let sinceBreak = 0
  for (const entry of entries) {
    yield entry
    // The store is synchronous: without a break now and then no signal would arrive.
    if (++sinceBreak % 100 === 0) await setImmediate()
    signal?.throwIfAborted()
  }
}

function* kernelEntries(store: Store, selection: ExportSelection): Generator<ExportEntry> {
  for (const kernel of store.kernels.list(kernelFilter(selection))) {
    yield { kernel, features: store.kernels.featuresOf(kernel.id), benchmark: null }
  }
}

function* benchmarkEntries(store: Store, selection: ExportSelection): Generator<ExportEntry> {
  for (const benchmark of store.benchmarks.list(benchmarkFilter(selection))) {
    const kernel = store.kernels.find(benchmark.kernelKey)
    if (kernel === undefined) throw new BenchError('STORE_CORRUPT', `benchmark ${benchmark.id} has no kernel`)
    yield { kernel, features: benchmark.features, benchmark }
  }
}

function kernelFilter(selection: ExportSelection): KernelFilter {
  const { space, origin, licenceClass, targetName, bestOnly, includeInterim, includeDuplicates } = selection
  if (targetName !== undefined) throw new RangeError(`target: kernels have none, received '${targetName}'`)
  if (includeInterim) throw new RangeError('all: kernels are exported whatever became of their searches')
  if (bestOnly) throw new RangeError('best: kernels have no targets to be best for')
  return { space, origin, licenceClass, includeDuplicates, heldOut: selection.includeHeldOut ? 'include' : 'exclude' }
}

function benchmarkFilter(selection: ExportSelection): BenchmarkFilter {
  const { space, origin, licenceClass, targetName, bestOnly, includeInterim } = selection
  // The best of each search may be what an earlier one found, too.
  const kept = includeInterim ? undefined : bestOnly ? 'each' : 'distinct'
  const heldOut = selection.includeHeldOut ? 'include' : 'exclude'
  return { space, origin, licenceClass, targetName, bestOnly, kept, heldOut }
}
