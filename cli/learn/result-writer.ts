// What a run leaves in its folder beside the ledger.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Committee,
  type Fold,
  formatCommittee,
  type LearnEvent,
  type LearnResults,
  type Ledger,
  writeLearnReport,
} from '../../active-learning/index.ts'
import { writeAtomically } from '../../corpora/index.ts'
import { addedRowsName, committeeFolder, kernelFolder, type LearnRunOptions } from './options.ts'

/** How often the report is written while a run goes on. */
const reportEveryMs = 300_000
/** Trees trained for a report while a run goes on: it holds the run up, and may meet a measurement. */
const interimTrees = 20

/** Writes report, rows and committees, now and then and at the end. */
export class ResultWriter {
  readonly #out: string
  readonly #ledger: Ledger
  readonly #folds: readonly Fold[]
  readonly #minSamplesLeaf: number
  readonly #committees = new Map<string, Committee>()
  #writtenMs = performance.now()
  #writing: Promise<unknown> = Promise.resolve()

  constructor({ out, minSamplesLeaf }: LearnRunOptions, ledger: Ledger, folds: readonly Fold[]) {
    this.#out = out
    this.#ledger = ledger
    this.#folds = folds
    this.#minSamplesLeaf = minSamplesLeaf
  }

  take(event: LearnEvent): void {
    if (event.kind !== 'scored') return
    const { arm, fold, seed } = event.trajectory
    this.#committees.set(`${arm}-${fold.replace(/[^\w.+-]+/g, '_')}-${seed}.json`, event.committee)
    if (performance.now() - this.#writtenMs < reportEveryMs) return
    this.#writtenMs = performance.now()
    // A report that cannot be written now will say so at the end.
    this.#writing = this.#writing.then(() => this.#writeAll(interimTrees)).catch(() => {})
  }

  async write(): Promise<LearnResults | undefined> {
    await this.#writing
    return await this.#writeAll()
  }

  async #writeAll(mostTrained?: number): Promise<LearnResults | undefined> {
    const committees = [...this.#committees]
    this.#committees.clear()
    for (const [name, committee] of committees) {
      await writeAtomically(join(this.#out, committeeFolder), name, formatCommittee(committee))
    }
    const rows = this.#ledger
      .trajectories()
      .flatMap(({ id, arm, fold, seed }) =>
        this.#ledger.rows(id).map(({ round, row }) => JSON.stringify({ learner: { arm, fold, seed, round }, ...row })),
      )
    await writeAtomically(this.#out, addedRowsName, rows.map((line) => `${line}\n`).join(''))
    for (const [key, text] of acceptedKernels(this.#ledger)) {
      const name = `${key}.cl`
      if (!existsSync(join(this.#out, kernelFolder, name)))
        await writeAtomically(join(this.#out, kernelFolder), name, text)
    }
    return await writeLearnReport(this.#out, this.#ledger, this.#folds, {
      mostTrained,
      minSamplesLeaf: this.#minSamplesLeaf,
    })
  }
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
