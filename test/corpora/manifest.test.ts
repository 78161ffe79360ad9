import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Store, type StoredBenchmark, writeManifest } from '../../corpora/index.ts'
import { sampleBenchmark, sampleKernel, sampleRun, temporaryFolder } from './samples.ts'

const spaces = [
  { id: 'grewe', names: ['comp', 'rational', 'mem', 'F2:coalesced/mem'] },
  { id: 'instcount', names: ['TotalInsts', 'TotalBlocks'] },
]

function threeBenchmarks(): StoredBenchmark[] {
  using store = Store.open(join(temporaryFolder(), 'run.db'))
  const runId = store.runs.start(sampleRun())
  const commit = (key: string, distance: number, targetName?: string): unknown =>
    store.benchmarks.commit(
      sampleBenchmark(runId, sampleKernel(key, { origin: 'synthesized', text: `kernel void f0() { /*${key}*/ }` }), {
        ...{ distance, proximity: 100 - 10 * distance },
        ...(targetName === undefined ? {} : { targetName }),
      }),
    )
  commit('0123456789abcdef0123456789abcdef', 0.5)
  commit('fedcba9876543210fedcba9876543210', 0.25)
  commit('0123456789abcdef0123456789abcdef', 4, 'a')
  store.benchmarks.rank(runId)
  return Array.from(store.benchmarks.results())
}

describe('writeManifest', () => {
  it('writes one .cl a kernel and one line a benchmark, nearest first', async () => {
    const folder = join(temporaryFolder(), 'new', 'out')
    const lines = await writeManifest(folder, threeBenchmarks(), spaces)
    expect(readFileSync(join(folder, 'manifest.jsonl'), 'utf8')).toBe(
      [
        '{"file":"0123456789abcdef.cl","kernel":"f0","features":{"grewe":{"comp":1,"rational":0,"mem":2,"F2:coalesced/mem":0.5},"instcount":{"TotalInsts":29,"TotalBlocks":1}},"space":"grewe","target":{"name":"a","values":{"comp":1,"rational":0,"mem":2}},"distance":4,"proximity":60,"lineage":[{"generation":0,"parent":null,"holeKind":"body","holeSpan":[2,3],"proposal":"directed"}],"seed":7,"modelHash":"beef","version":"0.1.0","device":"pthread-cpu","validated":null,"novelty":{"isCopy":false,"seedRun":12,"minedDistance":2.5},"irKey":"ir-0123456789abcdef0123456789abcdef","key":"0123456789abcdef0123456789abcdef"}',
        '{"file":"fedcba9876543210.cl","kernel":"f0","features":{"grewe":{"comp":1,"rational":0,"mem":2,"F2:coalesced/mem":0.5},"instcount":{"TotalInsts":29,"TotalBlocks":1}},"space":"grewe","target":{"name":"rodinia/bfs/BFS_1","values":{"comp":1,"rational":0,"mem":2}},"distance":0.25,"proximity":97.5,"lineage":[{"generation":0,"parent":null,"holeKind":"body","holeSpan":[2,3],"proposal":"directed"}],"seed":7,"modelHash":"beef","version":"0.1.0","device":"pthread-cpu","validated":null,"novelty":{"isCopy":false,"seedRun":12,"minedDistance":2.5},"irKey":"ir-fedcba9876543210fedcba9876543210","key":"fedcba9876543210fedcba9876543210"}',
        '{"file":"0123456789abcdef.cl","kernel":"f0","features":{"grewe":{"comp":1,"rational":0,"mem":2,"F2:coalesced/mem":0.5},"instcount":{"TotalInsts":29,"TotalBlocks":1}},"space":"grewe","target":{"name":"rodinia/bfs/BFS_1","values":{"comp":1,"rational":0,"mem":2}},"distance":0.5,"proximity":95,"lineage":[{"generation":0,"parent":null,"holeKind":"body","holeSpan":[2,3],"proposal":"directed"}],"seed":7,"modelHash":"beef","version":"0.1.0","device":"pthread-cpu","validated":null,"novelty":{"isCopy":false,"seedRun":12,"minedDistance":2.5},"irKey":"ir-0123456789abcdef0123456789abcdef","key":"0123456789abcdef0123456789abcdef"}',
        '',
      ].join('\n'),
    )
    expect(lines).toBe(3)
    expect(readdirSync(folder).sort()).toEqual(['0123456789abcdef.cl', 'fedcba9876543210.cl', 'manifest.jsonl'])
    expect(readFileSync(join(folder, 'fedcba9876543210.cl'), 'utf8')).toBe(
      'kernel void f0() { /*fedcba9876543210fedcba9876543210*/ }\n',
    )
  })

  it('has the results of a store by space, target and rank, whatever the order in which they were filed', () => {
    using store = Store.open(join(temporaryFolder(), 'run.db'))
    const run = (seed: number): number => store.runs.start(sampleRun({ seed, options: { keep: 2 } }))
    const runs = [run(1), run(2)]
    const add = (runId: number, key: string, targetName: string, distance: number): unknown =>
      store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key), { targetName, distance }))
    for (const [key, distance] of [
      ['c', 3],
      ['b', 2],
      ['a', 1],
    ] as const)
      add(runs[0], key, 'y', distance)
    add(runs[1], 'a', 'y', 1)
    add(runs[1], 'd', 'y', 0)
    add(runs[1], 'e', 'x', 5)
    for (const runId of runs) store.benchmarks.rank(runId)
    const results = Array.from(
      store.benchmarks.results(),
      ({ targetName, rank, kernelKey }) => `${targetName}${rank}${kernelKey}`,
    )
    expect(results).toEqual(['x1e', 'y1d', 'y1a', 'y2b'])
  })

  it('removes the files of the manifest it replaces, and no others', async () => {
    const folder = temporaryFolder()
    const benchmarks = threeBenchmarks()
    await writeManifest(folder, benchmarks, spaces)
    writeFileSync(join(folder, 'notes.cl'), 'mine')
    const forged = `{"file":"notes.cl"}\n{"file":"../x.cl"}\n${readFileSync(join(folder, 'manifest.jsonl'), 'utf8')}`
    writeFileSync(join(folder, 'manifest.jsonl'), forged)
    await writeManifest(folder, benchmarks.slice(0, 1), spaces)
    expect(readdirSync(folder).sort()).toEqual(['0123456789abcdef.cl', 'manifest.jsonl', 'notes.cl'])
  })

  it('names a feature space that it has no names for, and leaves the earlier manifest', async () => {
    const folder = temporaryFolder()
    await writeManifest(folder, threeBenchmarks().slice(0, 1), spaces)
    const before = readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
    const writing = writeManifest(folder, threeBenchmarks(), spaces.slice(0, 1))
    await expect(writing).rejects.toThrow(RangeError)
    await expect(writing).rejects.toThrow('spaces: no names for feature space instcount')
    expect(readFileSync(join(folder, 'manifest.jsonl'), 'utf8')).toBe(before)
    expect(readdirSync(folder).sort()).toEqual(['0123456789abcdef.cl', 'manifest.jsonl'])
  })
})
