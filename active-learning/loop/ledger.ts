// The loop's memory: one SQLite file in WAL mode. Every step of every trajectory is written once, under its place
// (trajectory, round, slot), in one transaction with what belongs to it; a killed loop asks for each step again and goes
// on at the first that is not there. A row is added in the same transaction that ends its attempt: never lost, never
// twice.

import { Database, type Row } from '../../corpora/index.ts'
import { BenchError } from '../../kernels/index.ts'
import type { GreweRow } from '../data-set.ts'
import type { ArmName } from './arms.ts'
import type { StopRules } from './options.ts'
import type { FoundKernel, LabelOutcome } from './parts.ts'
import type { AddedRow, Attempt, AttemptOutcome, ChosenPoint, KnownLabel, Round, Score, Trajectory } from './records.ts'

/** `PRAGMA application_id`: "bstl". */
const applicationId = 0x6273746c
/** 2: a score has predictions by tree, and rules are kept. */
const schemaVersion = 2

const schema = `
  CREATE TABLE learner (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    identity TEXT NOT NULL CHECK (json_valid(identity)),
    version TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    rules TEXT NOT NULL CHECK (json_valid(rules))
  ) STRICT;
  CREATE TABLE trajectories (
    id INTEGER PRIMARY KEY,
    arm TEXT NOT NULL,
    fold TEXT NOT NULL,
    seed INTEGER NOT NULL,
    UNIQUE (arm, fold, seed)
  ) STRICT;
  CREATE TABLE rounds (
    trajectory_id INTEGER NOT NULL REFERENCES trajectories (id),
    round INTEGER NOT NULL,
    picks TEXT NOT NULL CHECK (json_valid(picks)),
    score TEXT CHECK (json_valid(score)),
    PRIMARY KEY (trajectory_id, round)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE attempts (
    trajectory_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    found TEXT NOT NULL CHECK (json_valid(found)),
    failure TEXT,
    find_ms REAL NOT NULL,
    outcome TEXT CHECK (json_valid(outcome)),
    label_ms REAL,
    PRIMARY KEY (trajectory_id, round, slot),
    FOREIGN KEY (trajectory_id, round) REFERENCES rounds (trajectory_id, round)
  ) STRICT;
  CREATE TABLE added_rows (
    trajectory_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    row TEXT NOT NULL CHECK (json_valid(row)),
    PRIMARY KEY (trajectory_id, round, slot, nth),
    FOREIGN KEY (trajectory_id, round, slot) REFERENCES attempts (trajectory_id, round, slot)
  ) STRICT;
  CREATE TABLE labels (
    kernel_key TEXT NOT NULL,
    launch TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (json_valid(outcome)),
    cost_ms REAL NOT NULL,
    PRIMARY KEY (kernel_key, launch)
  ) STRICT, WITHOUT ROWID;
`

/** What a ledger belongs to. Plain data; compared as JSON. */
export type Identity = Readonly<Record<string, unknown>>

