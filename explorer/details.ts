// Everything that a store says of one kernel, laid out for the page.

import type { Store, StoredBenchmark, StoredKernel, StoredMeasurement, StoredValidation } from '../corpora/index.ts'
import { highlightLines } from '../web/index.ts'
import { chainOf } from './chain.ts'
import type { BenchmarkDetails, KernelDetails, TimeDetails, ValidationDetails, WantedFeature } from './page/messages.ts'
import { spaceNames } from './space-names.ts'

/** Benchmarks of one kernel that are shown, nearest first: a kernel may have been kept by every run. */
const mostBenchmarks = 20

/** @param key - whole, or so much of its start that it is the only one; undefined where there is no such kernel */
export function detailsOf(store: Store, key: string): KernelDetails | undefined {
  const kernel = store.kernels.find(key)
  if (kernel === undefined) return undefined
  const features = store.kernels.featuresOf(kernel.id)
  const benchmarks = [...store.benchmarks.list({ kernelId: kernel.id })]
  benchmarks.sort((a, b) => a.distance - b.distance || a.id - b.id)
  return {
    ...{ key: kernel.key, name: kernel.kernelName, text: kernel.text, lines: highlightLines(kernel.text) },
    facts: factsOf(kernel, benchmarks.length),
    features: Object.entries(features).map(([space, values]) => {
      const names = spaceNames(space, values.length)
      return { space, values: names.map((name, i) => [name, values[i]] as const) }
    }),
    benchmarks: benchmarks.slice(0, mostBenchmarks).map((benchmark) => describeBenchmark(benchmark, kernel, store)),
    validations: Array.from(store.validations.list({ kernelId: kernel.id }), describeValidation),
    times: Array.from(store.measurements.list({ kernelId: kernel.id }), describeTimes),
  }
}

function factsOf(kernel: StoredKernel, benchmarks: number): (readonly [string, string])[] {
  const { origin, licence, licenceClass, repository, commit, path, tokenCount, irBytes, duplicateOf, heldOut } = kernel
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['Origin', origin],
    ['Repository', repository],
    ['Commit', commit],
    ['File', path],
    ['Licence', licence === licenceClass ? licence : `${licence} (${licenceClass})`],
    ['Tokens', tokenCount],
    ['IR', irBytes === null ? null : `${irBytes} bytes`],
    ['Same IR as', duplicateOf],
    ['Held out', heldOut],
    ['Benchmarks', benchmarks],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as const]))
}

function describeBenchmark(benchmark: StoredBenchmark, kernel: StoredKernel, store: Store): BenchmarkDetails {
  const { space, targetName, distance, proximity, rank, generation, seed, runId, version, modelHash, device } =
    benchmark
  return {
    ...{ space, target: targetName, distance, proximity, rank, generation, seed, run: runId, version, modelHash },
    ...{ device, novelty: describeNovelty(benchmark), features: wantedFeatures(benchmark) },
    chain: chainOf(benchmark.lineage, kernel, (key) => store.benchmarks.ancestor(key) ?? store.kernels.find(key)?.text),
  }
}

function describeNovelty({ novelty }: StoredBenchmark): string {
  if (novelty === null) return 'not measured'
  const { isCopy, seedRun, minedDistance } = novelty
  const copy = isCopy === null ? 'the model does not tell copies' : isCopy ? 'a copy of training data' : 'no copy'
  const distance = minedDistance === null ? '' : `; nearest mined kernel at distance ${formatNumber(minedDistance)}`
  return `${copy}; shares ${seedRun} tokens in a row with a seed kernel${distance}`
}

/** Features that are 0 in the kernel and have to be are left out. */
function wantedFeatures({ space, target, targetUpper, features }: StoredBenchmark): WantedFeature[] {
  const values = features[space]
  return spaceNames(space, target.length).flatMap((name, i): WantedFeature[] => {
    const [low, high] = [target[i], targetUpper?.[i] ?? target[i]]
    const value = values?.[i] ?? null
    if (Number.isNaN(low) || (low === 0 && high === 0 && value === 0)) return []
    const isMet = value !== null && value >= low && value <= high
    return [{ name, wanted: formatRange(low, high), value, isMet }]
  })
}

function formatRange(low: number, high: number): string {
  if (low === high) return formatNumber(low)
  if (!Number.isFinite(low)) return `at most ${formatNumber(high)}`
  return Number.isFinite(high) ? `${formatNumber(low)} to ${formatNumber(high)}` : `at least ${formatNumber(low)}`
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}

function describeValidation(validation: StoredValidation): ValidationDetails {
  const { outcome, deviceName: device, level, size, seed, version, validatedAtMs: atMs, evidence } = validation
  return { outcome, device, level, size, seed, version, atMs, evidence: JSON.stringify(evidence, undefined, 2) }
}

function describeTimes(measurement: StoredMeasurement): TimeDetails {
  const { deviceName: device, provenance, size, kernelNs, isTight, kernel, total, failure } = measurement
  return { device, provenance, size, repetitions: kernelNs.length, isTight, kernel, total, failure }
}
