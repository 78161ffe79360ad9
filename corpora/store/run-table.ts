// Runs: what was asked for, with which seed and model, and how it went.

import { readJson, readNumber, readNumberOrNull, readText, readTextOrNull } from './columns.ts'
import type { Database, Row } from './database.ts'
import { paginate } from './paging.ts'
import type { NewRun, RunIdentity, RunStatus, StoredRun, TracePoint } from './records.ts'

/** Runs with their options and outcome. */
export class RunTable {
  readonly #database: Database

  /** @internal Use `store.runs`. */
  constructor(database: Database) {
    this.#database = database
  }

  /** @returns the id of the new run, whose status is `running` */
  start(run: NewRun): number {
    const { id } = this.#database.run(
      `INSERT INTO runs (kind, options, seed, model_hash, version, started_at_ms, status, funnel)
       VALUES (?, ?, ?, ?, ?, ?, 'running', '{}')`,
      ...[run.kind, JSON.stringify(run.options), run.seed, run.modelHash, run.version, run.startedAtMs],
    )
    return id
  }

  /**
   * Begin a run again that did not end. What it has found stays; the order in which it ended does not.
   * @throws {RangeError} where there is no such run
   */
  restart(id: number, startedAtMs: number): void {
    const sql = "UPDATE runs SET status = 'running', started_at_ms = ?, ended_at_ms = NULL, trace = NULL WHERE id = ?"
    this.#database.transaction(() => {
      this.#mustChange(id, this.#database.run(sql, startedAtMs, id).changes)
      this.#database.run('UPDATE benchmarks SET place = NULL WHERE run_id = ?', id)
    })
  }

  /** The latest run that was asked to do the same with the same seed and model. */
  findAlike({ kind, options, seed, modelHash }: RunIdentity): StoredRun | undefined {
    const row = this.#database.first(
      'SELECT * FROM runs WHERE options = ? AND kind = ? AND seed IS ? AND model_hash IS ? ORDER BY id DESC LIMIT 1',
      ...[JSON.stringify(options), kind, seed, modelHash],
    )
    return row === undefined ? undefined : runOf(row)
  }

  /** Save the funnel so far. @throws {RangeError} where there is no such run */
  saveFunnel(id: number, funnel: Readonly<Record<string, number>>): void {
    this.#mustChange(
      id,
      this.#database.run('UPDATE runs SET funnel = ? WHERE id = ?', JSON.stringify(funnel), id).changes,
    )
  }

  /** Record how a run ended. @throws {RangeError} where there is no such run */
  finish(
    id: number,
    end: {
      readonly status: Exclude<RunStatus, 'running'>
      readonly endedAtMs: number
      readonly funnel: Readonly<Record<string, number>>
      /** Default none. */
      readonly trace?: readonly TracePoint[]
    },
  ): void {
    const { status, endedAtMs, funnel, trace = [] } = end
    const sql = 'UPDATE runs SET status = ?, ended_at_ms = ?, funnel = ?, trace = ? WHERE id = ?'
    const values = [status, endedAtMs, JSON.stringify(funnel), JSON.stringify(trace)]
    this.#mustChange(id, this.#database.run(sql, ...values, id).changes)
  }

  find(id: number): StoredRun | undefined {
    const row = this.#database.first('SELECT * FROM runs WHERE id = ?', id)
    return row === undefined ? undefined : runOf(row)
  }

  /** All runs, oldest first. */
  list(): StoredRun[] {
    return [...this.each()]
  }

  /** All runs, oldest first, of which only a page is held at a time. */
  *each(): IterableIterator<StoredRun> {
    const sql = 'SELECT * FROM runs WHERE id > ? ORDER BY id LIMIT ?'
    for (const row of paginate((lastId, limit) => this.#database.all(sql, lastId, limit))) yield runOf(row)
  }

  #mustChange(id: number, changes: number): void {
    if (changes === 0) throw new RangeError(`no run ${id} in ${this.#database.path}`)
  }
}

function runOf(row: Row): StoredRun {
  return {
    id: readNumber(row, 'id'),
    kind: readText(row, 'kind'),
    options: readJson(row, 'options'),
    seed: readNumberOrNull(row, 'seed'),
    modelHash: readTextOrNull(row, 'model_hash'),
    version: readText(row, 'version'),
    startedAtMs: readNumber(row, 'started_at_ms'),
    endedAtMs: readNumberOrNull(row, 'ended_at_ms'),
    status: readText(row, 'status') as RunStatus,
    funnel: readJson(row, 'funnel'),
    trace: row.trace === null ? [] : readJson(row, 'trace'),
  }
}
