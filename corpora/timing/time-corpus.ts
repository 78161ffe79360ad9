// Times the kernels of a store, one after another, on several devices and at several sizes. Every row is committed as
// soon as it is known and never measured twice, so that a run can be stopped at any time and goes on where it was.

import type { TimedKernel, TimingDevice, TimingOutcome } from '../../kernels/index.ts'
import type { KernelFilter } from '../store/kernel-table.ts'
import type { MeasurementIdentity, MeasurementRecord } from '../store/measurement-table.ts'
import type { StoredKernel } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { greweCounts } from './grewe-counts.ts'

/** What is timed, and how it is filed. */
export interface TimeCorpusOptions {
  /** Work-items, at least one size, each 1 to 2^31. */
  readonly sizes: readonly number[]
  /** Of all payloads. */
  readonly seed: number
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
  /** @param done - rows that are there, of `total` */
  readonly onProgress?: (done: number, total: number, report: TimeCorpusReport) => void
  readonly signal?: AbortSignal
}

/** Rows by what became of them. */
export interface TimeCorpusReport {
  /** Times found in this run. */
  readonly timed: number
  /** Failures found in this run, with the first line of each and how often it came. */
  readonly failed: number
  readonly failures: Readonly<Record<string, number>>
  /** Rows that were there before. */
  readonly known: number
  /** Rows left for another run. */
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
  const total = kernels.length * devices.length * options.sizes.length
  const tally = { timed: 0, failed: 0, failures: {} as Record<string, number>, known: 0 }
  const deadlineMs = performance.now() + (options.totalMs ?? Number.POSITIVE_INFINITY)
  const report = (): TimeCorpusReport => ({ ...tally, left: total - tally.timed - tally.failed - tally.known })
  for (const row of rowsOf(kernels, devices, options)) {
    options.signal?.throwIfAborted()
    if (performance.now() >= deadlineMs) break
    const known = store.measurements.find(row.identity)
    if (known !== undefined && !(options.retry && known.failure !== null)) tally.known++
    else {
      const outcome = await row.device.time(timedKernel(store, row.kernel), { ...row.identity, signal: options.signal })
      store.measurements.add(recordOf(row, outcome, options))
      if (outcome.ok) tally.timed++
      else {
        tally.failed++
        const reason = firstLine(outcome.log)
        tally.failures[reason] = (tally.failures[reason] ?? 0) + 1
      }
    }
    options.onProgress?.(tally.timed + tally.failed + tally.known, total, report())
  }
  return report()
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

interface Row {
  readonly kernel: StoredKernel
  readonly device: TimingDevice
  readonly identity: MeasurementIdentity
}

/** All sizes and devices of a kernel before the next one: models then count it once. */
function* rowsOf(
  kernels: readonly StoredKernel[],
  devices: readonly TimingDevice[],
  { sizes, seed }: TimeCorpusOptions,
): Generator<Row> {
  for (const kernel of kernels) {
    for (const size of sizes) {
      for (const device of devices) {
        const { id: deviceId, driver } = device.facts
        yield { kernel, device, identity: { kernelId: kernel.id, deviceId, driver, size, seed } }
      }
    }
  }
}

function timedKernel(store: Store, kernel: StoredKernel): TimedKernel {
  const { mem, coalesced } = greweCounts(store, kernel)
  return { source: kernel.text, coalescedShare: mem > 0 ? Math.min(1, coalesced / mem) : 1 }
}

function recordOf({ device, identity }: Row, outcome: TimingOutcome, options: TimeCorpusOptions): MeasurementRecord {
  const { provenance, name: deviceName, kind: deviceKind } = device.facts
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
    version: options.version,
    measuredAtMs: options.now(),
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0].slice(0, 120)
}

function checkOptions({ sizes, seed }: TimeCorpusOptions): void {
  if (sizes.length === 0) throw new RangeError('sizes: expected at least one')
  for (const size of sizes) {
    if (Number.isInteger(size) && size >= 1 && size <= 2 ** 31) continue
    throw new RangeError(`sizes: expected integers from 1 to 2^31, received ${size}`)
  }
  if (new Set(sizes).size < sizes.length) throw new RangeError(`sizes: expected different ones, received ${sizes}`)
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: expected an integer, received ${seed}`)
}
