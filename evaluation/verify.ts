// Recomputes a sample of figures from the raw kernels: compiled anew, measured anew, and the distances, traces and means
// of the records held against that.

import { loadMinedVectors, loadTargetSuites } from '../corpora/index.ts'
import { euclidean, findFeatureSpace, fromFeatureRecord, relativeProximity } from '../features/index.ts'
import { Random } from '../kernels/index.ts'
import { vectorId } from './groups/corpus.ts'
import type { EvaluationKernel, EvaluationResults, EvaluationRun, EvaluationTarget } from './records.ts'
import { type ReportedRun, reportedKey } from './reported-figures.ts'
import { kernelId, measureAlone } from './runner/judge.ts'

export interface VerifyOptions {
  /** Runs that are looked at. */
  readonly sample: number
  readonly seed: number
  /** Text of a kernel by its id; undefined where only its vector is known. */
  readonly sourceOf: (id: string) => string | undefined
  /** What the report says: see `readReportedRuns`. Default: it is not looked at. */
  readonly reported?: ReadonlyMap<string, ReportedRun>
  readonly signal?: AbortSignal
}

/** A figure that is not what it should be. */
export interface Difference {
  /** Run or kernel. */
  readonly of: string
  readonly figure: string
  readonly recorded: string
  readonly recomputed: string
}

export interface Verification {
  readonly runs: number
  /** Looked at, with those that are withheld. */
  readonly kernels: number
  /** Kernels whose text is not here, as other people's may not be: their recorded vectors are taken as they are. */
  readonly withheld: number
  /** Numbers that were compared. */
  readonly figures: number
  readonly differences: readonly Difference[]
}

/** Distances are sums of a few dozen squares. */
const tolerance = 1e-9

/** @param results - all of an evaluation; a random sample of its runs is recomputed */
export async function verifyResults(results: EvaluationResults, options: VerifyOptions): Promise<Verification> {
  const check = new Check(results, options)
  const runs = new Random(options.seed).shuffle(results.runs).slice(0, options.sample)
  for (const run of runs) await check.run(run)
  return { runs: runs.length, ...check.outcome }
}

class Check {
  readonly #results: EvaluationResults
  readonly #options: VerifyOptions
  /** `[feature]` by space, from the raw kernel; undefined where it could not be measured. */
  readonly #measured = new Map<string, Readonly<Record<string, readonly number[]>> | undefined>()
  readonly #differences: Difference[] = []
  #figures = 0
  #withheld = 0

  constructor(results: EvaluationResults, options: VerifyOptions) {
    this.#results = results
    this.#options = options
  }

  get outcome(): Omit<Verification, 'runs'> {
    const { size: kernels } = this.#measured
    return { kernels, withheld: this.#withheld, figures: this.#figures, differences: this.#differences }
  }

  async run(run: EvaluationRun): Promise<void> {
    const name = nameOf(run)
    const distances: number[] = []
    for (const { kernel, distance } of run.best) {
      this.#options.signal?.throwIfAborted()
      const vector = (await this.#measure(kernel))?.[run.space]
      if (vector === undefined) this.#differ(name, `kernel ${kernel}`, 'measured', 'cannot be measured')
      const recomputed = vector === undefined ? Number.NaN : euclidean(vector, run.targetVector)
      this.#compare(name, `distance of ${kernel.slice(0, 12)}`, distance, recomputed)
      distances.push(recomputed)
    }
    this.#checkTarget(run, name)
    this.#checkReport(run, name, distances)
    this.#checkTrace(run, name, distances)
  }

  /** Is the target that of the shipped suite, or else the one that all groups had? */
  #checkTarget(run: EvaluationRun, name: string): void {
    const isOfRun = ({ space, suite, name }: EvaluationTarget): boolean =>
      space === run.space && suite === run.suite && name === run.target
    const vector = shippedVector(run) ?? this.#results.targets.find(isOfRun)?.vector
    this.#compareText(name, 'target', run.targetVector.join(), vector?.join() ?? 'unknown')
  }

  /** Does the report say what the raw kernels say? It has ten digits. */
  #checkReport(run: EvaluationRun, name: string, distances: readonly number[]): void {
    const { reported } = this.#options
    if (reported === undefined) return
    const nearest = Math.min(Number.POSITIVE_INFINITY, ...distances)
    const said = reported.get(reportedKey(run))
    const tenDigits = (value: number): number => Number(value.toPrecision(10))
    const proximities = [...distances].sort((a, b) => a - b).map((own) => relativeProximity(own, run.targetVector))
    const k = said?.averageOf ?? 1
    const average = proximities.slice(0, k).reduce((sum, own) => sum + own, 0) / k
    const proximity = tenDigits(relativeProximity(nearest, run.targetVector))
    this.#compare(name, 'proximity in the report', said?.proximity ?? Number.NaN, proximity)
    this.#compare(name, `average of ${k} in the report`, said?.average ?? Number.NaN, tenDigits(average))
    this.#compareText(name, 'kernel in the report', String(said?.kernel), String(run.best.at(0)?.kernel ?? null))
  }

