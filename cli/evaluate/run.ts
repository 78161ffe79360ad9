// An evaluation from the command line: does what is missing, shows how it goes, writes the report, verifies.

import { existsSync } from 'node:fs'
import { cpus, release, type } from 'node:os'
import {
  type EvaluateEvent,
  type EvaluationPlan,
  type EvaluationResults,
  evaluateGroups,
  type PlannedRun,
  ResultsFolder,
  readReportedRuns,
  readResults,
  readWholeFolder,
  type Verification,
  verifyResults,
} from '../../evaluation/index.ts'
import type { CliIo } from '../io.ts'
import { type Progress, startProgress } from '../progress.ts'
import { packageVersion } from '../version.ts'
import type { EvaluateFlags } from './flags.ts'

/** What an evaluation came to. */
export interface Evaluated {
  readonly results: EvaluationResults
  /** Runs done by this command; the others were there. */
  readonly done: number
  readonly failures: number
  readonly folder: ResultsFolder
}

/**
 * Do what is missing of a plan. What an earlier run of the same command has done is not done again.
 * @throws {RangeError} before anything runs, where a group cannot
 * @throws the signal's reason when aborted
 */
export async function runEvaluation(
  plan: EvaluationPlan,
  { out, quiet, reportOnly }: Pick<EvaluateFlags, 'out' | 'quiet' | 'reportOnly'>,
  io: CliIo,
): Promise<Evaluated> {
  if (reportOnly && !existsSync(out)) throw new RangeError(`--out: expected a folder of results, found no ${out}`)
  const folder = new ResultsFolder(out)
  if (reportOnly) return { results: readWholeFolder(folder, plan.budgetMs), done: 0, failures: 0, folder }
  let [done, failures] = [0, 0]
  let progress: Progress | undefined
  try {
    for await (const event of evaluateGroups(plan, folder, circumstances(), io.signal)) {
      if (event.kind === 'outdated') {
        io.err(
          `${event.runs} runs of ${out} were made ${event.made.join('; ')}: they are done again, the old lines stay`,
        )
        continue
      }
      if (event.kind === 'begun' && !quiet) progress ??= startProgress(io, progressOf(event.total))
      if (event.kind === 'done') done++
      if (event.kind === 'done' && quiet) io.out(JSON.stringify(event.run))
      if (event.kind === 'failed') {
        failures++
        io.err(`failed: ${nameOf(event.run)}: ${event.reason}`)
      } else progress?.update(event.done, noteOf(event))
    }
  } finally {
    progress?.[Symbol.dispose]()
  }
  return { results: await readResults(plan, folder), done, failures, folder }
}

/** @param sample - runs that are looked at */
export async function verifyFolder(
  { results, folder }: Evaluated,
  sample: number,
  signal: AbortSignal,
): Promise<Verification> {
  const seed = 1
  const reported = readReportedRuns(folder.path)
  return await verifyResults(results, { sample, seed, sourceOf: (id) => folder.sourceOf(id), reported, signal })
}

/** As typed, as far as that can be known. */
export function commandLine(): string {
  return ['benchsteer', ...process.argv.slice(2)].join(' ')
}

function circumstances(): Parameters<typeof evaluateGroups>[2] {
  const [{ model = 'unknown processor' } = {}] = cpus()
  const machine = `${model.trim()}, ${type()} ${release()}, Node ${process.version}`
  return { version: packageVersion(), machine, command: commandLine(), now: () => new Date().toISOString() }
}

function progressOf(total: number): Parameters<typeof startProgress>[1] {
  return { label: 'evaluating', total, unit: 'runs' }
}

function noteOf(event: Extract<EvaluateEvent, { kind: 'begun' | 'done' }>): string {
  if (event.kind === 'begun') return nameOf(event.run)
  const { group, space, target, best } = event.run
  const distance = best.at(0)?.distance
  return `${group} ${space} ${target}: ${distance === undefined ? 'nothing' : `distance ${distance.toFixed(2)}`}`
}

function nameOf({ group, target, seed }: PlannedRun): string {
  return `${group.name} ${target.space.id} ${target.name} seed ${seed}`
}
