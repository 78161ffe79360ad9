// Benchmarks: kernels that a run kept for a target. Each is committed once or not at all, in one transaction with its
// kernel and features.

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
import type { KernelTable } from './kernel-table.ts'
import { paginate, whereAll } from './paging.ts'
import type { KernelOrigin, NewBenchmark, RunIdentity, StoredBenchmark } from './records.ts'

/** Which benchmarks to list; conditions add up. */
export interface BenchmarkFilter {
  /** Default any. */
  readonly runId?: number
  /** Default any. */
  readonly kernelId?: number
  /** Default any. */
  readonly space?: string
  /** Default any. */
  readonly targetName?: string
  /** Only rank 1, the nearest of each target of a run. Default false. */
  readonly bestOnly?: boolean
  /**
   * Only what counts as a result: of each run that came to an end as many of the nearest as it was asked to keep. Others were
   * filed on the way. `distinct`: what several runs found for one target only once, the first. Default: whatever was filed.
   */
  readonly kept?: 'each' | 'distinct'
  /** Of the kernel. Default any. */
  readonly origin?: KernelOrigin
  /** Of the kernel. Default any. */
  readonly licenceClass?: LicenceClass
  /** Default `include`: whatever its kernel is. */
  readonly heldOut?: 'exclude' | 'include'
  /** At most so many. Default all. */
  readonly limit?: number
}

/** The thorougher of the ways in which the kernel was accepted: 'full' comes before 'quick'. */
const validatedBy = `(SELECT min(v.level) FROM validations v
  WHERE v.kernel_id = b.kernel_id AND v.outcome = 'accepted') AS validated`

const selected = `b.*, r.version, k.key, k.kernel_name, k.text, k.ir_key, ${validatedBy}
  FROM benchmarks b JOIN runs r ON r.id = b.run_id JOIN kernels k ON k.id = b.kernel_id`

/** A run that was not told how many to keep keeps all. */
const isKept = "b.rank <= coalesce(json_extract(r.options, '$.keep'), b.rank)"
/** An earlier result of the same kernel for the same target. */
const earlier = `SELECT 1 FROM benchmarks e JOIN runs s ON s.id = e.run_id
  WHERE e.kernel_id = b.kernel_id AND e.id < b.id AND e.space = b.space AND e.target_name = b.target_name
    AND e.target = b.target AND e.target_upper IS b.target_upper
    AND e.rank <= coalesce(json_extract(s.options, '$.keep'), e.rank)`

/** Kernels kept for targets. */
export class BenchmarkTable {
  readonly #database: Database
  readonly #kernels: KernelTable

  /** @internal Use `store.benchmarks`. */
  constructor(database: Database, kernels: KernelTable) {
    this.#database = database
    this.#kernels = kernels
  }

