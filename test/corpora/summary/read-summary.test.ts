import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CorpusSummary, readSummary, Store } from '../../../corpora/index.ts'
import { sampleBenchmark, sampleKernel, sampleRun, temporaryFolder } from '../samples.ts'
import { addSampleSearches, addSearch, traceOf } from './sample-store.ts'

function summarize(fill: (store: Store) => void): CorpusSummary {
  using store = Store.open(join(temporaryFolder(), 'run.db'))
  fill(store)
  return readSummary(store)
}

describe('readSummary', () => {
  it('puts the farthest targets first, with the nearest kernel and the searches of each', () => {
    const [{ targets }] = summarize(addSampleSearches).spaces
    expect(targets.map(({ name }) => name)).toEqual(['lost', 'rodinia/bfs/BFS_1', 'exact'])
    expect(targets[1].best).toMatchObject({ key: 'aa', proximity: 90, distance: 1, seed: 1 })
    expect(targets[1].searches.map(({ seed, proximity }) => [seed, proximity])).toEqual([
      [1, 90],
      [2, 90],
    ])
    expect(targets[0]).toMatchObject({ best: undefined, searches: [{ status: 'failed', proximity: 0 }] })
  })

  it('takes of equal kernels the one that stands first in its search', () => {
    const [{ targets }] = summarize((store) => {
      const runId = store.runs.start(sampleRun())
      for (const [i, key] of ['c', 'a', 'b'].entries()) {
        store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key), { place: i + 1 }))
      }
      store.benchmarks.rank(runId)
    }).spaces
    expect(targets.map(({ best }) => best?.key)).toEqual(['c'])
  })

  it('keeps targets of one name and different values apart', () => {
    const [{ targets }] = summarize((store) => {
      addSearch(store, { target: 'a', found: { near: 90 } })
      addSearch(store, { target: 'a', values: [5, 5, 5, 5] })
      addSearch(store, { target: 'a', seed: 8, found: { far: 40 } })
    }).spaces
    expect(targets.map(({ name, best, searches }) => [name, best?.key, searches.length])).toEqual([
      ['a', undefined, 1],
      ['a', 'near', 2],
    ])
  })

  it('tells when the search had come as near as its best kernel', () => {
    const [{ targets }] = summarize(addSampleSearches).spaces
    expect(targets.map(({ best }) => best?.reached?.elapsedMs)).toEqual([undefined, 2000, 3000])
  })

  it('takes the last improvement where what was filed is nearer than the search had seen', () => {
    const trace = traceOf([0, 100, 60], [2, 2000, 90], [9, 9000, 90])
    const [{ targets }] = summarize((store) => addSearch(store, { target: 't', found: { a: 91 }, trace })).spaces
    expect(targets[0].best?.reached?.elapsedMs).toBe(2000)
  })

  it('counts each kernel once a target and each normal form once', () => {
    const { spaces, kernels } = summarize(addSampleSearches)
    expect(spaces[0]).toMatchObject({ benchmarks: 5, normalForms: 4 })
    expect(spaces[0].vectors.length).toBe(4)
    expect(kernels).toMatchObject({ normalForms: 4, distinctIr: 4, licences: { unknown: 4 } })
  })

  it('counts kernels of one IR once, and tells lineages apart', () => {
    const { kernels } = summarize((store) => {
      const runId = store.runs.start(sampleRun())
      const step = { generation: 1, parent: 'x', holeKind: 'edit', holeSpan: [0, 1] } as const
      const seed = { ...step, generation: 0, parent: null, holeKind: 'none', proposal: 'seed sum' } as const
      const lineages = { a: [seed], b: [seed, { ...step, proposal: 'edit swap' }] }
      for (const [key, lineage] of Object.entries(lineages)) {
        const novelty = key === 'a' ? { isCopy: true, seedRun: 9, minedDistance: 0 } : null
        store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key, { irKey: 'same' }), { lineage, novelty }))
      }
      store.benchmarks.rank(runId)
    })
    expect(kernels).toMatchObject({ normalForms: 2, distinctIr: 1, lineages: { seed: 1, edit: 1, infill: 0 } })
    expect(kernels).toMatchObject({ copies: 1, unknownNovelty: 1 })
  })

  it('leaves out what a search filed beyond what it was to keep, and what it has not ranked yet', () => {
    const [{ targets, normalForms }] = summarize((store) => {
      addSearch(store, { target: 'a', found: { far: 40, near: 80 }, keep: 1 })
      addSearch(store, { target: 'b', found: { interim: 50 }, status: 'running' })
    }).spaces
    expect(normalForms).toBe(1)
    expect(targets.map(({ name, best }) => [name, best?.key])).toEqual([
      ['b', undefined],
      ['a', 'near'],
    ])
  })

  it('adds the funnels and the times of the searches that ended', () => {
    const { spaces, provenance } = summarize((store) => {
      addSampleSearches(store)
      addSearch(store, { target: 'x', status: 'running' })
    })
    expect(spaces[0]).toMatchObject({ funnel: { sampled: 800, parsed: 400, built: 6 }, searchedMs: 40_000 })
    expect(provenance).toMatchObject({
      ...{ versions: ['0.1.0'], modelHashes: ['beef'], seeds: [1, 2, 7], devices: ['pthread-cpu'], searches: 5 },
      ...{ settings: { width: ['32'], keep: ['8'] }, firstStartMs: 1_700_000_000_000, lastEndMs: 1_700_000_010_000 },
    })
    expect(Object.keys(provenance.settings)).toEqual(['width', 'keep'])
  })

  it('places a target where it matches nearest to its best kernel', () => {
    const [{ targets }] = summarize((store) => {
      const runId = store.runs.start(sampleRun())
      const kernel = sampleKernel('a', { features: { grewe: Float64Array.of(9, 3, 2, 0.5) } })
      const target = Float64Array.of(1, 0, 4, Number.NaN)
      const targetUpper = Float64Array.of(5, Number.POSITIVE_INFINITY, 4, Number.NaN)
      store.benchmarks.commit(sampleBenchmark(runId, kernel, { target, targetUpper }))
      store.benchmarks.rank(runId)
      addSearch(store, { target: 'lost', values: [1, 2, 3, 4] })
      addSearch(store, { target: 'open', values: [1, 2, 3, null] })
    }).spaces
    const points = targets.map(({ name, point }) => [name, point && [...point]])
    expect(points).toEqual([
      ['lost', [1, 2, 3, 4]],
      ['open', undefined],
      ['rodinia/bfs/BFS_1', [5, 3, 4, 0.5]],
    ])
  })

  it('knows by other searches what space a search without result was in', () => {
    const { spaces } = summarize((store) => {
      const found = sampleRun({ options: { space: 'grewe,instcount=0.5', target: 'a' } })
      const runId = store.runs.start(found)
      const kernel = sampleKernel('a', { features: { 'grewe+instcount': Float64Array.of(1, 2) } })
      const place = { space: 'grewe+instcount', targetName: 'a', target: Float64Array.of(1, 2) }
      store.benchmarks.commit(sampleBenchmark(runId, kernel, place))
      store.benchmarks.rank(runId)
      store.runs.start({ ...found, options: { ...found.options, target: 'b' } })
    })
    expect(spaces.map(({ id, targets }) => [id, targets.map(({ name }) => name)])).toEqual([
      ['grewe+instcount', ['b', 'a']],
    ])
  })

  it('is empty for an empty store', () => {
    expect(summarize(() => {})).toMatchObject({ spaces: [], provenance: { searches: 0, firstStartMs: null } })
  })
})
