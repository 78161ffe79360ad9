// Active learning from the command line: opens what the loop needs, shows how it goes, writes what came of it.

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Arm,
  type Committee,
  CorpusSource,
  type DataSet,
  type Fold,
  findArm,
  foldsBySuite,
  foldWithTest,
  formatCommittee,
  LabelledPool,
  type Labeller,
  type LearnEnd,
  type LearnEvent,
  type LearnParts,
  type LearnResults,
  Ledger,
  learn,
  readGreweCsv,
  resolveLearnOptions,
  SampleSource,
  SearchSource,
  seedCorpus,
  storeCorpus,
  writeLearnReport,
} from '../../active-learning/index.ts'
import { Store, writeAtomically } from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { type ModelInfo, readModelInfo } from '../../synth/index.ts'
import type { CliIo } from '../io.ts'
import { packageVersion } from '../version.ts'
import type { LabellerOpener } from './labeller.ts'
import { addedRowsName, committeeFolder, kernelFolder, type LearnRunOptions, ledgerName } from './options.ts'
import { LearnView, lineOf } from './view.ts'

/** How often the report is written while a run goes on. */
const reportEveryMs = 300_000

/** What a run came to. */
export interface LearnRun {
  /** `reported`: nothing was learned, as asked. */
  readonly end: LearnEnd | 'reported'
  /** Undefined where no round is over for every learner. */
  readonly results: LearnResults | undefined
}

/**
 * Learn until a stop rule, the time, or Ctrl-C ends it, and write the report. What an earlier run of the same command
 * has done is not done again.
 */
export async function runLearn(
  options: LearnRunOptions,
  openLabeller: LabellerOpener | undefined,
  io: CliIo,
): Promise<LearnRun> {
  const folds = readFolds(options, io)
  const resolved = resolveLearnOptions(options.learn) // before anything takes long
  for (const folder of [committeeFolder, kernelFolder]) mkdirSync(join(options.out, folder), { recursive: true })
  using ledger = Ledger.open(join(options.out, ledgerName), options.isReportOnly)
  const writer = new ResultWriter(options.out, ledger, folds)
  if (options.isReportOnly) return { end: 'reported', results: await writer.write() }
  using means = await openMeans(options, folds, resolved.arms, openLabeller, io)
  const clock = new Clock(options.totalMs, io.signal)
  const learners = resolved.arms.length * folds.length * resolved.seeds.length
  const { rounds } = resolved.stop
  const extent = { learners, rounds, batch: resolved.batch, timeShare: () => clock.share }
  using view = options.isQuiet ? undefined : new LearnView(extent, io)
  const report = (event: LearnEvent): void => {
    if (options.isQuiet) io.out(lineOf(event))
    view?.update(event)
    writer.take(event)
  }
  const control = { signal: clock.signal, report, version: packageVersion(), nowMs: Date.now() }
  const parts = { folds, sources: means.sources, labeller: means.labeller }
  const end = await learn(parts, options.learn, ledger, control)
  return { end, results: await writer.write() }
}

/** Rows to learn from and to be scored on. */
function readFolds({ base: path, test, holdOut }: LearnRunOptions, io: CliIo): Fold[] {
  const base = readRows('--base', path, io)
  return test === undefined ? foldsBySuite(base, holdOut) : [foldWithTest(base, readRows('--test', test, io))]
}

/** Read and check a file; nothing that is odd about it passes in silence. */
function readRows(option: string, file: string, io: CliIo): DataSet {
  const data = readGreweCsv(readFile(option, file), file)
  const errors = data.findings.filter(({ severity }) => severity === 'error').length
  const warnings = data.findings.filter(({ severity }) => severity === 'warning').length
  if (errors + warnings > 0) {
    io.err(
      `${file}: ${data.rows.length} rows read, ${errors} left out, ${warnings} warnings; \`grewe import\` lists them`,
    )
  }
  return data
}

function readFile(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RangeError(`${option}: cannot read ${path} (${reason}); expected a CSV file in a Grewe layout`, { cause })
  }
}

/** Where kernels and their labels come from. */
interface Means extends Disposable {
  readonly sources: LearnParts['sources']
  readonly labeller: Labeller
}

