// A small measurement, each field overridable.

import type { MeasurementRecord } from '../../corpora/index.ts'

export function sampleMeasurement(kernelId: number, changes: Partial<MeasurementRecord> = {}): MeasurementRecord {
  return {
    ...{
      kernelId,
      provenance: 'measured',
      deviceId: 'pocl:cpu',
      deviceName: 'a CPU',
      deviceKind: 'cpu',
      driver: '3.1',
    },
    ...{ size: 1024, seed: 7, payloadHash: 'cafe', globalSize: [1024], localSize: [64] },
    ...{ writeBytes: 4096, readBytes: 8192, failure: null, warmUps: 2 },
    writeNs: Float64Array.of(100, 110, 105),
    kernelNs: Float64Array.of(900, 1000, 950),
    readNs: Float64Array.of(200, 190, 195),
    kernel: { median: 950, low: 900, high: 1000 },
    total: { median: 1250, low: 1200, high: 1300 },
    ...{ isTight: true, visits: 1, version: '0.1.0', measuredAtMs: 1_700_000_000_000 },
    ...changes,
  }
}
