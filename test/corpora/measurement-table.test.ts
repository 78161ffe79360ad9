import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { type MeasurementRecord, Store } from '../../corpora/index.ts'
import { sampleMeasurement } from './sample-measurement.ts'
import { sampleKernel, temporaryFolder } from './samples.ts'

function withKernel(): { readonly store: Store; readonly kernelId: number; readonly path: string } {
  const path = join(temporaryFolder(), 'corpus.db')
  const store = Store.open(path)
  return { store, path, kernelId: store.kernels.add(sampleKernel('a')).id }
}

describe('MeasurementTable', () => {
  it('gives back what was recorded', () => {
    const { store, kernelId } = withKernel()
    using _ = store
    const record = sampleMeasurement(kernelId)
    store.measurements.add(record)
    expect([...store.measurements.list()]).toEqual([{ id: 1, ...record }])
    expect(store.measurements.find(record)).toEqual({ id: 1, ...record })
    expect(store.measurements.find({ ...record, size: 8 })).toBeUndefined()
  })

  it('keeps failures, and replaces a repeated row', () => {
    const { store, kernelId } = withKernel()
    using _ = store
    const failure: MeasurementRecord = {
      ...sampleMeasurement(kernelId, { failure: 'timeout: killed after 10 s', kernel: null, total: null }),
      ...{ writeNs: new Float64Array(0), kernelNs: new Float64Array(0), readNs: new Float64Array(0) },
    }
    store.measurements.add(failure)
    expect(store.measurements.find(failure)?.failure).toContain('timeout')
    expect(store.measurements.count({ okOnly: true })).toBe(0)
    expect(store.measurements.devices()).toEqual([])
    store.measurements.add(sampleMeasurement(kernelId))
    store.measurements.add(sampleMeasurement(kernelId, { isTight: false }))
    expect([...store.measurements.list()].map((row) => row.isTight)).toEqual([false])
    const device = { id: 'pocl:cpu', name: 'a CPU', kind: 'cpu', provenance: 'measured' }
    expect(store.measurements.devices()).toEqual([device])
  })

  it('tells measured from modelled', () => {
    const { store, kernelId } = withKernel()
    using _ = store
    store.measurements.add(sampleMeasurement(kernelId))
    store.measurements.add(sampleMeasurement(kernelId, { provenance: 'modelled', deviceId: 'model:x' }))
    const ids = [...store.measurements.list({ provenance: 'modelled' })].map((row) => row.deviceId)
    expect(ids).toEqual(['model:x'])
    expect(store.measurements.count({ kernelId, provenance: 'measured' })).toBe(1)
  })

  it('refuses times without an interval and intervals without their median', () => {
    const { store, kernelId } = withKernel()
    using _ = store
    expect(() => store.measurements.add(sampleMeasurement(kernelId, { total: null }))).toThrow(RangeError)
    const wrong = { median: 5, low: 6, high: 7 }
    expect(() => store.measurements.add(sampleMeasurement(kernelId, { total: wrong }))).toThrow(RangeError)
    expect(() => store.measurements.add(sampleMeasurement(99))).toThrow(RangeError)
  })

  it('is added to a store of the version before', () => {
    const { store, path } = withKernel()
    store[Symbol.dispose]()
    copyFileSync(path, `${path}.old`)
    const old = new Libsql(`${path}.old`)
    old.exec('DROP TABLE measurements; DROP TABLE validations; DROP TABLE ancestors; DROP TABLE spaces')
    old.exec('ALTER TABLE benchmarks DROP COLUMN place; PRAGMA user_version = 3')
    old.close()
    using migrated = Store.open(`${path}.old`)
    expect(migrated.kernels.count()).toBe(1)
    expect(migrated.measurements.count()).toBe(0)
    expect(migrated.integrityCheck()).toEqual([])
  })
})

describe('ValidationTable', () => {
  it('keeps outcomes with their evidence and counts them', () => {
    const { store, kernelId } = withKernel()
    using _ = store
    const validation = {
      ...{ kernelId, deviceId: 'pocl:cpu', deviceName: 'cpu', driver: '3.1', level: 'full', seed: 1, size: 64 },
      ...{ payloadHash: 'cafe', outcome: 'accepted', evidence: { races: [] }, version: '0.1.0', validatedAtMs: 5 },
    }
    store.validations.add(validation)
    store.validations.add({ ...validation, seed: 2, outcome: 'input-blind', payloadHash: null })
    store.validations.add({ ...validation, seed: 2, outcome: 'timeout' })
    expect([...store.validations.list({ outcome: 'accepted' })]).toEqual([{ id: 1, ...validation }])
    expect(store.validations.countOutcomes({ kernelId })).toEqual({ accepted: 1, timeout: 1 })
  })
})
