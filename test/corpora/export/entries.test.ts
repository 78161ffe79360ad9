import { describe, expect, it } from 'vitest'
import { readEntries } from '../../../corpora/export/entries.ts'
import { countEntries, type ExportSelection, Store } from '../../../corpora/index.ts'
import { sampleBenchmark, sampleKernel, sampleRun } from '../samples.ts'
import { namesOf, sampleStore } from './sample-store.ts'

describe('readEntries', () => {
  it.each<[string, ExportSelection, string[]]>([
    ['kernels, without duplicates and held-out ones', { what: 'kernels' }, ['a', 'd', 'e']],
    ['duplicates too', { what: 'kernels', includeDuplicates: true }, ['a', 'b', 'd', 'e']],
    ['held-out kernels too', { what: 'kernels', includeHeldOut: true }, ['a', 'c', 'd', 'e']],
    ['kernels of an origin', { what: 'kernels', origin: 'seed' }, ['d']],
    ['kernels of a licence class', { what: 'kernels', licenceClass: 'permissive' }, ['a', 'd']],
    ['kernels measured in a space', { what: 'kernels', space: 'my-space' }, ['a', 'e']],
    ['benchmarks', { what: 'benchmarks' }, ['e near', 'e far', 'd near']],
    ['the best benchmarks', { what: 'benchmarks', bestOnly: true }, ['e near', 'e far']],
    ['benchmarks of a target', { what: 'benchmarks', targetName: 'near' }, ['e near', 'd near']],
    ['benchmarks steered in a space', { what: 'benchmarks', space: 'my-space' }, []],
    ['benchmarks of an origin', { what: 'benchmarks', origin: 'seed' }, ['d near']],
    ['benchmarks of a licence class', { what: 'benchmarks', licenceClass: 'permissive' }, ['d near']],
    ['nothing', { what: 'kernels', origin: 'mined', licenceClass: 'unknown' }, []],
  ])('gives %s, as many as it counts', async (_, selection, names) => {
    using store = Store.open(sampleStore())
    expect(await namesOf(readEntries(store, selection))).toEqual(names)
    expect(countEntries(store, selection)).toBe(names.length)
  })

  it('leaves out benchmarks that are no results, unless they are wanted', async () => {
    using store = Store.open(sampleStore())
    const runId = store.runs.start(sampleRun({ options: { keep: 1 } }))
    const add = (run: number, key: string, distance: number): unknown =>
      store.benchmarks.commit(sampleBenchmark(run, sampleKernel(key.repeat(32)), { distance, targetName: 't' }))
    for (const [i, key] of ['1', '2'].entries()) add(runId, key, i)
    store.benchmarks.rank(runId)
    add(store.runs.start(sampleRun()), '3', 0)
    const again = store.runs.start(sampleRun())
    add(again, '1', 0)
    store.benchmarks.rank(again)
    const selection = { what: 'benchmarks', targetName: 't' } as const
    const names = async (more: Partial<ExportSelection>): Promise<string> =>
      (await namesOf(readEntries(store, { ...selection, ...more }))).join()
    expect(await names({})).toBe('1 t')
    expect(await names({ bestOnly: true })).toBe('1 t,1 t')
    expect(await names({ includeInterim: true })).toBe('1 t,2 t,3 t,1 t')
    expect(countEntries(store, { ...selection, includeInterim: true })).toBe(4)
  })

  it('leaves out benchmarks whose kernel is held out, unless they are wanted', async () => {
    using store = Store.open(sampleStore())
    const dKey = 'd'.repeat(32)
    store.kernels.add(sampleKernel(dKey, { heldOut: 'name: parboil', features: {} }))
    expect(await namesOf(readEntries(store, { what: 'benchmarks' }))).toEqual(['e near', 'e far'])
    expect(countEntries(store, { what: 'benchmarks', includeHeldOut: true })).toBe(3)
  })

  it('refuses targets for kernels', () => {
    using store = Store.open(sampleStore())
    expect(() => countEntries(store, { what: 'kernels', targetName: 'x' })).toThrow("received 'x'")
    expect(() => countEntries(store, { what: 'kernels', bestOnly: true })).toThrow(RangeError)
    expect(() => countEntries(store, { what: 'kernels', includeInterim: true })).toThrow(RangeError)
  })

  it('stops when told, with the reason', async () => {
    using store = Store.open(sampleStore())
    const stop = new AbortController()
    const entries = readEntries(store, { what: 'kernels' }, stop.signal)
    await entries.next()
    stop.abort(new Error('enough'))
    await expect(entries.next()).rejects.toThrow('enough')
  })
})
