import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { Store } from '../../corpora/index.ts'
import { toStoreError } from '../../corpora/store/store-error.ts'
import { sampleBenchmark, sampleKernel, sampleRun, sampleSource, temporaryFolder } from './samples.ts'

const newPath = (): string => join(temporaryFolder(), 'corpus.db')
const keysOf = (kernels: Iterable<{ key: string }>): string[] => Array.from(kernels, ({ key }) => key)

describe('Store.open', () => {
  it('creates a sound, empty store and keeps what was added', () => {
    const path = newPath()
    {
      using store = Store.open(path)
      expect(store.integrityCheck()).toEqual([])
      store.kernels.add(sampleKernel('a'))
    }
    using again = Store.open(path, { mustExist: true })
    expect(keysOf(again.kernels.list())).toEqual(['a'])
  })

  it('leaves everything in the one file when the last user closes it', () => {
    const path = newPath()
    {
      using store = Store.open(path)
      store.kernels.add(sampleKernel('a'))
    }
    copyFileSync(path, `${path}.copy`)
    using copy = Store.open(`${path}.copy`)
    expect(copy.kernels.count()).toBe(1)
  })

  it('says that a file is not a database', () => {
    const path = newPath()
    writeFileSync(path, 'kernel void f0() {}\n'.repeat(1000))
    expect(() => Store.open(path)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }))
    expect(readFileSync(path, 'utf8')).toContain('kernel void')
  })

  it('says that a database is of another program, and leaves it as it is', () => {
    const path = newPath()
    const foreign = new Libsql(path)
    foreign.exec('CREATE TABLE songs (title TEXT)')
    foreign.close()
    expect(() => Store.open(path)).toThrow(/not a benchsteer store/)
    const after = new Libsql(path)
    expect(after.prepare('SELECT name FROM sqlite_schema').all([])).toEqual([{ name: 'songs' }])
    after.close()
  })

  it('says that a store was written by a later version', () => {
    const path = newPath()
    Store.open(path)[Symbol.dispose]()
    const later = new Libsql(path)
    later.exec('PRAGMA user_version = 99')
    later.close()
    const newer = expect.objectContaining({ code: 'STORE_NEWER', message: expect.stringContaining('schema 99') })
    expect(() => Store.open(path)).toThrow(newer)
  })

  it('says that a damaged store is damaged', () => {
    const path = newPath()
    {
      using store = Store.open(path)
      for (let i = 0; i < 200; i++) store.kernels.add(sampleKernel(`k${i}`))
    }
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 4096)
    writeFileSync(path, bytes)
    expect(() => {
      using store = Store.open(path)
      return keysOf(store.kernels.list())
    }).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }))
  })

  it('refuses a missing file, a folder and a file in a missing folder', () => {
    const folder = temporaryFolder()
    const open =
      (path: string, mustExist = false) =>
      () =>
        Store.open(path, { mustExist })
    expect(open(join(folder, 'none.db'), true)).toThrow(expect.objectContaining({ code: 'STORE_MISSING' }))
    expect(existsSync(join(folder, 'none.db'))).toBe(false)
    expect(open(folder)).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }))
    expect(open(join(folder, 'none', 'x.db'))).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }))
    mkdirSync(join(folder, 'x.db'))
    expect(open(join(folder, 'x.db'))).toThrow(/cannot be opened/)
  })

  it('gives read-only files, full disks and locks their own codes', () => {
    const codeOf = (rawCode: number): unknown => {
      const error = toStoreError(Object.assign(new Error('from SQLite'), { rawCode }), 'corpus.db')
      return (error as { code?: string }).code
    }
    expect([8, 1544, 13, 5, 11, 10].map(codeOf)).toEqual([
      ...['STORE_READONLY', 'STORE_READONLY', 'STORE_FULL'],
      ...['STORE_BUSY', 'STORE_CORRUPT', 'STORE_FAILED'],
    ])
  })

  it('refuses to work after it was disposed of, twice if need be', () => {
    const store = Store.open(newPath())
    store[Symbol.dispose]()
    store[Symbol.dispose]()
    expect(() => store.kernels.count()).toThrow('Store was used after it was disposed of')
  })
})

describe('transaction', () => {
  it('keeps all or nothing', () => {
    using store = Store.open(newPath())
    const fail = (): void =>
      store.transaction(() => {
        store.kernels.add(sampleKernel('a'))
        throw new Error('stop')
      })
    expect(fail).toThrow('stop')
    expect(store.kernels.count()).toBe(0)
    store.kernels.add(sampleKernel('b'))
    expect(keysOf(store.kernels.list())).toEqual(['b'])
  })
})

