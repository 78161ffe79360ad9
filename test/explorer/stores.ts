// A store with what the explorer shows: two targets, a lineage of three steps, an outcome, times, a mined kernel.

import { join } from 'node:path'
import { type LineageStep, Store } from '../../corpora/index.ts'
import { sampleMeasurement } from '../corpora/sample-measurement.ts'
import { sampleBenchmark, sampleKernel, sampleRun, temporaryFolder } from '../corpora/samples.ts'

export const lineText = 'kernel void f0(global float* p0) {\n  p0[0] = 1.0f;\n}\n'
const seedText = 'kernel void f0(global float* p0) {\n  p0[0] = 0.0f;\n  p0[1] = 0.0f;\n}\n'
const middleText = 'kernel void f0(global float* p0) {\n  p0[0] = 0.0f;\n}\n'
export const keys: Readonly<Record<'bred' | 'other' | 'mined', string>> = {
  bred: 'ab'.repeat(16),
  other: 'cd'.repeat(16),
  mined: 'ef'.repeat(16),
}

const step = { generation: 0, parent: null, holeKind: 'none', holeSpan: [0, 0], proposal: 'seed a/b' } as const
export const lineage: readonly LineageStep[] = [
  step,
  { ...step, generation: 1, parent: 'seed-key', holeKind: 'edit', proposal: 'edit remove' },
  { ...step, generation: 2, parent: 'middle-key', holeKind: 'body', proposal: 'directed infill' },
]
const grewe = (...values: readonly number[]): Record<string, Float64Array> => ({
  grewe: Float64Array.of(...values, 0, 0, 0, 0, 0),
})

/** @returns where it lies */
export function writeStore(path: string = join(temporaryFolder(), 'small.db')): string {
  using store = Store.open(path)
  const runId = store.runs.start(sampleRun())
  const target = Float64Array.of(1, 0, 4, 0, 0, 0, 0, Number.NaN)
  const bred = sampleKernel(keys.bred, { text: lineText, origin: 'synthesized', features: grewe(1, 0, 4) })
  const other = sampleKernel(keys.other, { origin: 'synthesized', repository: null, features: grewe(7, 1, 5) })
  const ancestors = [
    { key: 'seed-key', text: seedText },
    { key: 'middle-key', text: middleText },
  ]
  const exact = { distance: 0, proximity: 100, target, lineage, ancestors }
  const { kernelId } = store.benchmarks.commit(sampleBenchmark(runId, bred, { ...exact, targetName: 'near' }))
  store.benchmarks.commit(sampleBenchmark(runId, other, { target, targetName: 'near', proximity: 40, distance: 6 }))
  store.benchmarks.commit(sampleBenchmark(runId, bred, { ...exact, targetName: 'far', proximity: 10, distance: 9 }))
  store.kernels.add(sampleKernel(keys.mined, { features: { ...grewe(3, 3, 3), odd: Float64Array.of(1, 2) } }))
  store.validations.add({
    ...{ kernelId, deviceId: 'oclgrind', deviceName: 'Oclgrind', driver: '21', level: 'quick', seed: 1, size: 1024 },
    ...{ payloadHash: 'cafe', outcome: 'accepted', evidence: { stages: ['parsed'] }, version: '0.1.0' },
    validatedAtMs: 1_700_000_000_000,
  })
  store.measurements.add(sampleMeasurement(kernelId))
  const failed = { kernel: null, total: null, writeNs: new Float64Array(), kernelNs: new Float64Array() }
  store.measurements.add(
    sampleMeasurement(kernelId, { ...failed, readNs: new Float64Array(), size: 2048, failure: 'timeout' }),
  )
  return path
}
