// Times the kernels of a store, one after another, on several devices and at several sizes, and comes back to all of
// them where several visits are asked for. Every row is committed as soon as it is known and no visit is made twice, so
// that a run can be stopped at any time and goes on where it was.

import { joinVisits, type TimedKernel, type TimingDevice, type TimingOutcome } from '../../kernels/index.ts'
import type { KernelFilter } from '../store/kernel-table.ts'
import type { MeasurementIdentity, MeasurementRecord, StoredMeasurement } from '../store/measurement-table.ts'
import type { StoredKernel } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { greweCounts } from './grewe-counts.ts'

/** What is timed, and how it is filed. */
export interface TimeCorpusOptions {
  /** Work-items, at least one size, each 1 to 2^31. */
  readonly sizes: readonly number[]
  /** Of all payloads. */
  readonly seed: number
  /**
   * Times that each row of a device that is there is measured, one visit to all rows after the other. Default 1, from
   * 1 to 100. A described device is asked once.
   */
  readonly visits?: number
  /** How far from the median the ends of its interval may lie, over several visits. Default 0.05. */
  readonly tolerance?: number
  /** Of benchsteer. */
  readonly version: string
  /** The date of a row, in ms since 1970. */
  readonly now: () => number
  /** Which kernels. Default: those of `store.kernels.list()`. */
  readonly filter?: KernelFilter
  /** Only kernels that validation accepted. Default false. */
  readonly acceptedOnly?: boolean
  /** Try again what failed before. Default false. */
  readonly retry?: boolean
  /** Begin no row after so much time, in ms. Default none. */
  readonly totalMs?: number
  /** @param done - visits that are made, of `total` */
  readonly onProgress?: (done: number, total: number, report: TimeCorpusReport) => void
  readonly signal?: AbortSignal
}

/** Rows by what became of them. */
export interface TimeCorpusReport {
  /** Times found in this run. */
  readonly timed: number
  /** Later visits made in this run. */
  readonly revisited: number
  /** Failures found in this run, with the first line of each and how often it came. */
  readonly failed: number
  readonly failures: Readonly<Record<string, number>>
  /** Rows that were there before. */
  readonly known: number
  /** Visits left for another run. */
  readonly left: number
}

/**
 * @throws the signal's reason when aborted; rows found before are in the store
 * @throws {RangeError} naming the option that makes no sense
 * @throws {BenchError} where a device is gone or the store cannot be written
 */
export async function timeCorpus(
  store: Store,
  devices: readonly TimingDevice[],
  options: TimeCorpusOptions,
): Promise<TimeCorpusReport> {
  checkOptions(options)
  const kernels = timedKernels(store, options)
  const total = visitsIn(kernels.length, devices, options)
  const tally = { timed: 0, revisited: 0, failed: 0, failures: {} as Record<string, number>, known: 0 }
  let passed = 0 // later visits that were made before, or would be to what failed
  const done = (): number => tally.timed + tally.revisited + tally.failed + tally.known + passed
  const deadlineMs = performance.now() + (options.totalMs ?? Number.POSITIVE_INFINITY)
  const report = (): TimeCorpusReport => ({ ...tally, left: total - done() })
  for (const row of visitsOf(kernels, devices, options)) {
    options.signal?.throwIfAborted()
    if (performance.now() >= deadlineMs) break
    const known = store.measurements.find(row.identity)
    const isFailed = known !== undefined && known.failure !== null
    const isDone = isFailed ? !(options.retry && row.visit === 1) : known !== undefined && known.visits >= row.visit
    if (isDone && row.visit === 1) tally.known++
    else if (isDone) passed++
    else {
      const outcome = await row.device.time(timedKernel(store, row.kernel), { ...row.identity, signal: options.signal })
      if (outcome.ok || known === undefined || isFailed) store.measurements.add(recordOf(row, outcome, known, options))
      if (outcome.ok) tally[row.visit === 1 ? 'timed' : 'revisited']++
      else {
        tally.failed++
        const reason = firstLine(outcome.log)
        tally.failures[reason] = (tally.failures[reason] ?? 0) + 1
      }
    }
    options.onProgress?.(done(), total, report())
  }
  return report()
}

/** How many visits `timeCorpus` would make. */
export function visitsIn(
  kernels: number,
  devices: readonly TimingDevice[],
  { sizes, visits }: Pick<TimeCorpusOptions, 'sizes' | 'visits'>,
): number {
  return kernels * sizes.length * devices.reduce((sum, device) => sum + visitsTo(device, visits), 0)
}