  #checkTrace(
    { trace, best, targetVector, budgetMs, evaluated }: EvaluationRun,
    name: string,
    distances: number[],
  ): void {
    const nearest = distances.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...distances)
    const proximity = (distance: number): number => relativeProximity(distance, targetVector)
    this.#compare(name, 'proximity', proximity(best.at(0)?.distance ?? Number.POSITIVE_INFINITY), proximity(nearest))
    this.#compare(name, 'end of the trace', trace.at(-1)?.distance ?? Number.POSITIVE_INFINITY, nearest)
    const isFalling = trace.every(
      ({ distance, ms }, i) => i === 0 || (distance < trace[i - 1].distance && ms >= trace[i - 1].ms),
    )
    this.#compareText(name, 'trace', isFalling ? 'falls' : 'does not fall', 'falls')
    const latest = 1.02 * budgetMs + 200
    const isInTime = [...trace.map(({ ms }) => ms), ...best.map(({ foundMs }) => foundMs)].every((ms) => ms <= latest)
    this.#compareText(name, 'kernels', isInTime ? 'in time' : 'late', 'in time')
    const isCounted = trace.every((step) => step.evaluated <= evaluated)
    this.#compareText(name, 'counts', isCounted ? 'grow' : 'shrink', 'grow')
  }

  /** All spaces of a kernel, from its text; each kernel once. */
  async #measure(id: string): Promise<Readonly<Record<string, readonly number[]>> | undefined> {
    if (this.#measured.has(id)) return this.#measured.get(id)
    const kernel = this.#results.kernels.get(id)
    const text = this.#options.sourceOf(id)
    if (text === undefined && kernel !== undefined && kernel.tokens !== null) {
      this.#withheld++
      this.#measured.set(id, kernel.vectors)
      return kernel.vectors
    }
    const vectors = text === undefined ? minedVectors(kernel) : (await measureAlone(text))?.vectors
    this.#measured.set(id, vectors)
    this.#compareText(id.slice(0, 12), 'id', id, text === undefined ? idOfVectors(kernel) : kernelId(text))
    for (const [space, vector] of Object.entries(kernel?.vectors ?? {})) {
      this.#compareText(id.slice(0, 12), `${space} vector`, vector.join(), vectors?.[space]?.join() ?? 'none')
    }
    return vectors
  }

  #compare(of: string, figure: string, recorded: number, recomputed: number): void {
    this.#figures++
    const isSame = recorded === recomputed || Math.abs(recorded - recomputed) <= tolerance * Math.max(1, recomputed)
    if (!isSame) this.#differ(of, figure, String(recorded), String(recomputed))
  }

  #compareText(of: string, figure: string, recorded: string, recomputed: string): void {
    this.#figures++
    if (recorded !== recomputed) this.#differ(of, figure, recorded, recomputed)
  }

  #differ(of: string, figure: string, recorded: string, recomputed: string): void {
    this.#differences.push({ of, figure, recorded, recomputed })
  }
}

/** What never had a text is one of the vectors that ship, or nothing. */
function minedVectors(kernel: EvaluationKernel | undefined): Readonly<Record<string, readonly number[]>> | undefined {
  if (kernel === undefined) return undefined
  const { spaces } = loadMinedVectors()
  const isThere = Object.entries(kernel.vectors).every(([space, vector]) =>
    spaces[space]?.some((mined) => mined.join() === vector.join()),
  )
  return isThere ? kernel.vectors : undefined
}

/** Of a kernel without text: it is known in one space. */
function idOfVectors(kernel: EvaluationKernel | undefined): string {
  const [own] = Object.entries(kernel?.vectors ?? {})
  return own === undefined ? 'none' : vectorId(...own)
}

/** @returns undefined where the target is of no suite that ships */
function shippedVector({ space, suite, target }: EvaluationRun): readonly number[] | undefined {
  const targets = loadTargetSuites().find((shipped) => shipped.suite === suite)?.targets
  const features = targets?.find(({ name }) => name === `${suite}/${target}`)?.features[space]
  return features && [...fromFeatureRecord(findFeatureSpace(space), features)]
}

function nameOf({ group, space, suite, target, seed }: EvaluationRun): string {
  return `${group}, ${space}, ${suite}/${target}, seed ${seed}`
}
