// `benchsteer evaluate`: every rival on the same targets, one report.

import {
  builtInGroups,
  compareReports,
  labelledByGroup,
  type ReportComparison,
  readReport,
  type Verification,
  type WrittenReport,
  writeReport,
} from '../../evaluation/index.ts'
import type { Command } from '../command.ts'
import { checkDescription, describeEvaluated } from '../evaluate/describe.ts'
import {
  averagedKernels,
  checkSubject,
  type EvaluateFlags,
  evaluateOptions,
  resolveEvaluateFlags,
} from '../evaluate/flags.ts'
import { commandLine, type Evaluated, runEvaluation, verifyFolder } from '../evaluate/run.ts'
import { summaryLines } from '../evaluate/summary.ts'
import type { CliIo } from '../io.ts'
import { readRows } from '../learn/read-rows.ts'
import { packageVersion } from '../version.ts'

export const evaluateCommand: Command<EvaluateFlags> = {
  name: 'evaluate',
  summary: 'Set every rival on the same targets with the same time, and write one report.',
  description:
    'A group is a way to a target, or a set of kernels:\n' +
    `${builtInGroups.map(({ name, summary }) => `  ${name}: ${summary}`).join('\n')}\n\n` +
    'Every run of a group has a process of its own, all cores, and the same budget, in which loading the model or the ' +
    'corpus counts; its kernels are then compiled, built on the device and measured by the same code (the vectors that ' +
    'ship for corpus have none). runs.jsonl and ' +
    'kernels.jsonl hold what came of it, foreign.jsonl the texts of other people’s kernels, which no report shows.\n\n' +
    'The same command with the same --out goes on where it was interrupted, also by SIGKILL; more groups, targets or ' +
    'seeds add to what is there. What another version, model or input did, or another --keep, is done again. Use the ' +
    'machine for nothing else meanwhile.',
  options: evaluateOptions,
  examples: [
    'evaluate --targets rodinia --spaces all --budget 60s --seeds 5 --out results/evaluation',
    'evaluate --targets rodinia/bfs,rodinia/nw --spaces grewe --groups corpus,undirected,directed,full --seeds 3',
    'evaluate --groups full --group mine=kernels/ --group theirs=samples.jsonl --group earlier=results/synth/benchsteer.db',
    'evaluate --targets polybench,shoc --sample 40 --clsmith CLSmith/build/CLSmith --corpus corpus.db --out results/other',
    'evaluate --out results/evaluation --report-only --verify',
    'evaluate --out results/evaluation --validate quick --devices cpu,model:nvidia-gtx-970 --likelihood --base data.csv',
  ],
  async run(flags, io) {
    const plan = await resolveEvaluateFlags(flags)
    checkDescription(flags)
    const named = plan.groups.map(({ name }) => name)
    if (!flags.reportOnly) checkSubject(flags.subject, named)
    const base = flags.base === undefined ? undefined : readRows('--base', flags.base, io)
    const { out } = flags
    const ran = await runEvaluation(plan, flags, io)
    const evaluated = await describeEvaluated(ran, flags, plan.settings.model, io)
    const { results, failures } = evaluated
    if (results.runs.length === 0) throw new RangeError(nothingIn(evaluated, flags))
    checkSubject(flags.subject, results.groups)
    const date = new Date().toISOString()
    const labelled = base === undefined ? undefined : { base, byGroup: labelledByGroup(results) }
    const topK = averagedKernels(flags, results.runs)
    const { subject } = flags
    const before = flags.verify && evaluated.done === 0 ? readReport(out) : undefined
    await writeReport(results, out, {
      version: packageVersion(),
      date,
      command: commandLine(),
      subject,
      labelled,
      topK,
    })
    if (!flags.quiet) for (const line of summaryLines(results, out)) io.out(line)
    const isSound = flags.verify ? await verify(evaluated, before, flags, io) : true
    if (failures > 0) io.err(`${failures} runs failed; the same command tries them again`)
    return failures > 0 || !isSound ? 1 : 0
  },
}

function nothingIn({ folder }: Evaluated, { out, budget }: EvaluateFlags): string {
  const budgets = [...new Set(folder.runs.map(({ budgetMs }) => `${budgetMs / 1000}s`))]
  const has = budgets.length === 0 ? 'no runs at all' : `runs with --budget ${budgets.join(', ')}`
  return `--out: expected runs of this evaluation with --budget ${budget / 1000}s in ${out}, found ${has}`
}

/** @param before - the report that was there, where nothing was run since @returns is everything as recorded? */
async function verify(
  evaluated: Evaluated,
  before: WrittenReport | undefined,
  { out, verifySample }: EvaluateFlags,
  io: CliIo,
): Promise<boolean> {
  const now = before && readReport(out)
  const comparison = before && now && compareReports(before, now)
  if (comparison !== undefined) printComparison(comparison, io)
  const verification = await verifyFolder(evaluated, verifySample, io.signal)
  printVerification(verification, io)
  return verification.differences.length === 0 && (comparison?.differences.length ?? 0) === 0
}

function printComparison({ isOfSameRuns, figures, differences }: ReportComparison, io: CliIo): void {
  printDifferences(differences, io)
  const verdict = differences.length === 0 ? 'all as the records say' : `${differences.length} differ`
  if (isOfSameRuns) io.err(`the report that was there: ${figures} figures, ${verdict}`)
  else io.err('the report that was there is of other runs: it was not looked at')
}

function printVerification({ runs, kernels, withheld, figures, differences }: Verification, io: CliIo): void {
  printDifferences(differences, io)
  const verdict = differences.length === 0 ? 'all as recorded' : `${differences.length} differ`
  io.err(`verified: ${figures} figures of ${runs} runs from ${kernels} raw kernels, ${verdict}`)
  if (withheld > 0) io.err(`not measured anew: ${withheld} of the kernels, whose texts are not in this folder`)
}

function printDifferences(differences: Verification['differences'], io: CliIo): void {
  const shown = 20
  for (const { of, figure, recorded, recomputed } of differences.slice(0, shown)) {
    io.err(`differs: ${of}: ${figure}: recorded ${recorded}, recomputed ${recomputed}`)
  }
  if (differences.length > shown) io.err(`and ${differences.length - shown} more`)
}
