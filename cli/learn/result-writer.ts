// What a run leaves in its folder beside the ledger.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Committee,
  committeeOf,
  type Fold,
  formatCommittee,
  formatCsv,
  type LearnEvent,
  type LearnOptions,
  type LearnReportOptions,
  type LearnResults,
  type Ledger,
  parseCommittee,
  type Trajectory,
  writeLearnReport,
} from '../../active-learning/index.ts'
import { writeAtomically } from '../../corpora/index.ts'
import { addedRowsFolder, addedRowsName, committeeFolder, kernelFolder, type LearnRunOptions } from './options.ts'

/** How often the report is written while a run goes on. */
const reportEveryMs = 300_000
/** Benchmarks left out in turn for a report while a run goes on: it holds the run up, and may meet a measurement. */
const interimLeftOut = 4

/** Writes report, rows and committees, now and then and at the end. */
export class ResultWriter {
  readonly #out: string
  readonly #ledger: Ledger
  readonly #folds: readonly Fold[]
  readonly #report: LearnReportOptions
  readonly #learn: LearnOptions
  readonly #committees = new Map<string, Committee>()
  #writtenMs = performance.now()
  #writing: Promise<unknown> = Promise.resolve()

  constructor({ out, minSamplesLeaf, learn }: LearnRunOptions, ledger: Ledger, folds: readonly Fold[]) {
    this.#out = out
    this.#ledger = ledger
    this.#folds = folds
    this.#report = { minSamplesLeaf }
    this.#learn = learn
  }

  take(event: LearnEvent): void {
    if (event.kind !== 'scored') return
    this.#committees.set(`${nameOf(event.trajectory)}.json`, event.committee)
    if (performance.now() - this.#writtenMs < reportEveryMs) return
    this.#writtenMs = performance.now()
    // A report that cannot be written now will say so at the end.
    this.#writing = this.#writing.then(() => this.#writeAll(interimLeftOut)).catch(() => {})
  }

  /** @param isOver - also write committees that an earlier process was killed before it wrote */
  async write(isOver: boolean): Promise<LearnResults | undefined> {
    await this.#writing
    if (isOver) this.#addMissingCommittees()
    return await this.#writeAll()
  }

  #addMissingCommittees(): void {
    for (const trajectory of this.#ledger.trajectories()) {
      const fold = this.#folds.find(({ name }) => name === trajectory.fold)
      if (fold === undefined) continue
      const rows = [...fold.train, ...this.#ledger.rows(trajectory.id).map(({ row }) => row)]
      const name = `${nameOf(trajectory)}.json`
      if (this.#committees.has(name) || rowsOfFile(join(this.#out, committeeFolder, name)) === rows.length) continue
      this.#committees.set(name, committeeOf(trajectory, rows, this.#learn))
    }
  }

  async #writeAll(mostLeftOut?: number): Promise<LearnResults | undefined> {
    const committees = [...this.#committees]
    this.#committees.clear()
    for (const [name, committee] of committees) {
      await writeAtomically(join(this.#out, committeeFolder), name, formatCommittee(committee))
    }
    const lines: string[] = []
    for (const { id, ...learner } of this.#ledger.trajectories()) {
      const added = this.#ledger.rows(id)
      lines.push(...added.map(({ round, row }) => `${JSON.stringify({ learner: { ...learner, round }, ...row })}\n`))
      if (added.length === 0) continue
      const rows = added.map(({ row }) => row)
      await writeAtomically(join(this.#out, addedRowsFolder), `${nameOf(learner)}.csv`, formatCsv(rows, 'own'))
    }
    await writeAtomically(this.#out, addedRowsName, lines.join(''))
    for (const [key, text] of acceptedKernels(this.#ledger)) {
      const name = `${key}.cl`
      if (!existsSync(join(this.#out, kernelFolder, name)))
        await writeAtomically(join(this.#out, kernelFolder), name, text)
    }
    return await writeLearnReport(this.#out, this.#ledger, this.#folds, { ...this.#report, mostLeftOut })
  }
}

/** Rows that the committee of a file has learned from; undefined where it cannot be read. */
function rowsOfFile(path: string): number | undefined {
  try {
    return parseCommittee(readFileSync(path, 'utf8'), path).rows
  } catch {
    return undefined // there is none, or it was cut short: it is written anew
  }
}

/** Of its files. */
function nameOf({ arm, fold, seed }: Omit<Trajectory, 'id'>): string {
  return `${arm}-${fold.replace(/[^\w.+-]+/g, '_')}-${seed}`
}

/** Text by key. */
function acceptedKernels(ledger: Ledger): Map<string, string> {
  const attempts = ledger.trajectories().flatMap(({ id }) => ledger.rounds(id).flatMap((round) => round.attempts))
  return new Map(
    attempts.flatMap(({ found, outcome }) =>
      found.flatMap(({ key, text }) =>
        outcome?.ok === true && outcome.kernelKey === key && text !== '' ? [[key, text] as const] : [],
      ),
    ),
  )
}
