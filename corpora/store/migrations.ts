// The schema, one step a version: `PRAGMA user_version` counts the steps applied. Released steps never change;
// a new version appends one. Times are milliseconds since 1970, vectors float64 little-endian.

import { BenchError } from '../../kernels/index.ts'
import type { Database, Row } from './database.ts'

/** `PRAGMA application_id`: "bste". */
const applicationId = 0x62737465

const migrations: readonly string[] = [
  `
  CREATE TABLE sources (
    repository TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    licence TEXT NOT NULL,
    licence_class TEXT NOT NULL CHECK (licence_class IN ('permissive', 'copyleft', 'unknown')),
    url TEXT,
    mined_at_ms INTEGER NOT NULL,
    files INTEGER NOT NULL,
    units INTEGER NOT NULL,
    kernels INTEGER NOT NULL,
    losses TEXT NOT NULL CHECK (json_valid(losses)),
    PRIMARY KEY (repository, commit_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE kernels (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    text TEXT NOT NULL,
    token_count INTEGER NOT NULL,
    ir_key TEXT CHECK (ir_key <> ''),
    ir_bytes INTEGER,
    origin TEXT NOT NULL CHECK (origin IN ('mined', 'seed', 'synthesized')),
    repository TEXT,
    commit_id TEXT,
    path TEXT,
    kernel_name TEXT NOT NULL,
    licence TEXT NOT NULL,
    licence_class TEXT NOT NULL CHECK (licence_class IN ('permissive', 'copyleft', 'unknown')),
    template_key TEXT,
    held_out TEXT,
    duplicate_of INTEGER REFERENCES kernels (id),
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX kernels_by_ir ON kernels (ir_key) WHERE ir_key IS NOT NULL;
  CREATE INDEX kernels_by_repository ON kernels (repository);

  CREATE TABLE features (
    kernel_id INTEGER NOT NULL REFERENCES kernels (id),
    space TEXT NOT NULL,
    vector BLOB NOT NULL CHECK (length(vector) % 8 = 0),
    toolchain TEXT NOT NULL,
    PRIMARY KEY (kernel_id, space)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    options TEXT NOT NULL CHECK (json_valid(options)),
    seed INTEGER,
    model_hash TEXT,
    version TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'stopped', 'failed')),
    funnel TEXT NOT NULL CHECK (json_valid(funnel))
  ) STRICT;

  CREATE TABLE benchmarks (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    kernel_id INTEGER NOT NULL REFERENCES kernels (id),
    space TEXT NOT NULL,
    target_name TEXT NOT NULL,
    target BLOB NOT NULL CHECK (length(target) % 8 = 0),
    distance REAL NOT NULL,
    proximity REAL NOT NULL,
    rank INTEGER,
    generation INTEGER NOT NULL,
    lineage TEXT NOT NULL CHECK (json_valid(lineage)),
    seed INTEGER NOT NULL,
    model_hash TEXT,
    device TEXT,
    created_at_ms INTEGER NOT NULL,
    UNIQUE (run_id, kernel_id, target_name, space)
  ) STRICT;
  CREATE INDEX benchmarks_by_kernel ON benchmarks (kernel_id);
  `,
  `
  ALTER TABLE benchmarks ADD COLUMN target_upper BLOB CHECK (length(target_upper) = length(target));
  CREATE INDEX benchmarks_by_target ON benchmarks (space, target_name, distance);
  CREATE INDEX runs_by_options ON runs (options);
  ALTER TABLE runs ADD COLUMN trace TEXT CHECK (json_valid(trace));
  `,
  `
  ALTER TABLE benchmarks ADD COLUMN novelty TEXT CHECK (json_valid(novelty));
  `,
  `
  CREATE TABLE validations (
    id INTEGER PRIMARY KEY,
    kernel_id INTEGER NOT NULL REFERENCES kernels (id),
    device_id TEXT NOT NULL,
    device_name TEXT NOT NULL,
    driver TEXT NOT NULL,
    level TEXT NOT NULL,
    seed INTEGER NOT NULL,
    size INTEGER NOT NULL,
    payload_hash TEXT,
    outcome TEXT NOT NULL CHECK (outcome <> ''),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    version TEXT NOT NULL,
    validated_at_ms INTEGER NOT NULL,
    UNIQUE (kernel_id, device_id, level, size, seed)
  ) STRICT;

  CREATE TABLE measurements (
    id INTEGER PRIMARY KEY,
    kernel_id INTEGER NOT NULL REFERENCES kernels (id),
    provenance TEXT NOT NULL CHECK (provenance IN ('measured', 'modelled')),
    device_id TEXT NOT NULL,
    device_name TEXT NOT NULL,
    device_kind TEXT NOT NULL CHECK (device_kind IN ('cpu', 'gpu', 'accelerator', 'other')),
    driver TEXT NOT NULL,
    size INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    payload_hash TEXT,
    global_size TEXT NOT NULL CHECK (json_valid(global_size)),
    local_size TEXT NOT NULL CHECK (json_valid(local_size)),
    write_bytes INTEGER NOT NULL,
    read_bytes INTEGER NOT NULL,
    failure TEXT,
    warm_ups INTEGER NOT NULL,
    write_ns BLOB NOT NULL CHECK (length(write_ns) % 8 = 0),
    kernel_ns BLOB NOT NULL CHECK (length(kernel_ns) = length(write_ns)),
    read_ns BLOB NOT NULL CHECK (length(read_ns) = length(write_ns)),
    kernel_median_ns REAL,
    kernel_low_ns REAL,
    kernel_high_ns REAL,
    total_median_ns REAL,
    total_low_ns REAL,
    total_high_ns REAL,
    is_tight INTEGER NOT NULL CHECK (is_tight IN (0, 1)),
    version TEXT NOT NULL,
    measured_at_ms INTEGER NOT NULL,
    CHECK ((failure IS NULL) = (total_median_ns IS NOT NULL)),
    CHECK (total_low_ns <= total_median_ns AND total_median_ns <= total_high_ns),
    UNIQUE (kernel_id, device_id, driver, size, seed)
  ) STRICT;
  CREATE INDEX measurements_by_device ON measurements (device_id, size);
  `,
  `
  CREATE TABLE ancestors (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    text TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  'ALTER TABLE measurements ADD COLUMN visits INTEGER NOT NULL DEFAULT 1 CHECK (visits >= 1)',
  `
  ALTER TABLE benchmarks ADD COLUMN place INTEGER CHECK (place >= 1);
  CREATE TABLE spaces (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    names TEXT NOT NULL CHECK (json_valid(names))
  ) STRICT, WITHOUT ROWID;
  `,
]

/** The schema version this code writes. */
export const schemaVersion: number = migrations.length

/**
 * Bring a new or older store to the current schema.
 * @throws {BenchError} STORE_CORRUPT where the file belongs to another program, STORE_NEWER
 */
export function migrate(database: Database): void {
  if (readVersion(database) === schemaVersion) return
  database.transaction(() => {
    // Read again: another process may have migrated while we waited for the lock.
    for (let version = readVersion(database); version < schemaVersion; version++) database.execute(migrations[version])
    database.execute(`PRAGMA user_version = ${schemaVersion}`)
    database.execute(`PRAGMA application_id = ${applicationId}`)
  })
}

/** @throws {BenchError} STORE_OLDER where `migrate` would change the store, and what `migrate` throws */
export function requireCurrent(database: Database): void {
  const version = readVersion(database)
  if (version === schemaVersion) return
  const advice = `bring it up to date: benchsteer corpora stats --corpus ${database.path}`
  throw new BenchError('STORE_OLDER', `${database.path} has schema ${version}, not ${schemaVersion}; ${advice}`)
}

function readVersion(database: Database): number {
  // In this order: another process may create the store meanwhile, all of it at once.
  const isEmpty = pragma(database, 'page_count') === 0 || countTables(database) === 0
  const application = pragma(database, 'application_id')
  const version = pragma(database, 'user_version')
  if (application !== applicationId && !isEmpty) {
    throw new BenchError('STORE_CORRUPT', `${database.path} is an SQLite database, but not a benchsteer store`)
  }
  if (version > schemaVersion) {
    throw new BenchError(
      'STORE_NEWER',
      `${database.path} has schema ${version}, this benchsteer knows up to ${schemaVersion}; update benchsteer`,
    )
  }
  return isEmpty ? 0 : version
}

function countTables(database: Database): number {
  return Number((database.first('SELECT count(*) AS n FROM sqlite_schema') as Row).n)
}

function pragma(database: Database, name: string): number {
  return Number((database.first(`PRAGMA ${name}`) as Row)[name])
}
