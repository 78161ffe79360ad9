// Kernels, one row per normal form, and their features. A kernel whose IR equals an earlier one's is kept but marked
// as its duplicate. Being held out is contagious: it passes to every corpus kernel with the same normal form or IR.

import type { LicenceClass } from '../licence.ts'
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
import type { AddedKernel, KernelOrigin, KernelVector, NewKernel, StoredKernel } from './records.ts'

/** Which kernels to list; conditions add up. */
export interface KernelFilter {
  /** Default any. */
  readonly origin?: KernelOrigin
  /** Exact name. Default any. */
  readonly repository?: string
  /** Default any. */
  readonly licenceClass?: LicenceClass
  /** Only kernels measured in this feature space. Default all. */
  readonly space?: string
  /** Default false: kernels with the IR of an earlier one are left out. */
  readonly includeDuplicates?: boolean
  /** Default `exclude`: kernels of the evaluation suites are left out. */
  readonly heldOut?: 'exclude' | 'include' | 'only'
  /** At most so many. Default all. */
  readonly limit?: number
}

/** A feature space that kernels of a store are measured in. */
export interface MeasuredSpace {
  readonly id: string
  /** Of its vectors; the longest one's. */
  readonly length: number
  /** What its features are called, where that was kept. */
  readonly names: readonly string[] | null
}

const columns = `k.id, k.key, k.text, k.token_count, k.ir_key, k.ir_bytes, k.origin, k.repository, k.commit_id, k.path,
  k.kernel_name, k.licence, k.licence_class, k.template_key, k.held_out, k.created_at_ms, d.key AS duplicate_key`

/** Kernels of a corpus, mined, seed and synthesized. */
export class KernelTable {
  readonly #database: Database

  /** @internal Use `store.kernels`. */
  constructor(database: Database) {
    this.#database = database
  }