async function openMeans(
  options: LearnRunOptions,
  folds: readonly Fold[],
  names: readonly Arm['name'][],
  openLabeller: LabellerOpener | undefined,
  io: CliIo,
): Promise<Means> {
  const { labels } = options
  if (labels.kind === 'replay') return replayMeans(readRows('--replay', labels.file, io), folds, names)
  if (openLabeller === undefined)
    throw new RangeError('--devices: expected --replay; there is nothing here that measures')
  const opened = openSources(options, names)
  try {
    const labeller = await openLabeller(labels.devices, io)
    return {
      ...{ sources: opened.sources, labeller },
      [Symbol.dispose]() {
        opened[Symbol.dispose]()
        labeller[Symbol.dispose]()
      },
    }
  } catch (error) {
    opened[Symbol.dispose]()
    throw error
  }
}

/** Rows of a file in place of kernels to be written. */
function replayMeans(data: DataSet, folds: readonly Fold[], names: readonly Arm['name'][]): Means {
  const known = new Set(folds.flatMap(({ train, test }) => [...train, ...test].map(({ program }) => program)))
  const shared = data.rows.find(({ program }) => known.has(program))
  if (shared !== undefined) {
    throw new RangeError(`--replay: expected programs that --base and --test do not have, received '${shared.program}'`)
  }
  if (names.some((name) => findArm(name).kernels === 'corpus')) {
    throw new RangeError(
      "--arms: expected arms that --replay can answer, received 'nearest', which takes kernels from a corpus",
    )
  }
  const pool = new LabelledPool(data)
  return {
    sources: { search: pool.nearest(), samples: pool.drawn() },
    labeller: pool.labeller(),
    [Symbol.dispose]() {},
  }
}

/** Only what the arms need; their processes start with the first request. */
function openSources(options: LearnRunOptions, names: readonly Arm['name'][]): Pick<Means, 'sources'> & Disposable {
  const { search: settings, workers, buildDevice: device, corpus: path } = options
  const model = (): ModelInfo => readModelInfo(options.model ?? packagePath('model'))
  const kinds = new Set(names.map((name) => findArm(name).kernels))
  const search = kinds.has('search') ? new SearchSource(model(), { search: settings, workers, device }) : undefined
  const samples = kinds.has('samples') ? new SampleSource(model(), workers) : undefined
  const corpus = kinds.has('corpus') ? new CorpusSource([...seedCorpus(), ...readCorpus(path)]) : undefined
  return {
    sources: { search, samples, corpus },
    [Symbol.dispose]() {
      search?.[Symbol.dispose]()
      samples?.[Symbol.dispose]()
    },
  }
}

function readCorpus(path: string | undefined): ReturnType<typeof storeCorpus> {
  if (path === undefined) return []
  using store = Store.open(path, { mustExist: true })
  return storeCorpus(store)
}

/** The time that an invocation has. */
class Clock {
  readonly signal: AbortSignal
  readonly #totalMs: number
  readonly #startedMs = performance.now()

  constructor(totalMs: number, stop: AbortSignal) {
    this.#totalMs = totalMs
    const longest = 2 ** 31 - 1 // of a timer
    this.signal = Number.isFinite(totalMs)
      ? AbortSignal.any([stop, AbortSignal.timeout(Math.min(totalMs, longest))])
      : stop
  }

  /** 0 to 1; 0 where nothing limits it. */
  get share(): number {
    return Math.min(1, (performance.now() - this.#startedMs) / this.#totalMs)
  }
}

/** Writes report, rows and committees, now and then and at the end. */
class ResultWriter {
  readonly #out: string
  readonly #ledger: Ledger
  readonly #folds: readonly Fold[]
  readonly #committees = new Map<string, Committee>()
  #writtenMs = performance.now()
  #writing: Promise<unknown> = Promise.resolve()

  constructor(out: string, ledger: Ledger, folds: readonly Fold[]) {
    this.#out = out
    this.#ledger = ledger
    this.#folds = folds
  }

  take(event: LearnEvent): void {
    if (event.kind !== 'scored') return
    const { arm, fold, seed } = event.trajectory
    this.#committees.set(`${arm}-${fold.replace(/[^\w.+-]+/g, '_')}-${seed}.json`, event.committee)
    if (performance.now() - this.#writtenMs < reportEveryMs) return
    this.#writtenMs = performance.now()
    // A report that cannot be written now will say so at the end.
    this.#writing = this.#writing.then(() => this.#writeAll()).catch(() => {})
  }

  async write(): Promise<LearnResults | undefined> {
    await this.#writing
    return await this.#writeAll()
  }

  async #writeAll(): Promise<LearnResults | undefined> {
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
    return await writeLearnReport(this.#out, this.#ledger, this.#folds)
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
