import { describe, expect, it, onTestFinished } from 'vitest'
import { fitPlane, Store } from '../../corpora/index.ts'
import type {
  KernelsColumns,
  KernelsHeader,
  MapColumns,
  MapHeader,
  TimesColumns,
  TimesHeader,
} from '../../explorer/page/messages.ts'
import { unpack } from '../../explorer/page/packing.ts'
import { keyOf } from '../../explorer/page/rows.ts'
import { Session } from '../../explorer/session.ts'
import { sampleKernel } from '../corpora/samples.ts'
import { keys, lineText, writeStore } from './stores.ts'

function open(path: string = writeStore()): Session {
  const session = new Session(path, 'small.db')
  onTestFinished(() => session[Symbol.dispose]())
  return session
}

function read<H, C>(bytes: Uint8Array | undefined): { readonly header: H; readonly columns: C } {
  if (bytes === undefined) throw new Error('expected columns')
  return unpack(bytes.buffer as ArrayBuffer)
}

describe('the columns of a store', () => {
  const readAll = () => read<KernelsHeader, KernelsColumns>(open().kernels(false))

  it('have a value a kernel, words as places in lists', () => {
    const { header, columns } = readAll()
    expect(header).toMatchObject({ store: 'small.db', kernels: 3, outcomes: ['not validated', 'accepted'] })
    expect(header.targets).toEqual([
      { space: 'grewe', name: 'far' },
      { space: 'grewe', name: 'near' },
    ])
    expect(Array.from({ length: 3 }, (_, row) => keyOf(columns.keys, row))).toEqual(
      [keys.bred, keys.other, keys.mined].map((key) => key.slice(0, 16)),
    )
    expect([...columns.origin].map((place) => header.origins[place])).toEqual(['synthesized', 'synthesized', 'mined'])
    expect([...columns.outcome]).toEqual([1, 0, 0])
    expect([...columns.tokens]).toEqual([20, 20, 20])
  })

  it('have every benchmark and every time', () => {
    const { columns } = readAll()
    expect([...columns.benchmarkRow]).toEqual([0, 1, 0])
    expect([...columns.benchmarkTarget]).toEqual([1, 1, 0])
    expect([...columns.benchmarkProximity]).toEqual([100, 40, 10])
    const times = read<TimesHeader, TimesColumns>(open().times())
    expect(times.header.timedAt).toEqual([
      { device: 'a CPU', provenance: 'measured', size: 1024 },
      { device: 'a CPU', provenance: 'measured', size: 2048 },
    ])
    expect([...times.columns.timeRow]).toEqual([0, 0])
    expect([...times.columns.timeNs]).toEqual([1250, Number.NaN])
  })

  it('place kernels and targets on the map as the summary does', () => {
    const { header, columns } = readAll()
    const vectors = [
      [1, 0, 4, 0, 0, 0, 0, 0],
      [7, 1, 5, 0, 0, 0, 0, 0],
      [3, 3, 3, 0, 0, 0, 0, 0],
    ]
    const expected = fitPlane(vectors)?.project(vectors) ?? []
    for (const [row, [x, y]] of expected.entries()) {
      expect(columns.x[row]).toBeCloseTo(x, 5)
      expect(columns.y[row]).toBeCloseTo(y, 5)
    }
    // Both targets ask for what the first kernel has, and leave open what it has nothing of.
    expect(header.map.targets.map(({ target }) => target)).toEqual([0, 1])
    for (const place of header.map.targets) expect(place.x).toBeCloseTo(expected[0][0], 5)
    expect(header.map.shares?.[0]).toBeGreaterThan(0.4)
    expect(header.map.axes[0]).toHaveLength(3)
  })
})

