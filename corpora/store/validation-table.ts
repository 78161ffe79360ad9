// What running a kernel showed: the outcome of the validation funnel, with its evidence.

import { readJson, readNumber, readText, readTextOrNull } from './columns.ts'
import type { Database, Row, Value } from './database.ts'
import { paginate, whereAll } from './paging.ts'

/** One pass of one kernel through the funnel. */
export interface ValidationRecord {
  readonly kernelId: number
  readonly deviceId: string
  readonly deviceName: string
  readonly driver: string
  /** How much was checked: `quick`, `full`. */
  readonly level: string
  readonly seed: number
  /** Work-items asked for. */
  readonly size: number
  /** Null where no payload could be made. */
  readonly payloadHash: string | null
  /** `accepted`, or why not. */
  readonly outcome: string
  /** What each stage saw; anything JSON can hold. */
  readonly evidence: unknown
  /** Of benchsteer. */
  readonly version: string
  readonly validatedAtMs: number
}

/** A validation as it is in the store. */
export interface StoredValidation extends ValidationRecord {
  readonly id: number
}

/** Which validations to list; conditions add up. */
export interface ValidationFilter {
  /** Default any. */
  readonly kernelId?: number
  /** Default any. */
  readonly deviceId?: string
  /** Default any. */
  readonly outcome?: string
}

/** Outcomes of validation; one a kernel, device, level, size and seed. */
export class ValidationTable {
  readonly #database: Database

  /** @internal Use `store.validations`. */
  constructor(database: Database) {
    this.#database = database
  }

  /** Record an outcome; a second one of the same kernel, device, level, size and seed replaces the first. */
  add(validation: ValidationRecord): void {
    this.#database.run(
      `INSERT OR REPLACE INTO validations (kernel_id, device_id, device_name, driver, level, seed, size, payload_hash,
         outcome, evidence, version, validated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[validation.kernelId, validation.deviceId, validation.deviceName, validation.driver, validation.level],
      ...[validation.seed, validation.size, validation.payloadHash, validation.outcome],
      ...[JSON.stringify(validation.evidence), validation.version, validation.validatedAtMs],
    )
  }

  /** Validations in the order they were recorded. */
  *list(filter: ValidationFilter = {}): IterableIterator<StoredValidation> {
    const [where, values] = conditionsOf(filter)
    const sql = `SELECT * FROM validations ${where} ORDER BY id LIMIT ?`
    for (const row of paginate((lastId, limit) => this.#database.all(sql, lastId, ...values, limit))) {
      yield validationOf(row)
    }
  }

  /** How many there are of each outcome. */
  countOutcomes(filter: ValidationFilter = {}): Record<string, number> {
    const [where, values] = conditionsOf(filter)
    const sql = `SELECT outcome, count(*) AS n FROM validations ${where} GROUP BY outcome ORDER BY n DESC, outcome`
    const rows = this.#database.all(sql, 0, ...values)
    return Object.fromEntries(rows.map((row) => [readText(row, 'outcome'), readNumber(row, 'n')]))
  }
}

/** The clause and its values after the leading `id > ?`. */
function conditionsOf({ kernelId, deviceId, outcome }: ValidationFilter): [where: string, values: Value[]] {
  const where = whereAll([
    ['id > ?', true],
    ['kernel_id = ?', kernelId !== undefined],
    ['device_id = ?', deviceId !== undefined],
    ['outcome = ?', outcome !== undefined],
  ])
  return [where, [kernelId, deviceId, outcome].filter((value) => value !== undefined)]
}

function validationOf(row: Row): StoredValidation {
  return {
    id: readNumber(row, 'id'),
    kernelId: readNumber(row, 'kernel_id'),
    deviceId: readText(row, 'device_id'),
    deviceName: readText(row, 'device_name'),
    driver: readText(row, 'driver'),
    level: readText(row, 'level'),
    seed: readNumber(row, 'seed'),
    size: readNumber(row, 'size'),
    payloadHash: readTextOrNull(row, 'payload_hash'),
    outcome: readText(row, 'outcome'),
    evidence: readJson(row, 'evidence'),
    version: readText(row, 'version'),
    validatedAtMs: readNumber(row, 'validated_at_ms'),
  }
}
