// The schema of answers.db. `PRAGMA user_version` counts it; a file belongs to one study. Times are milliseconds since
// 1970. No names, addresses or user agents: there is no column for them.

import type { Database, Row } from '../../../corpora/index.ts'
import { BenchError } from '../../../kernels/index.ts'
import type { Study } from '../study.ts'

/** `PRAGMA application_id`: "bstt". */
const applicationId = 0x62737474
const schemaVersion = 1

const schema = `
  CREATE TABLE study (
    id TEXT NOT NULL,
    key_hash TEXT NOT NULL
  ) STRICT;

  CREATE TABLE participants (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    token_digest TEXT NOT NULL UNIQUE,
    schedule TEXT NOT NULL,
    experience TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    seen_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER
  ) STRICT;
  CREATE INDEX participants_by_schedule ON participants (schedule);

  CREATE TABLE answers (
    participant INTEGER NOT NULL REFERENCES participants (id),
    place INTEGER NOT NULL,
    item TEXT NOT NULL,
    label TEXT NOT NULL CHECK (label IN ('human', 'machine')),
    confidence INTEGER NOT NULL CHECK (confidence BETWEEN 1 AND 5),
    response_ms REAL NOT NULL CHECK (response_ms >= 0),
    pauses TEXT NOT NULL CHECK (json_valid(pauses)),
    PRIMARY KEY (participant, place),
    UNIQUE (participant, item)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE invitations (
    number INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    is_used INTEGER NOT NULL DEFAULT 0
  ) STRICT;
`

/**
 * Make a new file the answers of this study, or make sure that it is.
 * @throws {BenchError} STORE_CORRUPT where the file is something else, STORE_NEWER
 * @throws {RangeError} where its answers are of another study
 */
export function prepareAnswers(database: Database, study: Study): void {
  database.transaction(() => {
    if (count(database, 'SELECT count(*) AS n FROM sqlite_schema') === 0) {
      database.execute(schema)
      database.execute(`PRAGMA application_id = ${applicationId}`)
      database.execute(`PRAGMA user_version = ${schemaVersion}`)
      database.run('INSERT INTO study (id, key_hash) VALUES (?, ?)', study.id, study.keyHash)
    }
  })
  const { path } = database
  if (pragma(database, 'application_id') !== applicationId) {
    throw new BenchError('STORE_CORRUPT', `${path} is an SQLite database, but not answers of a study`)
  }
  if (pragma(database, 'user_version') > schemaVersion) {
    throw new BenchError('STORE_NEWER', `${path} was written by a later benchsteer; update benchsteer`)
  }
  const row = database.first('SELECT id, key_hash FROM study')
  if (row?.id !== study.id || row.key_hash !== study.keyHash) {
    throw new RangeError(`${path}: holds answers of study ${row?.id}, expected ${study.id}; move the file elsewhere`)
  }
}

/** The column `n` of the only row. */
export function count(database: Database, sql: string): number {
  return Number((database.first(sql) as Row).n)
}

function pragma(database: Database, name: string): number {
  return Number((database.first(`PRAGMA ${name}`) as Row)[name])
}
