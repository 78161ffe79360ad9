// Which benchmarks of a store count as its results: of each search that came to an end, as many of the nearest as it was
// asked to keep. Others were filed on the way, so that a killed search leaves something.

import type { StoredBenchmark } from './store/records.ts'
import type { Store } from './store/store.ts'

/** The nearest of each search, in the order they were committed; what several searches found comes several times. */
export function* keptBenchmarks(store: Store): Generator<StoredBenchmark, void> {
  const keep = new Map<number, number>()
  for (const { id, options } of store.runs.each()) keep.set(id, Number(options.keep ?? Number.POSITIVE_INFINITY))
  for (const benchmark of store.benchmarks.list()) {
    if (benchmark.rank !== null && benchmark.rank <= (keep.get(benchmark.runId) ?? 0)) yield benchmark
  }
}

/** Each kernel once per target. */
export function* withoutRepeats(benchmarks: Iterable<StoredBenchmark>): Generator<StoredBenchmark, void> {
  const seen = new Set<string>()
  for (const benchmark of benchmarks) {
    const id = JSON.stringify([benchmark.space, benchmark.targetName, benchmark.kernelKey])
    if (seen.has(id)) continue
    seen.add(id)
    yield benchmark
  }
}
