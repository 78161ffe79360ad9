// Active learning from the command line: opens what the loop needs, shows how it goes, writes what came of it.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type LearnEnd,
  type LearnEvent,
  type LearnResults,
  Ledger,
  learn,
  requireFolds,
  resolveLearnOptions,
} from '../../active-learning/index.ts'
import { Clock } from '../clock.ts'
import type { CliIo } from '../io.ts'
import { packageVersion } from '../version.ts'
import type { LabellerOpener } from './labeller.ts'
import { openMeans } from './means.ts'
import { addedRowsFolder, committeeFolder, kernelFolder, type LearnRunOptions, ledgerName } from './options.ts'
import { readFolds } from './read-rows.ts'
import { ResultWriter } from './result-writer.ts'
import { LearnView, lineOf } from './view.ts'

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
  for (const folder of [addedRowsFolder, committeeFolder, kernelFolder])
    mkdirSync(join(options.out, folder), { recursive: true })
  using ledger = Ledger.open(join(options.out, ledgerName), options.isReportOnly)
  const writer = new ResultWriter(options, ledger, folds)
  if (options.isReportOnly) {
    requireFolds(ledger, folds)
    return { end: 'reported', results: await writer.write(false) }
  }
  using means = await openMeans(options, folds, resolved.arms, openLabeller, io)
  using clock = new Clock(options.totalMs, io.signal)
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
  return { end, results: await writer.write(end !== 'stopped') }
}
