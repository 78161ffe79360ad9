// Mined repositories. A row means that every kernel of that commit is in the store.

import type { LicenceClass } from '../licence.ts'
import { readJson, readNumber, readText, readTextOrNull } from './columns.ts'
import type { Database, Row } from './database.ts'
import type { SourceRecord } from './records.ts'

/** Mined repositories. */
export class SourceTable {
  readonly #database: Database

  /** @internal Use `store.sources`. */
  constructor(database: Database) {
    this.#database = database
  }

  /** Record a source as completely mined; a second record of the same commit replaces the first. */
  add(source: SourceRecord): void {
    this.#database.run(
      'INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[source.repository, source.commit, source.licence, source.licenceClass, source.url, source.minedAtMs],
      ...[source.files, source.units, source.kernels, JSON.stringify(source.losses)],
    )
  }

  /** Was this commit mined to the end? */
  isComplete(repository: string, commit: string): boolean {
    const sql = 'SELECT 1 AS found FROM sources WHERE repository = ? AND commit_id = ?'
    return this.#database.first(sql, repository, commit) !== undefined
  }

  /** All sources, by repository. */
  list(): SourceRecord[] {
    return this.#database.all('SELECT * FROM sources ORDER BY repository, commit_id').map(sourceOf)
  }
}

function sourceOf(row: Row): SourceRecord {
  return {
    repository: readText(row, 'repository'),
    commit: readText(row, 'commit_id'),
    licence: readText(row, 'licence'),
    licenceClass: readText(row, 'licence_class') as LicenceClass,
    url: readTextOrNull(row, 'url'),
    minedAtMs: readNumber(row, 'mined_at_ms'),
    files: readNumber(row, 'files'),
    units: readNumber(row, 'units'),
    kernels: readNumber(row, 'kernels'),
    losses: readJson(row, 'losses'),
  }
}