/** The kernels that `timeCorpus` would time. */
export function timedKernels(
  store: Store,
  { filter, acceptedOnly = false }: Pick<TimeCorpusOptions, 'filter' | 'acceptedOnly'>,
): StoredKernel[] {
  const { limit, ...conditions } = filter ?? {}
  const kernels = [...store.kernels.list(conditions)]
  if (!acceptedOnly) return kernels.slice(0, limit)
  const accepted = new Set(Array.from(store.validations.list({ outcome: 'accepted' }), ({ kernelId }) => kernelId))
  return kernels.filter(({ id }) => accepted.has(id)).slice(0, limit)
}

interface Visit {
  readonly kernel: StoredKernel
  readonly device: TimingDevice
  readonly identity: MeasurementIdentity
  /** From 1. */
  readonly visit: number
}

/** All kernels before any is come back to; all sizes and devices of a kernel before the next one: models count it once. */
function* visitsOf(
  kernels: readonly StoredKernel[],
  devices: readonly TimingDevice[],
  { sizes, seed, visits }: TimeCorpusOptions,
): Generator<Visit> {
  const most = Math.max(0, ...devices.map((device) => visitsTo(device, visits)))
  for (let visit = 1; visit <= most; visit++) {
    const due = devices.filter((device) => visitsTo(device, visits) >= visit)
    for (const kernel of kernels) {
      for (const size of sizes) {
        for (const device of due) {
          const { id: deviceId, driver } = device.facts
          yield { kernel, device, visit, identity: { kernelId: kernel.id, deviceId, driver, size, seed } }
        }
      }
    }
  }
}

function visitsTo({ facts }: TimingDevice, visits = 1): number {
  return facts.provenance === 'modelled' ? 1 : visits
}

function timedKernel(store: Store, kernel: StoredKernel): TimedKernel {
  const { mem, coalesced } = greweCounts(store, kernel)
  return { source: kernel.text, coalescedShare: mem > 0 ? Math.min(1, coalesced / mem) : 1 }
}

/** @param known - what earlier visits found; of another payload it counts no more */
function recordOf(
  { device, identity }: Visit,
  outcome: TimingOutcome,
  known: StoredMeasurement | undefined,
  options: TimeCorpusOptions,
): MeasurementRecord {
  const { provenance, name: deviceName, kind: deviceKind } = device.facts
  const { kernel = null, total = null } = known ?? {}
  const isSame = known?.payloadHash === outcome.payload?.hash
  const earlier = known && kernel && total && isSame ? { ...known, kernel, total } : undefined
  const { payload } = outcome
  const none = new Float64Array(0)
  const untimed = { warmUps: 0, writeNs: none, kernelNs: none, readNs: none, kernel: null, total: null, isTight: false }
  return {
    ...identity,
    ...{ provenance, deviceName, deviceKind },
    payloadHash: payload?.hash ?? null,
    globalSize: payload?.globalSize ?? [],
    localSize: payload?.localSize ?? [],
    writeBytes: payload?.writeBytes ?? 0,
    readBytes: payload?.readBytes ?? 0,
    failure: outcome.ok ? null : outcome.log,
    ...(outcome.ok ? outcome.times : untimed),
    ...(outcome.ok && earlier ? joinVisits(earlier, outcome.times, options.tolerance ?? 0.05) : {}),
    visits: outcome.ok && earlier ? earlier.visits + 1 : 1,
    version: options.version,
    measuredAtMs: options.now(),
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0].slice(0, 120)
}

function checkOptions({ sizes, seed, visits = 1 }: TimeCorpusOptions): void {
  if (sizes.length === 0) throw new RangeError('sizes: expected at least one')
  for (const size of sizes) {
    if (Number.isInteger(size) && size >= 1 && size <= 2 ** 31) continue
    throw new RangeError(`sizes: expected integers from 1 to 2^31, received ${size}`)
  }
  if (new Set(sizes).size < sizes.length) throw new RangeError(`sizes: expected different ones, received ${sizes}`)
  if (!Number.isInteger(visits) || visits < 1 || visits > 100) {
    throw new RangeError(`visits: expected an integer from 1 to 100, received ${visits}`)
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: expected an integer, received ${seed}`)
}