/** Holds the file. Use it with `using`. */
export class Ledger implements Disposable {
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
  }

  /**
   * Open a ledger, or create it.
   * @param mustExist - refuse to create it
   * @throws {BenchError} STORE_CORRUPT where the file is something else, STORE_OLDER, STORE_NEWER, and as `Store.open`
   */
  static open(path: string, mustExist = false): Ledger {
    const database = new Database(path, mustExist)
    try {
      database.useWriteAheadLog()
      // A round takes seconds: there is time to make sure of each step, even against a power cut.
      database.execute('PRAGMA synchronous = FULL')
      database.execute('PRAGMA foreign_keys = ON')
      prepare(database)
      return new Ledger(database)
    } catch (error) {
      database[Symbol.dispose]()
      throw error
    }
  }

  /**
   * Claim the ledger for a run, or make sure that it is that run's.
   * @param rules - that it is under from now on
   * @throws {RangeError} naming what differs from the run that it belongs to
   */
  claim(identity: Identity, rules: StopRules, version: string, nowMs: number): void {
    const known = this.identity()
    if (known === undefined) {
      const sql = 'INSERT INTO learner (id, identity, version, created_at_ms, rules) VALUES (1, ?, ?, ?, ?)'
      this.#database.run(sql, JSON.stringify(identity), version, nowMs, formatRules(rules))
      return
    }
    for (const name of new Set([...Object.keys(known), ...Object.keys(identity)])) {
      const [before, now] = [known[name], identity[name]].map((value) => JSON.stringify(value))
      if (before !== now) {
        throw new RangeError(`${name}: expected ${before}, as the run in ${this.#database.path} has, received ${now}`)
      }
    }
    this.#database.run('UPDATE learner SET rules = ?', formatRules(rules))
  }

  /** Those that the last run was under. */
  rules(): StopRules {
    const row = this.#database.first('SELECT rules FROM learner')
    return row === undefined ? {} : json<StopRules>(row, 'rules')
  }

  /** Undefined for a ledger that nobody has claimed. */
  identity(): Identity | undefined {
    const row = this.#database.first('SELECT identity FROM learner')
    return row && json<Identity>(row, 'identity')
  }

  /** Find a trajectory, or begin it. */
  trajectory(arm: ArmName, fold: string, seed: number): Trajectory {
    const values = [arm, fold, seed]
    this.#database.run('INSERT OR IGNORE INTO trajectories (arm, fold, seed) VALUES (?, ?, ?)', ...values)
    const row = this.#database.first('SELECT id FROM trajectories WHERE arm = ? AND fold = ? AND seed = ?', ...values)
    return { id: Number(row?.id), arm, fold, seed }
  }

  /** In the order they were begun. */
  trajectories(): Trajectory[] {
    return this.#database.all('SELECT * FROM trajectories ORDER BY id').map((row) => ({
      ...{ id: Number(row.id), arm: String(row.arm) as ArmName, fold: String(row.fold), seed: Number(row.seed) },
    }))
  }

  /** All rounds of a trajectory, the last of which may be unfinished. */
  rounds(trajectoryId: number): Round[] {
    const rows = this.#database.all('SELECT * FROM rounds WHERE trajectory_id = ? ORDER BY round', trajectoryId)
    return rows.map((row) => roundOf(row, this.#attempts(trajectoryId, Number(row.round))))
  }

  round(trajectoryId: number, round: number): Round | undefined {
    const row = this.#database.first(
      'SELECT * FROM rounds WHERE trajectory_id = ? AND round = ?',
      ...[trajectoryId, round],
    )
    return row && roundOf(row, this.#attempts(trajectoryId, round))
  }

  /** In the order of round, slot and launch. */
  rows(trajectoryId: number): AddedRow[] {
    const sql = 'SELECT * FROM added_rows WHERE trajectory_id = ? ORDER BY round, slot, nth'
    return this.#database.all(sql, trajectoryId).map((row) => ({
      ...{ round: Number(row.round), slot: Number(row.slot), row: json<GreweRow>(row, 'row') },
    }))
  }

  label(kernelKey: string, launch: string): KnownLabel | undefined {
    const row = this.#database.first('SELECT * FROM labels WHERE kernel_key = ? AND launch = ?', kernelKey, launch)
    return row && { outcome: json<LabelOutcome>(row, 'outcome'), costMs: Number(row.cost_ms) }
  }

  /** Begin a round. */
  addRound(trajectoryId: number, round: number, picks: readonly ChosenPoint[]): void {
    const sql = 'INSERT INTO rounds (trajectory_id, round, picks) VALUES (?, ?, ?)'
    this.#database.run(sql, trajectoryId, round, JSON.stringify(picks))
  }

  addFound(
    trajectoryId: number,
    round: number,
    { slot, found, failure, findMs }: Omit<Attempt, 'outcome' | 'labelMs'>,
  ): void {
    const sql = `INSERT INTO attempts (trajectory_id, round, slot, found, failure, find_ms) VALUES (?, ?, ?, ?, ?, ?)`
    this.#database.run(sql, trajectoryId, round, slot, JSON.stringify(found), failure, findMs)
  }

  addLabel(kernelKey: string, launch: string, { outcome, costMs }: KnownLabel): void {
    const sql = 'INSERT INTO labels (kernel_key, launch, outcome, cost_ms) VALUES (?, ?, ?, ?)'
    this.#database.run(sql, kernelKey, launch, JSON.stringify(outcome), costMs)
  }

  /** End an attempt, with its rows. */
  finishAttempt(
    trajectoryId: number,
    round: number,
    slot: number,
    end: { readonly outcome: AttemptOutcome; readonly labelMs: number; readonly rows: readonly GreweRow[] },
  ): void {
    const place = [trajectoryId, round, slot]
    this.#database.transaction(() => {
      const sql = `UPDATE attempts SET outcome = ?, label_ms = ?
        WHERE trajectory_id = ? AND round = ? AND slot = ? AND outcome IS NULL`
      this.#mustChange(this.#database.run(sql, JSON.stringify(end.outcome), end.labelMs, ...place).changes, place)
      for (const [nth, row] of end.rows.entries()) {
        const insert = 'INSERT INTO added_rows (trajectory_id, round, slot, nth, row) VALUES (?, ?, ?, ?, ?)'
        this.#database.run(insert, ...place, nth, JSON.stringify(row))
      }
    })
  }

  finishRound(trajectoryId: number, round: number, score: Score): void {
    const sql = 'UPDATE rounds SET score = ? WHERE trajectory_id = ? AND round = ? AND score IS NULL'
    const { changes } = this.#database.run(sql, JSON.stringify(score), trajectoryId, round)
    this.#mustChange(changes, [trajectoryId, round])
  }

  /** @returns what is wrong, in words; empty for a sound ledger */
  integrityCheck(): string[] {
    const rows = this.#database.all('PRAGMA integrity_check').map((row) => String(row.integrity_check))
    const orphans = this.#database.all('PRAGMA foreign_key_check').map((row) => `${row.table}: row without parent`)
    return [...rows.filter((text) => text !== 'ok'), ...orphans]
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]()
  }

  #attempts(trajectoryId: number, round: number): Attempt[] {
    const sql = 'SELECT * FROM attempts WHERE trajectory_id = ? AND round = ? ORDER BY slot'
    return this.#database.all(sql, trajectoryId, round).map(attemptOf)
  }

  #mustChange(changes: number, place: readonly number[]): void {
    if (changes === 0) throw new RangeError(`${place.join('/')}: not there, or over, in ${this.#database.path}`)
  }
}

