// A store with two mined kernels, one of them a duplicate, one held out, one seed, and a synthesized kernel that two
// targets kept. Its names and texts hold what breaks careless formats.

import { join } from 'node:path'
import { type ExportEntry, readEntries } from '../../../corpora/export/entries.ts'
import { namedSpaces } from '../../../corpora/export/fields.ts'
import type { ExportSource } from '../../../corpora/export/format.ts'
import { type ExportSelection, Store } from '../../../corpora/index.ts'
import { sampleBenchmark, sampleKernel, sampleRun, temporaryFolder } from '../samples.ts'

/** A key as real ones are: 32 hex digits. */
export const keyOf = (digit: string): string => digit.repeat(32)

export const mined: string = keyOf('a')
export const duplicate: string = keyOf('b')
export const heldOut: string = keyOf('c')
export const seed: string = keyOf('d')
export const synthesized: string = keyOf('e')

const grewe = Float64Array.of(3, 0, 2, 0, 1, 0, 0.5, 1.5)
const own = { 'my-space': Float64Array.of(7, Number.NaN) }

/** @returns the path of the store */
export function sampleStore(): string {
  const path = join(temporaryFolder(), 'corpus.db')
  using store = Store.open(path)
  const kernel = (key: string, changes: Parameters<typeof sampleKernel>[1] = {}): ReturnType<typeof sampleKernel> =>
    sampleKernel(key, { text: `kernel void f0(global float* p0) {\n  p0[0] = "${key[0]}", 1;\n}\n`, ...changes })
  const hostile = 'a, "b"/\n#error out of the comment \\'
  store.kernels.add(kernel(mined, { features: { grewe, ...own }, path: hostile }))
  store.kernels.add(
    kernel(duplicate, { features: { grewe }, irKey: `ir-${mined}`, licence: 'GPL', licenceClass: 'copyleft' }),
  )
  store.kernels.add(kernel(heldOut, { features: { grewe }, heldOut: 'name: parboil' }))
  store.kernels.add(kernel(seed, { features: { grewe }, origin: 'seed', repository: 'benchsteer', commit: null }))
  const runId = store.runs.start(sampleRun())
  const found = kernel(synthesized, {
    ...{ features: { grewe, 'grewe+my-space': grewe, ...own }, origin: 'synthesized', licence: 'unknown' },
    ...{ licenceClass: 'unknown', repository: null, commit: null, path: null },
  })
  const target = Float64Array.of(3, 1, Number.NEGATIVE_INFINITY, Number.NaN, 1, 0, 0, 0)
  const targetUpper = Float64Array.of(3, 4, 2, Number.NaN, 1, 0, 0, 0)
  store.benchmarks.commit(sampleBenchmark(runId, found, { target, targetUpper, targetName: 'near', distance: 0.25 }))
  store.benchmarks.commit(sampleBenchmark(runId, found, { target: grewe, targetName: 'far', modelHash: null }))
  const seedKernel = kernel(seed, { features: { grewe }, origin: 'seed' })
  store.benchmarks.commit(sampleBenchmark(runId, seedKernel, { target, targetUpper, targetName: 'near', distance: 2 }))
  store.benchmarks.rank(runId)
  return path
}

/** What a format is given. */
export function sourceOf(store: Store, selection: ExportSelection): ExportSource {
  return { what: selection.what, entries: readEntries(store, selection), spaces: namedSpaces(store), store }
}

export async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Keys of kernels; with the name of its target, of a benchmark. */
export async function namesOf(entries: AsyncIterable<ExportEntry>): Promise<string[]> {
  return (await gather(entries)).map(({ kernel, benchmark }) => {
    return benchmark === null ? kernel.key[0] : `${kernel.key[0]} ${benchmark.targetName}`
  })
}
