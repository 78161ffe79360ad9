// The store: one SQLite file. WAL with synchronous=NORMAL: a commit that returned survives SIGKILL of any process,
// and nothing corrupts the file; only a power cut may take the last commits. Its SQL lives in this folder alone.

import { BenchmarkTable } from './benchmark-table.ts'
import { Database } from './database.ts'
import { KernelTable } from './kernel-table.ts'
import { MeasurementTable } from './measurement-table.ts'
import { migrate, requireCurrent } from './migrations.ts'
import { Overview } from './overview.ts'
import { RunTable } from './run-table.ts'
import { SourceTable } from './source-table.ts'
import { ValidationTable } from './validation-table.ts'

/** How a store is opened. */
export interface StoreOptions {
  /** Refuse to create the file. Default false. */
  readonly mustExist?: boolean
  /** Only look: the file is not created, brought up to date or written to. Default false. */
  readonly readOnly?: boolean
}

/**
 * Sources, kernels, runs, benchmarks, validations and measurements in one file. Hold it with `using`; several processes may.
 * @example
 * using store = Store.open('corpus.db')
 * for (const kernel of store.kernels.list({ origin: 'mined' })) console.log(kernel.key)
 */
export class Store implements Disposable {
  readonly sources: SourceTable
  readonly kernels: KernelTable
  readonly runs: RunTable
  readonly benchmarks: BenchmarkTable
  readonly validations: ValidationTable
  readonly measurements: MeasurementTable
  readonly overview: Overview
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
    this.sources = new SourceTable(database)
    this.kernels = new KernelTable(database)
    this.runs = new RunTable(database)
    this.benchmarks = new BenchmarkTable(database, this.kernels)
    this.validations = new ValidationTable(database)
    this.measurements = new MeasurementTable(database)
    this.overview = new Overview(database)
  }

  /**
   * Open a store, creating it or bringing it to the current schema where needed.
   * @throws {BenchError} STORE_CORRUPT (not a store, or damaged), STORE_NEWER (written by a later version),
   *   STORE_OLDER (`readOnly`), STORE_MISSING (`mustExist`, `readOnly`), STORE_READONLY, STORE_FULL, STORE_BUSY, STORE_FAILED
   */
  static open(path: string, options: StoreOptions = {}): Store {
    const { readOnly = false, mustExist = readOnly } = options
    const database = new Database(path, mustExist, readOnly)
    try {
      if (readOnly) {
        requireCurrent(database)
        return new Store(database)
      }
      database.useWriteAheadLog()
      database.execute('PRAGMA synchronous = NORMAL')
      migrate(database)
      return new Store(database)
    } catch (error) {
      database[Symbol.dispose]()
      throw error
    }
  }

  /** Do many writes at the price of one: all of them are kept, or none. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  /** @returns what is wrong, in words; empty for a sound store */
  integrityCheck(): string[] {
    const rows = this.#database.all('PRAGMA integrity_check').map((row) => String(row.integrity_check))
    const orphans = this.#database
      .all('PRAGMA foreign_key_check')
      .map((row) => `${row.table}: row without ${row.parent}`)
    const unmeasured = this.#database.all(
      `SELECT b.id FROM benchmarks b LEFT JOIN features f ON f.kernel_id = b.kernel_id AND f.space = b.space
       WHERE f.vector IS NULL OR length(f.vector) <> length(b.target)`,
    )
    const problems = rows.filter((text) => text !== 'ok')
    return [...problems, ...orphans, ...unmeasured.map((row) => `benchmark ${row.id}: no features in its space`)]
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]()
  }
}
