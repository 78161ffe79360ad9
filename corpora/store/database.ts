// The only file that touches libsql: opening, cached statements, transactions, and its errors turned into ours.
// Values are null, number, string or bytes; libsql aborts the whole process on a boolean, so the type excludes it.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import Libsql from 'libsql'
import { BenchError, DisposedError } from '../../kernels/index.ts'
import { toStoreError } from './store-error.ts'

/** What can be bound to a statement. */
export type Value = null | number | string | Uint8Array
/** One result row; bytes come as either type, depending on the call. */
export type Row = Readonly<Record<string, null | number | string | Uint8Array | ArrayBuffer>>

/** How long a writer waits for another process's transaction. */
const busyTimeoutMs = 10_000
const pauseMs = 10

/** One connection. Statements are prepared once per SQL text. */
export class Database implements Disposable {
  /** Absolute. */
  readonly path: string
  readonly #isReadOnly: boolean
  readonly #statements = new Map<string, Libsql.Statement<[readonly Value[]]>>()
  #connection: Libsql.Database | undefined
  #isInTransaction = false

  /**
   * @param isReadOnly - whatever would change the file is refused
   * @throws {BenchError} STORE_MISSING (with `mustExist`), STORE_READONLY, STORE_FAILED
   */
  constructor(path: string, mustExist: boolean, isReadOnly = false) {
    this.path = resolve(path)
    this.#isReadOnly = isReadOnly
    if (mustExist && !existsSync(this.path)) throw new BenchError('STORE_MISSING', `no such store: ${this.path}`)
    try {
      this.#connection = new Libsql(this.path, { timeout: busyTimeoutMs })
      if (isReadOnly) this.#connection.exec('PRAGMA query_only = ON')
    } catch (error) {
      throw toStoreError(error, this.path)
    }
  }

  /** SQLite refuses at once, without waiting, where two processes that open a new file do this at the same time. */
  useWriteAheadLog(): void {
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
      try {
        this.all('PRAGMA journal_mode = WAL')
        return
      } catch (error) {
        const isBusy = error instanceof BenchError && error.code === 'STORE_BUSY'
        if (!isBusy || waitedMs >= busyTimeoutMs) throw error
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
      }
    }
  }

  /** Run SQL text without parameters or results. */
  execute(sql: string): void {
    this.#attempt((connection) => connection.exec(sql))
  }

  /** @returns the number of rows changed, and the id of the last one inserted */
  run(sql: string, ...values: readonly Value[]): { readonly changes: number; readonly id: number } {
    const { changes, lastInsertRowid } = this.#attempt(() => this.#prepare(sql).run(values))
    return { changes, id: Number(lastInsertRowid) }
  }

  /** The first row, if any. */
  first(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#attempt(() => this.#prepare(sql).get(values)) as Row | undefined
  }

  /** All rows at once. Long listings go page by page, so that no read outlives the call. */
  all(sql: string, ...values: readonly Value[]): Row[] {
    return this.#attempt(() => this.#prepare(sql).all(values)) as Row[]
  }

  /** Do all of `work` or nothing. Joins a transaction that is open already. */
  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) return work()
    this.execute('BEGIN IMMEDIATE')
    this.#isInTransaction = true
    try {
      const result = work()
      this.execute('COMMIT')
      return result
    } catch (error) {
      this.#rollBack()
      throw error
    } finally {
      this.#isInTransaction = false
    }
  }

  /** Fold the write-ahead log into the main file and close. */
  [Symbol.dispose](): void {
    const connection = this.#connection
    if (connection === undefined) return
    try {
      if (!this.#isReadOnly) connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // Another process still reads, or the disk is full: the log stays beside the file and remains valid.
    }
    this.#connection = undefined
    this.#statements.clear()
    connection.close()
  }

  /** After a full disk SQLite has rolled back by itself; a second rollback must not hide the first error. */
  #rollBack(): void {
    if (this.#connection?.inTransaction) this.#connection.exec('ROLLBACK')
  }

  #prepare(sql: string): Libsql.Statement<[readonly Value[]]> {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#open().prepare<[readonly Value[]]>(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #open(): Libsql.Database {
    if (this.#connection === undefined) throw new DisposedError('Store')
    return this.#connection
  }

  #attempt<T>(action: (connection: Libsql.Database) => T): T {
    const connection = this.#open()
    try {
      return action(connection)
    } catch (error) {
      throw toStoreError(error, this.path)
    }
  }
}