  /** Add a kernel with its features, whole or not at all. One that is there already only gets new features. */
  add(kernel: NewKernel): AddedKernel {
    return this.#database.transaction(() => {
      const known = this.#database.first('SELECT id, origin FROM kernels WHERE key = ?', kernel.key)
      const added = known === undefined ? this.#insert(kernel) : this.#update(known, kernel)
      for (const [space, values] of Object.entries(kernel.features)) {
        this.#database.run(
          'INSERT OR REPLACE INTO features (kernel_id, space, vector, toolchain) VALUES (?, ?, ?, ?)',
          ...[added.id, space, encodeVector(values), kernel.toolchain],
        )
      }
      return added
    })
  }

  /** By its full key, or by the start of it if only one kernel's key starts so. */
  find(key: string): StoredKernel | undefined {
    const rows = this.#database.all(
      `SELECT ${columns} FROM kernels k LEFT JOIN kernels d ON d.id = k.duplicate_of
       WHERE k.key >= ? AND k.key < ? ORDER BY k.key LIMIT 2`,
      ...[key, `${key}\uffff`],
    )
    const isFound = rows.length === 1 || (rows.length > 1 && rows[0].key === key)
    return isFound && key !== '' ? kernelOf(rows[0]) : undefined
  }

  /** Features of one kernel, by space id. */
  featuresOf(kernelId: number): Record<string, Float64Array> {
    const rows = this.#database.all('SELECT space, vector FROM features WHERE kernel_id = ? ORDER BY space', kernelId)
    return Object.fromEntries(rows.map((row) => [readText(row, 'space'), readVector(row, 'vector')]))
  }

  /** Keep what the features of a space are called, for spaces that are known nowhere else. */
  nameFeatures(space: string, names: readonly string[]): void {
    const sql = 'INSERT OR REPLACE INTO spaces (id, names) VALUES (?, ?)'
    this.#database.run(sql, space, JSON.stringify(names))
  }

  /** Feature spaces that kernels are measured in, by id. */
  spaces(): MeasuredSpace[] {
    const sql = `SELECT f.space, f.length, s.names FROM (
        SELECT space, max(length(vector)) / 8 AS length FROM features GROUP BY space
      ) f LEFT JOIN spaces s ON s.id = f.space ORDER BY f.space`
    return this.#database.all(sql).map((row) => ({
      ...{ id: readText(row, 'space'), length: readNumber(row, 'length') },
      names: row.names === null ? null : readJson<string[]>(row, 'names'),
    }))
  }

  /** Kernels in the order they were added. */
  *list(filter: KernelFilter = {}): IterableIterator<StoredKernel> {
    const [where, values] = conditionsOf(filter)
    const sql = `SELECT ${columns} FROM kernels k LEFT JOIN kernels d ON d.id = k.duplicate_of
      ${where} ORDER BY k.id LIMIT ?`
    const rows = paginate((lastId, limit) => this.#database.all(sql, lastId, ...values, limit), filter.limit)
    for (const row of rows) yield kernelOf(row)
  }

  /** Vectors of one feature space, for the kernels that `list` would give. */
  *vectors(space: string, filter: KernelFilter = {}): IterableIterator<KernelVector> {
    const [where, values] = conditionsOf(filter)
    const sql = `SELECT k.id, k.key, f.vector FROM kernels k JOIN features f ON f.kernel_id = k.id AND f.space = ?
      ${where} ORDER BY k.id LIMIT ?`
    const rows = paginate((lastId, limit) => this.#database.all(sql, space, lastId, ...values, limit), filter.limit)
    for (const row of rows) {
      yield { kernelId: readNumber(row, 'id'), key: readText(row, 'key'), values: readVector(row, 'vector') }
    }
  }

  count(filter: KernelFilter = {}): number {
    const [where, values] = conditionsOf(filter)
    const row = this.#database.first(`SELECT count(*) AS n FROM kernels k ${where}`, 0, ...values)
    return row === undefined ? 0 : readNumber(row, 'n')
  }

  #insert(kernel: NewKernel): AddedKernel {
    const twin = this.#findTwin(kernel, 0)
    const heldOut = kernel.heldOut ?? sameIr(twin)
    const { id } = this.#database.run(
      `INSERT INTO kernels (key, text, token_count, ir_key, ir_bytes, origin, repository, commit_id, path, kernel_name,
         licence, licence_class, template_key, held_out, duplicate_of, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[kernel.key, kernel.text, kernel.tokenCount, kernel.irKey, kernel.irBytes, kernel.origin, kernel.repository],
      ...[kernel.commit, kernel.path, kernel.kernelName, kernel.licence, kernel.licenceClass, kernel.templateKey],
      ...[kernel.origin === 'synthesized' ? kernel.heldOut : heldOut, twin?.id ?? null, kernel.createdAtMs],
    )
    this.#spreadHoldOut(kernel)
    return { id, status: twin === undefined ? 'added' : 'duplicate' }
  }

  #update(known: Row, kernel: NewKernel): AddedKernel {
    const id = readNumber(known, 'id')
    if (known.origin === 'synthesized' && kernel.origin !== 'synthesized') this.#adopt(id, kernel)
    if (kernel.heldOut !== null && kernel.origin !== 'synthesized') {
      const reason = `same normal form: ${kernel.heldOut}`
      this.#database.run('UPDATE kernels SET held_out = ? WHERE id = ? AND held_out IS NULL', reason, id)
    }
    this.#spreadHoldOut(kernel)
    return { id, status: 'known' }
  }

  /** People wrote what we had synthesized before: from now on it counts as theirs. */
  #adopt(id: number, kernel: NewKernel): void {
    const twin = this.#findTwin(kernel, id)
    this.#database.run(
      `UPDATE kernels SET origin = ?, repository = ?, commit_id = ?, path = ?, kernel_name = ?, licence = ?,
         licence_class = ?, template_key = ?, held_out = ?, duplicate_of = ? WHERE id = ?`,
      ...[kernel.origin, kernel.repository, kernel.commit, kernel.path, kernel.kernelName, kernel.licence],
      ...[kernel.licenceClass, kernel.templateKey, kernel.heldOut ?? sameIr(twin), twin?.id ?? null, id],
    )
  }

  /** The first other kernel with this IR. A corpus kernel is never the duplicate of a synthesized one. */
  #findTwin(kernel: NewKernel, ownId: number): { readonly id: number; readonly heldOut: string | null } | undefined {
    if (kernel.irKey === null) return undefined
    const row = this.#database.first(
      `SELECT id, held_out FROM kernels
       WHERE ir_key = ? AND id <> ? AND duplicate_of IS NULL AND (origin <> 'synthesized' OR ? = 'synthesized')
       ORDER BY origin = 'synthesized', id LIMIT 1`,
      ...[kernel.irKey, ownId, kernel.origin],
    )
    return row === undefined ? undefined : { id: readNumber(row, 'id'), heldOut: readTextOrNull(row, 'held_out') }
  }

  #spreadHoldOut(kernel: NewKernel): void {
    if (kernel.heldOut === null || kernel.irKey === null || kernel.origin === 'synthesized') return
    this.#database.run(
      "UPDATE kernels SET held_out = ? WHERE ir_key = ? AND held_out IS NULL AND origin <> 'synthesized'",
      ...[`same IR: ${kernel.heldOut}`, kernel.irKey],
    )
  }
}

function sameIr(twin: { readonly heldOut: string | null } | undefined): string | null {
  return twin === undefined || twin.heldOut === null ? null : `same IR: ${twin.heldOut}`
}

/** The clause and its values after the leading `id > ?`. */
function conditionsOf(filter: KernelFilter): [where: string, values: Value[]] {
  const { origin, repository, licenceClass, space, includeDuplicates = false, heldOut = 'exclude' } = filter
  const where = whereAll([
    ['k.id > ?', true],
    ['k.duplicate_of IS NULL', !includeDuplicates],
    ['k.held_out IS NULL', heldOut === 'exclude'],
    ['k.held_out IS NOT NULL', heldOut === 'only'],
    ['k.origin = ?', origin !== undefined],
    ['k.repository = ?', repository !== undefined],
    ['k.licence_class = ?', licenceClass !== undefined],
    ['EXISTS (SELECT 1 FROM features m WHERE m.kernel_id = k.id AND m.space = ?)', space !== undefined],
  ])
  return [where, [origin, repository, licenceClass, space].filter((value) => value !== undefined)]
}

function kernelOf(row: Row): StoredKernel {
  return {
    id: readNumber(row, 'id'),
    key: readText(row, 'key'),
    text: readText(row, 'text'),
    tokenCount: readNumber(row, 'token_count'),
    irKey: readTextOrNull(row, 'ir_key'),
    irBytes: readNumberOrNull(row, 'ir_bytes'),
    origin: readText(row, 'origin') as KernelOrigin,
    repository: readTextOrNull(row, 'repository'),
    commit: readTextOrNull(row, 'commit_id'),
    path: readTextOrNull(row, 'path'),
    kernelName: readText(row, 'kernel_name'),
    licence: readText(row, 'licence'),
    licenceClass: readText(row, 'licence_class') as LicenceClass,
    templateKey: readTextOrNull(row, 'template_key'),
    heldOut: readTextOrNull(row, 'held_out'),
    duplicateOf: readTextOrNull(row, 'duplicate_key'),
    createdAtMs: readNumber(row, 'created_at_ms'),
  }
}
