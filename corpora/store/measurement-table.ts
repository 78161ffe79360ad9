// Times of kernels on devices, measured or modelled, one row a kernel, device, driver, size and seed. Failures are rows
// too: what failed is not tried again unasked.

import type { DeviceKind, MedianInterval, Provenance } from '../../kernels/index.ts'
import {
  encodeVector,
  readJson,
  readNumber,
  readNumberOrNull,
  readText,
  readTextOrNull,
  readVector,
} from './columns.ts'
import type { Database, Row, Value } from './database.ts'
import { paginate, whereAll } from './paging.ts'

/** What tells one measurement from another. */
export interface MeasurementIdentity {
  readonly kernelId: number
  /** Stable id of an OpenCL device, or `model:<name>`. */
  readonly deviceId: string
  /** Version of the driver; of a model the hash of its description. */
  readonly driver: string
  /** Work-items asked for. */
  readonly size: number
  readonly seed: number
}

/** A kernel's times on one device. */
export interface MeasurementRecord extends MeasurementIdentity {
  /** Run on the device, or estimated from a description of it. */
  readonly provenance: Provenance
  readonly deviceName: string
  readonly deviceKind: DeviceKind
  /** Null where no payload could be made. */
  readonly payloadHash: string | null
  /** Work-items by dimension; empty where it did not come so far. */
  readonly globalSize: readonly number[]
  /** Work-items of a group by dimension. */
  readonly localSize: readonly number[]
  /** Host to device before the kernel, in bytes. */
  readonly writeBytes: number
  /** Device to host after the kernel, in bytes. */
  readonly readBytes: number
  /** Why there are no times, or null. */
  readonly failure: string | null
  /** Repetitions that were run first and dropped. */
  readonly warmUps: number
  /** `[repetition]`, in the order they were run; outliers included. */
  readonly writeNs: Float64Array
  /** `[repetition]` */
  readonly kernelNs: Float64Array
  /** `[repetition]` */
  readonly readNs: Float64Array
  /** Of `kernelNs`, in ns; null where it failed. */
  readonly kernel: MedianInterval | null
  /** Of write, kernel and read together, in ns; null where it failed. */
  readonly total: MedianInterval | null
  /** Both intervals are as narrow as was asked for; false where the budget ended first. */
  readonly isTight: boolean
  /** Times that it was come back to, the first included: repetitions of all of them stand in one. */
  readonly visits: number
  /** Of benchsteer. */
  readonly version: string
  readonly measuredAtMs: number
}

/** A measurement as it is in the store. */
export interface StoredMeasurement extends MeasurementRecord {
  readonly id: number
}

/** A device that there are times of. */
export interface TimedOn {
  readonly id: string
  readonly name: string
  readonly kind: DeviceKind
  readonly provenance: Provenance
}

/** Which measurements to list; conditions add up. */
export interface MeasurementFilter {
  /** Default any. */
  readonly kernelId?: number
  /** Default any. */
  readonly deviceId?: string
  /** Default any. */
  readonly provenance?: Provenance
  /** Only those that have times. Default false. */
  readonly okOnly?: boolean
}

/** Times of kernels on devices. */
export class MeasurementTable {
  readonly #database: Database

  /** @internal Use `store.measurements`. */
  constructor(database: Database) {
    this.#database = database
  }

