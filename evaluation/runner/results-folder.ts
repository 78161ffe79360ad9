// The folder of an evaluation: lines that are only ever added. A run's kernels are written before the run, so that a
// process that is killed leaves at most kernels that nobody names and a last line that is cut short; both do no harm.

import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { EvaluationKernel, EvaluationRun } from '../records.ts'

export const resultNames = { runs: 'runs.jsonl', kernels: 'kernels.jsonl', foreign: 'foreign.jsonl' } as const

/** Text of a foreign kernel. */
interface ForeignLine {
  readonly id: string
  readonly source: string
}

export class ResultsFolder {
  readonly path: string
  readonly #runs: EvaluationRun[]
  readonly #kernels: Map<string, EvaluationKernel>
  readonly #foreign: Map<string, string>

  /** Makes the folder where there is none. */
  constructor(path: string) {
    mkdirSync(path, { recursive: true })
    this.path = path
    this.#runs = readLines<EvaluationRun>(join(path, resultNames.runs))
    const kernels = readLines<EvaluationKernel>(join(path, resultNames.kernels))
    this.#kernels = new Map()
    // The first line says who found it; later ones know more of it.
    for (const kernel of kernels) this.#kernels.set(kernel.id, { ...kernel, group: this.#groupOf(kernel) })
    this.#foreign = new Map(
      readLines<ForeignLine>(join(path, resultNames.foreign)).map(({ id, source }) => [id, source]),
    )
  }

  get runs(): readonly EvaluationRun[] {
    return this.#runs
  }

  get kernels(): ReadonlyMap<string, EvaluationKernel> {
    return this.#kernels
  }

  /** Text of a kernel, foreign or not; undefined where only its vector is known. */
  sourceOf(id: string): string | undefined {
    return this.#kernels.get(id)?.source ?? this.#foreign.get(id)
  }

  /** @param foreign - texts of the foreign ones among the kernels, by id */
  add(run: EvaluationRun, kernels: readonly EvaluationKernel[], foreign: Readonly<Record<string, string>>): void {
    for (const [id, source] of Object.entries(foreign)) {
      if (this.#foreign.has(id)) continue
      append(join(this.path, resultNames.foreign), { id, source } satisfies ForeignLine)
      this.#foreign.set(id, source)
    }
    for (const kernel of kernels) if (!this.#kernels.has(kernel.id)) this.update(kernel)
    append(join(this.path, resultNames.runs), run)
    this.#runs.push(run)
  }

  /** A kernel of which something has become known. */
  update(kernel: EvaluationKernel): void {
    const whole = { ...kernel, group: this.#groupOf(kernel) }
    append(join(this.path, resultNames.kernels), whole)
    this.#kernels.set(kernel.id, whole)
  }

  #groupOf({ id, group }: EvaluationKernel): string {
    return this.#kernels.get(id)?.group ?? group
  }
}

/** A line that was cut short is no line. */
export function readLines<T>(path: string): T[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => parse<T>(line) ?? [])
}

/** What was cut short and then gone on with is no JSON. */
function parse<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T
  } catch {
    return undefined
  }
}

function append(path: string, value: object): void {
  appendFileSync(path, `${endsInside(path) ? '\n' : ''}${JSON.stringify(value)}\n`)
}

/** Does a file end in the middle of a line, as one does whose writer was killed? */
function endsInside(path: string): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0) return false
  const file = openSync(path, 'r')
  try {
    const last = Buffer.alloc(1)
    readSync(file, last, 0, 1, size - 1)
    return last.toString() !== '\n'
  } finally {
    closeSync(file)
  }
}
