// A small store with what a summary has to cope with: several rounds, a match, a search that found nothing.

import type { Store, StoredRun, TracePoint } from '../../../corpora/index.ts'
import { sampleBenchmark, sampleKernel, sampleRun } from '../samples.ts'

/** What a search is given and what it finds. */
export interface SampleSearch {
  readonly target: string
  readonly seed?: number
  readonly space?: string
  /** Proximity by key, in the order they are committed. */
  readonly found?: Readonly<Record<string, number>>
  readonly keep?: number
  readonly trace?: readonly TracePoint[]
  /** Default finished. */
  readonly status?: StoredRun['status']
  readonly values?: readonly (number | null)[]
}

/** A search of 10 s that sampled 200 candidates. */
export function addSearch(store: Store, search: SampleSearch): void {
  const { target, seed = 7, space = 'grewe', found = {}, keep = 8, trace, status = 'finished', values } = search
  const options = { space, target, values: values ?? [1, 0, 2, null], width: 32, keep }
  const runId = store.runs.start(sampleRun({ options, seed }))
  for (const [i, [key, proximity]] of Object.entries(found).entries()) {
    const features = { [space]: Float64Array.of(1 + i, 0, 2, 0.5) }
    const kernel = sampleKernel(key, { origin: 'synthesized', licence: 'unknown', licenceClass: 'unknown', features })
    const distance = (100 - proximity) / 10
    store.benchmarks.commit(sampleBenchmark(runId, kernel, { space, targetName: target, proximity, distance, seed }))
  }
  if (status === 'running') return
  const funnel = { sampled: 200, parsed: 100, built: Object.keys(found).length }
  store.runs.finish(runId, { status, endedAtMs: 1_700_000_010_000, funnel, trace })
  store.benchmarks.rank(runId)
}

/** `[generation, elapsedMs, proximity]`; a hundred candidates a second. */
export function traceOf(...points: readonly (readonly [number, number, number])[]): TracePoint[] {
  return points.map(([generation, elapsedMs, proximity]) => ({
    ...{ generation, elapsedMs, proximity },
    sampled: elapsedMs / 10,
  }))
}

export function addSampleSearches(store: Store): void {
  const near = traceOf([0, 100, 60], [2, 2000, 90], [9, 9000, 90])
  addSearch(store, { target: 'rodinia/bfs/BFS_1', seed: 1, found: { aa: 90, ab: 80 }, trace: near })
  addSearch(store, { target: 'rodinia/bfs/BFS_1', seed: 2, found: { aa: 90, ac: 70 } })
  const exact = traceOf([0, 100, 60], [3, 3000, 100])
  addSearch(store, { target: 'exact', found: { ba: 100, aa: 65 }, trace: exact })
  addSearch(store, { target: 'lost', status: 'failed', values: [1, 2, 3, 4] })
}
