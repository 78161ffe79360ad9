import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { Store } from '../../corpora/index.ts'
import { sampleMeasurement } from './sample-measurement.ts'
import { sampleBenchmark, sampleKernel, sampleRun, temporaryFolder } from './samples.ts'

const newPath = (): string => join(temporaryFolder(), 'corpus.db')

describe('the overview of a store', () => {
  it('has all rows in the order they were added, pages or not', () => {
    using store = Store.open(newPath())
    expect(store.overview.extent()).toEqual({ kernels: 0, benchmarks: 0, validations: 0, measurements: 0 })
    expect(store.overview.kernels()).toEqual([])
    // More than a page of them.
    const count = 10_003
    store.transaction(() => {
      for (let i = 0; i < count; i++) {
        store.kernels.add(
          sampleKernel(`${i}`.padStart(32, '0'), {
            features: { short: Float64Array.of(i), long: new Float64Array(40).fill(i) },
          }),
        )
      }
    })
    const kernels = store.overview.kernels()
    expect(kernels.map(([id]) => id)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
    expect(kernels[7]).toEqual([8, '0'.repeat(16), 'mined', 20, 'someone/somewhere'])
    for (const [space, length] of [
      ['short', 1],
      ['long', 40],
    ] as const) {
      const seen: number[] = []
      store.overview.eachVector(space, length, (id, values, offset) => {
        seen.push(id - 1 - values.getFloat64(offset + 8 * (length - 1), true))
      })
      expect(seen).toEqual(new Array(count).fill(0))
      store.overview.eachVector(space, length + 1, () => seen.push(1))
      expect(seen).toHaveLength(count)
    }
    expect(store.overview.extent().kernels).toBe(count)
  })

  it('has words with quotes and line ends as they are', () => {
    using store = Store.open(newPath())
    const runId = store.runs.start(sampleRun())
    const name = 'a "b"\n[c],\\'
    store.benchmarks.commit(sampleBenchmark(runId, sampleKernel('k'), { targetName: name }))
    expect(store.overview.benchmarks()).toEqual([[1, 1, 'grewe', name, 1.5, 92.25, 1]])
    store.measurements.add(sampleMeasurement(1, { deviceName: name }))
    expect(store.overview.times()).toEqual([[1, 1, 'pocl:cpu', name, 'measured', 1024, 1250]])
  })

  it('knows of each target which kernel is nearest', () => {
    using store = Store.open(newPath())
    const runId = store.runs.start(sampleRun())
    for (const [key, distance] of [
      ['far', 3],
      ['near', 1],
      ['between', 2],
    ] as const) {
      store.benchmarks.commit(sampleBenchmark(runId, sampleKernel(key), { distance }))
    }
    expect(store.overview.targets()).toEqual([
      {
        ...{ space: 'grewe', name: 'rodinia/bfs/BFS_1', target: Float64Array.of(1, 0, 2, Number.NaN) },
        ...{ targetUpper: null, nearestKernelId: 2 },
      },
    ])
  })
})

describe('ancestors', () => {
  it('are kept once, with the benchmark or not at all', () => {
    using store = Store.open(newPath())
    const runId = store.runs.start(sampleRun())
    const ancestors = [{ key: 'parent', text: 'kernel void f0() {}' }]
    store.benchmarks.commit(sampleBenchmark(runId, sampleKernel('a'), { ancestors }))
    store.benchmarks.commit(sampleBenchmark(runId, sampleKernel('b'), { ancestors }))
    expect(store.benchmarks.ancestor('parent')).toBe('kernel void f0() {}')
    const unknownRun = sampleBenchmark(99, sampleKernel('c'), { ancestors: [{ key: 'other', text: '' }] })
    expect(() => store.benchmarks.commit(unknownRun)).toThrow(RangeError)
    expect(store.benchmarks.ancestor('other')).toBeUndefined()
    expect(store.kernels.count()).toBe(2)
  })
})

describe('a store that is only read', () => {
  it('is read while another process is in the middle of writing', () => {
    const path = newPath()
    using writer = Store.open(path)
    writer.kernels.add(sampleKernel('a'))
    using reader = Store.open(path, { readOnly: true })
    writer.transaction(() => {
      writer.kernels.add(sampleKernel('b'))
      expect(reader.kernels.count()).toBe(1)
    })
    expect(reader.kernels.count()).toBe(2)
  })

  it('refuses every change', () => {
    const path = newPath()
    Store.open(path)[Symbol.dispose]()
    using reader = Store.open(path, { readOnly: true })
    expect(() => reader.kernels.add(sampleKernel('a'))).toThrow(expect.objectContaining({ code: 'STORE_READONLY' }))
    expect(reader.kernels.count()).toBe(0)
  })

  it('is not made, and not brought up to date', () => {
    const path = newPath()
    const missing = expect.objectContaining({ code: 'STORE_MISSING' })
    expect(() => Store.open(path, { readOnly: true })).toThrow(missing)
    Store.open(path)[Symbol.dispose]()
    const older = new Libsql(path)
    older.exec('PRAGMA user_version = 1')
    older.close()
    const tooOld = expect.objectContaining({ code: 'STORE_OLDER', message: expect.stringContaining('corpora stats') })
    expect(() => Store.open(path, { readOnly: true })).toThrow(tooOld)
  })
})