  /**
   * Commit one benchmark with its kernel, features and ancestors. Safe to repeat: what the run has for this kernel, target and
   * space stays as it is, but for a place that it is given now.
   * @throws {RangeError} where its features lack the benchmark's space or differ from the target in length
   */
  commit(benchmark: NewBenchmark): { readonly id: number; readonly kernelId: number; readonly isNew: boolean } {
    const own = benchmark.kernel.features[benchmark.space]
    if (own?.length !== benchmark.target.length) {
      const found = own === undefined ? 'none' : `${own.length}`
      throw new RangeError(`features.${benchmark.space}: expected ${benchmark.target.length} values, received ${found}`)
    }
    return this.#database.transaction(() => {
      const { id: kernelId } = this.#kernels.add(benchmark.kernel)
      for (const { key, text } of benchmark.ancestors ?? []) {
        this.#database.run('INSERT OR IGNORE INTO ancestors (key, text) VALUES (?, ?)', key, text)
      }
      const known = this.#database.first(
        'SELECT id FROM benchmarks WHERE run_id = ? AND kernel_id = ? AND target_name = ? AND space = ?',
        ...[benchmark.runId, kernelId, benchmark.targetName, benchmark.space],
      )
      if (known !== undefined) {
        const id = readNumber(known, 'id')
        const { place = null } = benchmark
        if (place !== null) this.#database.run('UPDATE benchmarks SET place = ? WHERE id = ?', place, id)
        return { id, kernelId, isNew: false }
      }
      return { id: this.#insert(benchmark, kernelId), kernelId, isNew: true }
    })
  }

  /**
   * Number the benchmarks of each space and target of a run from 1, nearest first. Of equal ones those that have a place come
   * first, in its order, as their search knows what is better; the others by key.
   */
  rank(runId: number): void {
    this.#database.run(
      `UPDATE benchmarks SET rank = ranked.rank FROM (
         SELECT b.id, row_number() OVER (
           PARTITION BY b.space, b.target_name ORDER BY b.distance, b.place IS NULL, b.place, k.key
         ) AS rank
         FROM benchmarks b JOIN kernels k ON k.id = b.kernel_id WHERE b.run_id = ?
       ) AS ranked WHERE ranked.id = benchmarks.id`,
      runId,
    )
  }

  /** Proximity of the nearest benchmark of all runs that were asked to do the same, with any seed; 0 for none. */
  proximityOf({ kind, options, modelHash }: Omit<RunIdentity, 'seed'>): number {
    const row = this.#database.first(
      `SELECT max(b.proximity) AS proximity FROM runs r JOIN benchmarks b ON b.run_id = r.id
       WHERE r.options = ? AND r.kind = ? AND r.model_hash IS ?`,
      ...[JSON.stringify(options), kind, modelHash],
    )
    return row === undefined ? 0 : (readNumberOrNull(row, 'proximity') ?? 0)
  }

  /** Benchmarks in the order they were committed. */
  *list(filter: BenchmarkFilter = {}): IterableIterator<StoredBenchmark> {
    const [where, values] = conditionsOf(filter)
    const sql = `SELECT ${selected} ${where} ORDER BY b.id LIMIT ?`
    const rows = paginate((lastId, limit) => this.#database.all(sql, lastId, ...values, limit), filter.limit)
    for (const row of rows) yield this.#read(row)
  }

  /** What counts as a result, each kernel once per target, by space, target, rank, distance and key. */
  *results(): IterableIterator<StoredBenchmark> {
    const [where, values] = conditionsOf({ kept: 'distinct' })
    const ids = this.#database.all(
      `SELECT b.id FROM benchmarks b JOIN runs r ON r.id = b.run_id JOIN kernels k ON k.id = b.kernel_id ${where}
       ORDER BY b.space, b.target_name, b.rank, b.distance, k.key, b.id`,
      ...[0, ...values],
    )
    const sql = `SELECT ${selected} WHERE b.id = ?`
    for (const row of ids) {
      for (const found of this.#database.all(sql, readNumber(row, 'id'))) yield this.#read(found)
    }
  }

  /** The text of a kernel that others were made of, where it was kept. */
  ancestor(key: string): string | undefined {
    const row = this.#database.first('SELECT text FROM ancestors WHERE key = ?', key)
    return row && readText(row, 'text')
  }

  count(filter: BenchmarkFilter = {}): number {
    const [where, values] = conditionsOf(filter)
    const sql = `SELECT count(*) AS n FROM benchmarks b
      JOIN runs r ON r.id = b.run_id JOIN kernels k ON k.id = b.kernel_id ${where}`
    const row = this.#database.first(sql, 0, ...values)
    return row === undefined ? 0 : readNumber(row, 'n')
  }

  #read(row: Row): StoredBenchmark {
    return benchmarkOf(row, this.#kernels.featuresOf(readNumber(row, 'kernel_id')))
  }

  #insert(benchmark: NewBenchmark, kernelId: number): number {
    const { id } = this.#database.run(
      `INSERT INTO benchmarks (run_id, kernel_id, space, target_name, target, target_upper, distance, proximity, rank, generation,
         lineage, seed, model_hash, device, novelty, created_at_ms, place)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[benchmark.runId, kernelId, benchmark.space, benchmark.targetName, encodeVector(benchmark.target)],
      benchmark.targetUpper === null ? null : encodeVector(benchmark.targetUpper),
      ...[benchmark.distance, benchmark.proximity, benchmark.rank, benchmark.generation],
      ...[JSON.stringify(benchmark.lineage), benchmark.seed, benchmark.modelHash],
      ...[benchmark.device, benchmark.novelty && JSON.stringify(benchmark.novelty), benchmark.createdAtMs],
      benchmark.place ?? null,
    )
    return id
  }
}

/** The clause and its values after the leading `id > ?`. */
function conditionsOf(filter: BenchmarkFilter): [where: string, values: Value[]] {
  const { runId, kernelId, space, targetName, origin, licenceClass, kept } = filter
  const where = whereAll([
    ['b.id > ?', true],
    ['b.rank = 1', filter.bestOnly === true],
    [isKept, kept !== undefined],
    [`NOT EXISTS (${earlier})`, kept === 'distinct'],
    ['k.held_out IS NULL', filter.heldOut === 'exclude'],
    ['b.run_id = ?', runId !== undefined],
    ['b.kernel_id = ?', kernelId !== undefined],
    ['b.space = ?', space !== undefined],
    ['b.target_name = ?', targetName !== undefined],
    ['k.origin = ?', origin !== undefined],
    ['k.licence_class = ?', licenceClass !== undefined],
  ])
  const values = [runId, kernelId, space, targetName, origin, licenceClass]
  return [where, values.filter((value) => value !== undefined)]
}

function benchmarkOf(row: Row, features: Readonly<Record<string, Float64Array>>): StoredBenchmark {
  return {
    id: readNumber(row, 'id'),
    runId: readNumber(row, 'run_id'),
    version: readText(row, 'version'),
    kernelKey: readText(row, 'key'),
    kernelName: readText(row, 'kernel_name'),
    text: readText(row, 'text'),
    irKey: readTextOrNull(row, 'ir_key'),
    features,
    space: readText(row, 'space'),
    targetName: readText(row, 'target_name'),
    target: readVector(row, 'target'),
    targetUpper: row.target_upper === null ? null : readVector(row, 'target_upper'),
    distance: readNumber(row, 'distance'),
    proximity: readNumber(row, 'proximity'),
    rank: readNumberOrNull(row, 'rank'),
    generation: readNumber(row, 'generation'),
    lineage: readJson(row, 'lineage'),
    seed: readNumber(row, 'seed'),
    modelHash: readTextOrNull(row, 'model_hash'),
    device: readTextOrNull(row, 'device'),
    validated: readTextOrNull(row, 'validated'),
    novelty: row.novelty === null ? null : readJson(row, 'novelty'),
    createdAtMs: readNumber(row, 'created_at_ms'),
  }
}