describe('Session', () => {
  it('gives single features, NaN where a kernel is not measured', () => {
    const session = open()
    session.kernels(false)
    expect([...read<object, { values: Float32Array }>(session.feature('grewe', 'mem')).columns.values]).toEqual([
      4, 5, 3,
    ])
    const odd = read<object, { values: Float32Array }>(session.feature('odd', 'feature 2')).columns.values
    expect([...odd]).toEqual([Number.NaN, Number.NaN, 2])
    expect(session.feature('grewe', 'nothing')).toBeUndefined()
    expect(session.map('nothing')).toBeUndefined()
  })

  it('draws no map where there is nothing to tell apart', () => {
    const session = open()
    const { header, columns } = read<MapHeader, MapColumns>(session.map('odd'))
    expect(header.shares).toBeNull()
    expect(columns.x.every(Number.isNaN)).toBe(true)
  })

  it('names the spaces that there are', () => {
    const session = open()
    expect(session.spaces().map(({ id, names }) => [id, names.length])).toEqual([
      ['grewe', 8],
      ['odd', 2],
    ])
  })

  it('sees what another process adds when asked to', () => {
    const path = writeStore()
    const session = open(path)
    expect(read<KernelsHeader, KernelsColumns>(session.kernels(true)).header.snapshot).toBe(1)
    expect(session.changes()).toEqual({ snapshot: 1, hasChanged: false, kernels: 0 })
    {
      using writer = Store.open(path)
      writer.transaction(() => {
        writer.kernels.add(sampleKernel('12'.repeat(16)))
        // Not committed yet, and not waited for.
        expect(session.changes().hasChanged).toBe(false)
      })
    }
    expect(session.changes()).toEqual({ snapshot: 1, hasChanged: true, kernels: 1 })
    expect(read<KernelsHeader, KernelsColumns>(session.kernels(false)).header).toMatchObject({
      kernels: 3,
      snapshot: 1,
    })
    expect(read<KernelsHeader, KernelsColumns>(session.kernels(true)).header).toMatchObject({ kernels: 4, snapshot: 2 })
  })

  it('opens an empty store', () => {
    const path = writeStore().replace('small.db', 'empty.db')
    Store.open(path)[Symbol.dispose]()
    const { header, columns } = read<KernelsHeader, KernelsColumns>(open(path).kernels(false))
    expect(header).toMatchObject({ kernels: 0, targets: [] })
    expect(columns.x).toHaveLength(0)
  })
})

describe('the details of a kernel', () => {
  const readDetails = () => open().details(keys.bred.slice(0, 16))

  it('have its source, highlighted', () => {
    const details = readDetails()
    expect(details?.lines.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(lineText.trimEnd())
    expect(details?.lines[0][0]).toEqual({ text: 'kernel', style: 'keyword' })
  })

  it('have its lineage as a chain of changes', () => {
    const details = readDetails()
    const [nearest, other] = details?.benchmarks ?? []
    expect([nearest.target, other.target]).toEqual(['near', 'far'])
    const written = nearest.chain.map(({ lines }) =>
      lines?.map(({ sign, stretches }) => sign + stretches.map(({ text }) => text).join('')),
    )
    expect(written[0]).toHaveLength(4)
    expect(written[1]).toEqual([' kernel void f0(global float* p0) {', '   p0[0] = 0.0f;', '-  p0[1] = 0.0f;', ' }'])
    expect(written[2]).toEqual([' kernel void f0(global float* p0) {', '-  p0[0] = 0.0f;', '+  p0[0] = 1.0f;', ' }'])
    expect(nearest.chain.map(({ proposal }) => proposal)).toEqual(['seed a/b', 'edit remove', 'directed infill'])
    expect(nearest.chain[2].key).toBe(keys.bred.slice(0, 16))
  })

  it('compare it with its target, without what is open', () => {
    const details = readDetails()
    const met = details?.benchmarks[0].features.map(({ name, wanted, value, isMet }) => [name, wanted, value, isMet])
    expect(met).toEqual([
      ['comp', '1', 1, true],
      ['mem', '4', 4, true],
    ])
  })

  it('have evidence and times, failures too', () => {
    const details = readDetails()
    expect(details?.validations).toMatchObject([{ outcome: 'accepted', device: 'Oclgrind', level: 'quick' }])
    expect(JSON.parse(details?.validations[0].evidence ?? '')).toEqual({ stages: ['parsed'] })
    expect(details?.times).toMatchObject([
      { size: 1024, repetitions: 3, kernel: { median: 950 }, failure: null },
      { size: 2048, total: null, failure: 'timeout' },
    ])
  })

  it('are not there for a key that several kernels, or none, start with', () => {
    const session = open()
    expect(session.details('00')).toBeUndefined()
    expect(session.details('')).toBeUndefined()
  })
})
