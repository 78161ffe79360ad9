// A store of made-up rows, as large as wanted: seed kernels of ours with a numbered comment, their vectors with noise, and
// made-up targets, outcomes and times. Every text and name says that it is made up; nothing here is a result.

import { type LineageStep, loadSeedVectors, type NewBenchmark, type SeedVector, Store } from '../../../corpora/index.ts'
import { contentKey, Random } from '../../../kernels/index.ts'

/** How many rows, and who is told how far it is. */
export interface MadeUpOptions {
  readonly kernels: number
  readonly seed: number
  /** Milliseconds since 1970, of all rows. */
  readonly nowMs: number
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

const targets = 50
const batchRows = 2_000
const outcomes = ['accepted', 'accepted', 'accepted', 'out-of-bounds', 'data-race', 'timeout']
const lineageStart = { generation: 0, parent: null, holeKind: 'none', holeSpan: [0, 0], proposal: 'made up' } as const

/** Fill a new store at `path`. @throws what `signal` was aborted with */
export async function writeMadeUpStore(path: string, options: MadeUpOptions): Promise<void> {
  const { kernels, seed, nowMs: startedAtMs } = options
  const seeds = loadSeedVectors().kernels
  const rng = new Random(seed)
  using store = Store.open(path)
  const run = { kind: 'made-up', options: { note: 'made-up rows' }, seed, modelHash: null, version: 'made-up' }
  const runId = store.runs.start({ ...run, startedAtMs })
  for (let done = 0; done < kernels; done += batchRows) {
    options.signal.throwIfAborted()
    const end = Math.min(kernels, done + batchRows)
    store.transaction(() => {
      for (let i = done; i < end; i++) addRow(store, madeUpBenchmark(seeds, i, runId, startedAtMs, rng), i)
    })
    options.onProgress(end)
    // Signals arrive between batches only.
    await new Promise((resolve) => setImmediate(resolve))
  }
  store.runs.finish(runId, { status: 'finished', endedAtMs: startedAtMs, funnel: {} })
}

function madeUpBenchmark(
  seeds: readonly SeedVector[],
  index: number,
  runId: number,
  createdAtMs: number,
  rng: Random,
): NewBenchmark {
  const { text: parentText, features: seedFeatures } = seeds[index % seeds.length]
  const text = `// made-up row ${index + 1}\n${parentText}`
  const features = Object.fromEntries(Object.entries(seedFeatures).map(([id, values]) => [id, blur(values, rng)]))
  const targetName = `made-up/target-${String((index % targets) + 1).padStart(2, '0')}`
  const target = Float64Array.from(seedFeatures.grewe.map((value) => value * (1 + (index % targets) / targets)))
  const proximity = 100 * Math.sqrt(rng.next())
  const parent = contentKey([parentText])
  const change: LineageStep = { ...lineageStart, generation: 1, parent }
  return {
    ...{ runId, space: 'grewe', targetName, target, targetUpper: null, distance: 100 - proximity, proximity },
    ...{ rank: null, generation: 1, lineage: [lineageStart, change], seed: 1, modelHash: null, device: null },
    ...{ novelty: null, createdAtMs, ancestors: [{ key: parent, text: parentText }] },
    kernel: {
      ...{ key: contentKey([text]), text, tokenCount: Math.round(parentText.length / 3), kernelName: 'f0' },
      ...{ irKey: null, irBytes: null, origin: 'synthesized', repository: null, commit: null, path: null, createdAtMs },
      ...{
        licence: 'made-up',
        licenceClass: 'unknown',
        templateKey: null,
        heldOut: null,
        toolchain: 'made-up',
        features,
      },
    },
  }
}

/** Counts with a factor each, so that rows do not lie on top of each other. */
function blur(values: readonly number[], rng: Random): Float64Array {
  const factor = 0.5 + 2 * rng.next()
  return Float64Array.from(values, (value) => Math.round(value * factor * (0.7 + 0.6 * rng.next())))
}

function addRow(store: Store, benchmark: NewBenchmark, index: number): void {
  const { kernelId } = store.benchmarks.commit(benchmark)
  const common = { kernelId, driver: '0', seed: 1, payloadHash: null, version: 'made-up' }
  const atMs = benchmark.createdAtMs
  if (index % 5 > 0) {
    const outcome = outcomes[index % outcomes.length]
    const by = { deviceId: 'made-up', deviceName: 'made-up device' }
    const facts = { level: 'quick', size: 1024, outcome, evidence: { note: 'made up' } }
    store.validations.add({ ...common, ...by, ...facts, validatedAtMs: atMs })
  }
  if (index % 2 > 0) return
  for (const deviceKind of ['cpu', 'gpu'] as const) {
    const median = 1_000 + (index % 1_000) * (deviceKind === 'cpu' ? 20 : 10)
    const interval = { median, low: median * 0.98, high: median * 1.02 }
    store.measurements.add({
      ...{ ...common, deviceId: `model:made-up-${deviceKind}`, deviceName: `made-up ${deviceKind}`, deviceKind },
      ...{ provenance: 'modelled', size: 4096 },
      ...{ globalSize: [4096], localSize: [64], writeBytes: 16_384, readBytes: 16_384, failure: null, warmUps: 0 },
      ...{ writeNs: Float64Array.of(0), kernelNs: Float64Array.of(median), readNs: Float64Array.of(0) },
      ...{ kernel: interval, total: interval, isTight: true, visits: 1, measuredAtMs: atMs },
    })
  }
}