/** What is infinite is left out: there is no such number in JSON, and it is the default. */
function formatRules(rules: StopRules): string {
  return JSON.stringify(rules, (_, value: unknown) => (value === Number.POSITIVE_INFINITY ? undefined : value))
}

function prepare(database: Database): void {
  const pragma = (name: string): number => Number(database.first(`PRAGMA ${name}`)?.[name])
  database.transaction(() => {
    const isEmpty = Number(database.first('SELECT count(*) AS n FROM sqlite_schema')?.n) === 0
    if (isEmpty) {
      database.execute(schema)
      database.execute(`PRAGMA user_version = ${schemaVersion}`)
      database.execute(`PRAGMA application_id = ${applicationId}`)
    } else if (pragma('application_id') !== applicationId) {
      throw new BenchError('STORE_CORRUPT', `${database.path} is an SQLite database, but no ledger of a learner`)
    } else if (pragma('user_version') < schemaVersion) {
      const advice = 'finish it with the version that began it, or begin anew in another folder'
      throw new BenchError('STORE_OLDER', `${database.path} was written by an earlier benchsteer; ${advice}`)
    } else if (pragma('user_version') > schemaVersion) {
      throw new BenchError('STORE_NEWER', `${database.path} was written by a later benchsteer; update benchsteer`)
    }
  })
}

function roundOf(row: Row, attempts: readonly Attempt[]): Round {
  const score = row.score === null ? null : json<Score>(row, 'score')
  return { round: Number(row.round), picks: json<ChosenPoint[]>(row, 'picks'), attempts, score }
}

function attemptOf(row: Row): Attempt {
  return {
    ...{ slot: Number(row.slot), found: json<FoundKernel[]>(row, 'found'), findMs: Number(row.find_ms) },
    failure: row.failure === null ? null : String(row.failure),
    outcome: row.outcome === null ? null : json<AttemptOutcome>(row, 'outcome'),
    labelMs: row.label_ms === null ? null : Number(row.label_ms),
  }
}

/** A column that this file wrote. */
function json<T>(row: Row, column: string): T {
  return JSON.parse(String(row[column])) as T
}