describe('store.sources', () => {
  it('knows which commits are complete and gives back what was recorded', () => {
    using store = Store.open(newPath())
    const source = sampleSource('b/b', { licenceClass: 'unknown', url: 'https://example.org/b' })
    store.sources.add(source)
    store.sources.add(sampleSource('a/a'))
    store.sources.add(source)
    expect(store.sources.isComplete('b/b', 'c0ffee')).toBe(true)
    expect(store.sources.isComplete('b/b', 'other')).toBe(false)
    expect(store.sources.list()).toEqual([sampleSource('a/a'), source])
  })
})

describe('store.runs', () => {
  it('starts, saves and finishes a run', () => {
    using store = Store.open(newPath())
    const id = store.runs.start(sampleRun())
    store.runs.saveFunnel(id, { parsed: 3 })
    expect(store.runs.find(id)).toEqual({
      ...sampleRun(),
      id,
      endedAtMs: null,
      status: 'running',
      funnel: { parsed: 3 },
      trace: [],
    })
    const trace = [{ generation: 2, elapsedMs: 900, sampled: 64, proximity: 88.5 }]
    store.runs.finish(id, { status: 'stopped', endedAtMs: 5, funnel: { parsed: 4 }, trace })
    expect(store.runs.list()).toMatchObject([{ status: 'stopped', endedAtMs: 5, funnel: { parsed: 4 }, trace }])
    store.runs.restart(id, 6)
    expect(store.runs.find(id)).toMatchObject({ status: 'running', endedAtMs: null, trace: [] })
    expect(() => store.runs.saveFunnel(99, {})).toThrow('no run 99')
  })
})

