// Small records for the tests of corpora/, each field overridable.

import type { NewBenchmark, NewKernel, NewRun, SourceRecord } from '../../corpora/index.ts'

export function sampleKernel(key: string, changes: Partial<NewKernel> = {}): NewKernel {
  return {
    key,
    text: `kernel void f0(global float* p0) {\n  p0[0] = ${key.length}.0f;\n}\n`,
    tokenCount: 20,
    irKey: `ir-${key}`,
    irBytes: 1000,
    origin: 'mined',
    repository: 'someone/somewhere',
    commit: 'c0ffee',
    path: 'kernels/a.cl',
    kernelName: 'f0',
    licence: 'MIT',
    licenceClass: 'permissive',
    templateKey: `template-${key}`,
    heldOut: null,
    createdAtMs: 1_700_000_000_000,
    features: { grewe: Float64Array.of(1, 0, 2, 0.5), instcount: Float64Array.of(29, 1) },
    toolchain: 'clang 14.0.6',
    ...changes,
  }
}

export function sampleRun(changes: Partial<NewRun> = {}): NewRun {
  const common = { kind: 'synth', options: { width: 32 }, seed: 7, modelHash: 'beef', version: '0.1.0' }
  return { ...common, startedAtMs: 1_700_000_000_000, ...changes }
}

export function sampleBenchmark(runId: number, kernel: NewKernel, changes: Partial<NewBenchmark> = {}): NewBenchmark {
  return {
    runId,
    kernel,
    space: 'grewe',
    targetName: 'rodinia/bfs/BFS_1',
    targetUpper: null,
    target: Float64Array.of(1, 0, 2, Number.NaN),
    distance: 1.5,
    proximity: 92.25,
    rank: null,
    generation: 1,
    lineage: [{ generation: 0, parent: null, holeKind: 'body', holeSpan: [2, 3], proposal: 'directed' }],
    seed: 7,
    modelHash: 'beef',
    device: 'pthread-cpu',
    novelty: { isCopy: false, seedRun: 12, minedDistance: 2.5 },
    createdAtMs: 1_700_000_000_000,
    ...changes,
  }
}

export function sampleSource(repository: string, changes: Partial<SourceRecord> = {}): SourceRecord {
  return {
    ...{ repository, commit: 'c0ffee', licence: 'MIT', licenceClass: 'permissive', url: null, minedAtMs: 1 },
    ...{ files: 10, units: 5, kernels: 4, losses: { 'unit: preprocess': 2 } },
    ...changes,
  }
}