  /** Record times or a failure; a second record of the same identity replaces the first. */
  add(measurement: MeasurementRecord): void {
    const { kernel, total } = measurement
    this.#database.run(
      `INSERT OR REPLACE INTO measurements (kernel_id, provenance, device_id, device_name, device_kind, driver, size, seed,
         payload_hash, global_size, local_size, write_bytes, read_bytes, failure, warm_ups, write_ns, kernel_ns, read_ns,
         kernel_median_ns, kernel_low_ns, kernel_high_ns, total_median_ns, total_low_ns, total_high_ns, is_tight, visits,
         version, measured_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[measurement.kernelId, measurement.provenance, measurement.deviceId, measurement.deviceName],
      ...[measurement.deviceKind, measurement.driver, measurement.size, measurement.seed, measurement.payloadHash],
      ...[JSON.stringify(measurement.globalSize), JSON.stringify(measurement.localSize)],
      ...[measurement.writeBytes, measurement.readBytes, measurement.failure, measurement.warmUps],
      ...[encodeVector(measurement.writeNs), encodeVector(measurement.kernelNs), encodeVector(measurement.readNs)],
      ...[kernel?.median ?? null, kernel?.low ?? null, kernel?.high ?? null],
      ...[total?.median ?? null, total?.low ?? null, total?.high ?? null],
      ...[measurement.isTight ? 1 : 0, measurement.visits, measurement.version, measurement.measuredAtMs],
    )
  }

  /** Times or a failure, if it was tried. */
  find({ kernelId, deviceId, driver, size, seed }: MeasurementIdentity): StoredMeasurement | undefined {
    const row = this.#database.first(
      'SELECT * FROM measurements WHERE kernel_id = ? AND device_id = ? AND driver = ? AND size = ? AND seed = ?',
      ...[kernelId, deviceId, driver, size, seed],
    )
    return row === undefined ? undefined : measurementOf(row)
  }

  /** Measurements in the order they were recorded. */
  *list(filter: MeasurementFilter = {}): IterableIterator<StoredMeasurement> {
    const [where, values] = conditionsOf(filter)
    const sql = `SELECT * FROM measurements ${where} ORDER BY id LIMIT ?`
    for (const row of paginate((lastId, limit) => this.#database.all(sql, lastId, ...values, limit))) {
      yield measurementOf(row)
    }
  }

  count(filter: MeasurementFilter = {}): number {
    const [where, values] = conditionsOf(filter)
    const row = this.#database.first(`SELECT count(*) AS n FROM measurements ${where}`, 0, ...values)
    return row === undefined ? 0 : readNumber(row, 'n')
  }

  /** Devices that there are times of, in the order of their first. */
  devices(): TimedOn[] {
    const sql = `SELECT device_id, device_name, device_kind, provenance, min(id) AS first FROM measurements
      WHERE failure IS NULL GROUP BY device_id ORDER BY first`
    return this.#database.all(sql).map((row) => ({
      id: readText(row, 'device_id'),
      name: readText(row, 'device_name'),
      kind: readText(row, 'device_kind') as DeviceKind,
      provenance: readText(row, 'provenance') as Provenance,
    }))
  }
}

/** The clause and its values after the leading `id > ?`. */
function conditionsOf(filter: MeasurementFilter): [where: string, values: Value[]] {
  const { kernelId, deviceId, provenance, okOnly } = filter
  const where = whereAll([
    ['id > ?', true],
    ['failure IS NULL', okOnly === true],
    ['kernel_id = ?', kernelId !== undefined],
    ['device_id = ?', deviceId !== undefined],
    ['provenance = ?', provenance !== undefined],
  ])
  return [where, [kernelId, deviceId, provenance].filter((value) => value !== undefined)]
}

function measurementOf(row: Row): StoredMeasurement {
  return {
    id: readNumber(row, 'id'),
    kernelId: readNumber(row, 'kernel_id'),
    provenance: readText(row, 'provenance') as Provenance,
    deviceId: readText(row, 'device_id'),
    deviceName: readText(row, 'device_name'),
    deviceKind: readText(row, 'device_kind') as DeviceKind,
    driver: readText(row, 'driver'),
    size: readNumber(row, 'size'),
    seed: readNumber(row, 'seed'),
    payloadHash: readTextOrNull(row, 'payload_hash'),
    globalSize: readJson(row, 'global_size'),
    localSize: readJson(row, 'local_size'),
    writeBytes: readNumber(row, 'write_bytes'),
    readBytes: readNumber(row, 'read_bytes'),
    failure: readTextOrNull(row, 'failure'),
    warmUps: readNumber(row, 'warm_ups'),
    writeNs: readVector(row, 'write_ns'),
    kernelNs: readVector(row, 'kernel_ns'),
    readNs: readVector(row, 'read_ns'),
    kernel: readInterval(row, 'kernel'),
    total: readInterval(row, 'total'),
    isTight: readNumber(row, 'is_tight') === 1,
    visits: readNumber(row, 'visits'),
    version: readText(row, 'version'),
    measuredAtMs: readNumber(row, 'measured_at_ms'),
  }
}

function readInterval(row: Row, name: 'kernel' | 'total'): MedianInterval | null {
  const [median, low, high] = ['median', 'low', 'high'].map((end) => readNumberOrNull(row, `${name}_${end}_ns`))
  return median === null || low === null || high === null ? null : { median, low, high }
}