describe('store.benchmarks', () => {
  it('commits a benchmark with its kernel and features, once', () => {
    using store = Store.open(newPath())
    const runId = store.runs.start(sampleRun())
    const kernel = sampleKernel('a', { origin: 'synthesized', repository: null })
    const first = store.benchmarks.commit(sampleBenchmark(runId, kernel))
    const second = store.benchmarks.commit(sampleBenchmark(runId, kernel, { distance: 0 }))
    expect(first.isNew).toBe(true)
    expect(second).toEqual({ ...first, isNew: false })
    const [stored, ...others] = store.benchmarks.list({ runId })
    expect(others).toEqual([])
    const { kernel: _, ...record } = sampleBenchmark(runId, kernel)
    expect(stored).toEqual({
      ...record,
      ...{ id: first.id, version: '0.1.0', kernelKey: 'a', irKey: 'ir-a', kernelName: 'f0', text: kernel.text },
      validated: null,
      features: kernel.features,
    })
  })

  it('tells how its kernel was validated', () => {
    using store = Store.open(newPath())
    const runId = store.runs.start(sampleRun())
    const { kernelId } = store.benchmarks.commit(sampleBenchmark(runId, sampleKernel('a')))
    const validated = (): unknown => [...store.benchmarks.list()][0].validated
    const device = { deviceId: 'd', deviceName: 'd', driver: '1', seed: 1, size: 64, payloadHash: null }
    const add = (level: string, outcome: string): void =>
      store.validations.add({ ...device, kernelId, level, outcome, evidence: {}, version: '0.1.0', validatedAtMs: 5 })
    add('full', 'data-race')
    expect(validated()).toBeNull()
    add('quick', 'accepted')
    expect(validated()).toBe('quick')
    add('full', 'accepted')
    expect(validated()).toBe('full')
  })

  it('takes one kernel for several targets and runs', () => {
    using store = Store.open(newPath())
    const kernel = sampleKernel('a')
    for (const runId of [store.runs.start(sampleRun()), store.runs.start(sampleRun())]) {
      for (const targetName of ['x', 'y']) store.benchmarks.commit(sampleBenchmark(runId, kernel, { targetName }))
    }
    expect(Array.from(store.benchmarks.list()).length).toBe(4)
    expect(Array.from(store.benchmarks.list({ runId: 1, targetName: 'y' })).length).toBe(1)
    expect(store.kernels.count()).toBe(1)
  })

  it('leaves no trace of a benchmark it refuses', () => {
    using store = Store.open(newPath())
    const kernel = sampleKernel('a')
    expect(() => store.benchmarks.commit(sampleBenchmark(42, kernel))).toThrow(RangeError)
    const runId = store.runs.start(sampleRun())
    const bad = sampleBenchmark(runId, kernel, { distance: Number.NaN })
    expect(() => store.benchmarks.commit(bad)).toThrow(/refuses this record/)
    const unmeasured = sampleBenchmark(runId, kernel, { space: 'autophase' })
    expect(() => store.benchmarks.commit(unmeasured)).toThrow('features.autophase: expected 4 values, received none')
    expect(store.kernels.count()).toBe(0)
  })

  it('ranks each target of a run by distance, ties by key', () => {
    using store = Store.open(newPath())
    const runId = store.runs.start(sampleRun())
    const add = (key: string, distance: number, targetName = 'x'): unknown =>
      store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key), { distance, targetName }))
    add('c', 1)
    add('a', 2)
    add('b', 1)
    add('c', 9, 'y')
    store.benchmarks.rank(runId)
    const ranks = Array.from(store.benchmarks.list(), (b) => `${b.targetName}${b.kernelKey}${b.rank}`)
    expect(ranks).toEqual(['xc2', 'xa3', 'xb1', 'yc1'])
  })

  it('ranks equal ones in the order in which their search ended with them, before those filed on the way', () => {
    using store = Store.open(newPath())
    const runId = store.runs.start(sampleRun())
    const add = (key: string, distance: number, place?: number): unknown =>
      store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key), { distance, place }))
    const ranked = (): string[] => {
      store.benchmarks.rank(runId)
      const all = Array.from(store.benchmarks.list(), ({ rank, kernelKey }) => [Number(rank), kernelKey] as const)
      return all.sort(([a], [b]) => a - b).map(([, key]) => key)
    }
    add('a', 1) // on the way
    add('c', 1)
    add('d', 1, 1)
    add('c', 1, 2)
    add('b', 1, 3)
    add('z', 0.5)
    expect(ranked()).toEqual(['z', 'd', 'c', 'b', 'a'])
    store.runs.restart(runId, 1)
    add('b', 1, 1)
    add('a', 1, 2)
    expect(ranked()).toEqual(['z', 'b', 'a', 'c', 'd'])
  })

  it('ranks what a store of an earlier version holds by key', () => {
    const path = newPath()
    {
      using store = Store.open(path)
      const runId = store.runs.start(sampleRun())
      for (const key of ['b', 'a']) store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key)))
    }
    const older = new Libsql(path)
    older.exec('ALTER TABLE benchmarks DROP COLUMN place; DROP TABLE spaces; PRAGMA user_version = 6')
    older.close()
    using store = Store.open(path)
    store.benchmarks.rank(1)
    const ranks = Array.from(store.benchmarks.list(), ({ kernelKey, rank }) => [kernelKey, rank])
    expect(ranks).toEqual([
      ['b', 2],
      ['a', 1],
    ])
    expect(store.integrityCheck()).toEqual([])
  })

  it('tells results from what was filed on the way, and what several runs found for one target', () => {
    using store = Store.open(newPath())
    const [first, second, killed] = [1, 2, 3].map((seed) => store.runs.start(sampleRun({ options: { keep: 2 }, seed })))
    const add = (runId: number, key: string, distance: number, target?: Float64Array): unknown =>
      store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key), { distance, ...(target && { target }) }))
    for (const [i, key] of ['a', 'b', 'c'].entries()) add(first, key, i)
    add(second, 'b', 1)
    add(second, 'd', 2)
    add(killed, 'e', 0)
    const other = store.runs.start(sampleRun({ options: {} }))
    add(other, 'b', 9, Float64Array.of(7, 0, 2, Number.NaN))
    for (const runId of [first, second, other]) store.benchmarks.rank(runId)
    const keys = (kept?: 'each' | 'distinct'): string =>
      Array.from(store.benchmarks.list({ kept }), ({ kernelKey }) => kernelKey).join('')
    expect([keys(), keys('each'), keys('distinct')]).toEqual(['abcbdeb', 'abbdb', 'abdb'])
    expect(store.benchmarks.count({ kept: 'distinct' })).toBe(4)
  })

  it('knows how near runs came that were asked the same, with any seed and nothing else different', () => {
    using store = Store.open(newPath())
    const asked = { kind: 'synth', options: { target: 't', values: [1, 2] }, modelHash: 'beef' }
    const add = (changes: Parameters<typeof sampleRun>[0], key: string, proximity: number): unknown =>
      store.benchmarks.commit(
        sampleBenchmark(store.runs.start(sampleRun({ ...asked, ...changes })), sampleKernel(key), { proximity }),
      )
    add({ seed: 1 }, 'a', 70)
    add({ seed: 2 }, 'b', 90)
    add({ options: { ...asked.options, values: [1, 3] } }, 'c', 100)
    add({ options: { ...asked.options, validate: 'quick' } }, 'd', 100)
    add({ modelHash: 'dead' }, 'e', 100)
    expect(store.benchmarks.proximityOf(asked)).toBe(90)
    expect(store.benchmarks.proximityOf({ ...asked, kind: 'study' })).toBe(0)
  })
})
