// `benchsteer evaluate`: every rival on the same targets, one report.

import { builtInGroups, labelledByGroup, type Verification, writeReport } from '../../evaluation/index.ts'
import type { Command } from '../command.ts'
import { checkDescription, describeEvaluated } from '../evaluate/describe.ts'
import { type EvaluateFlags, evaluateOptions, resolveEvaluateFlags } from '../evaluate/flags.ts'
import { commandLine, type Evaluated, runEvaluation, verifyFolder } from '../evaluate/run.ts'
import { summaryLines } from '../evaluate/summary.ts'
import type { CliIo } from '../io.ts'
import { readRows } from '../learn/read-rows.ts'
import { packageVersion } from '../version.ts'

/** Kernels that averages are over, as in BenchPress, where a run keeps so many. */
const usualAverage = 10

export const evaluateCommand: Command<EvaluateFlags> = {
  name: 'evaluate',
  summary: 'Set every rival on the same targets with the same time, and write one report.',
  description:
    'A group is a way to a target, or a set of kernels:\n' +
    `${builtInGroups.map(({ name, summary }) => `  ${name}: ${summary}`).join('\n')}\n\n` +
    'Every run of a group has a process of its own, all cores, and the same budget, in which loading the model or the ' +
    'corpus counts; its kernels are then compiled, built on the device and measured by the same code. runs.jsonl and ' +
    'kernels.jsonl hold what came of it, foreign.jsonl the texts of other people’s kernels, which no report shows.\n\n' +
    'The same command with the same --out goes on where it was interrupted, also by SIGKILL; more groups, targets or ' +
    'seeds add to what is there. Use the machine for nothing else meanwhile.',
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
    const base = flags.base === undefined ? undefined : readRows('--base', flags.base, io)
    const { out } = flags
    const ran = await runEvaluation(plan, flags, io)
    const evaluated = await describeEvaluated(ran, flags, plan.settings.model, io)
    const { results, failures } = evaluated
    if (results.runs.length === 0) throw new RangeError(nothingIn(evaluated, flags))
    const date = new Date().toISOString()
    const labelled = base === undefined ? undefined : { base, byGroup: labelledByGroup(results) }
    const topK = Math.min(usualAverage, flags.keep)
    await writeReport(results, out, { version: packageVersion(), date, command: commandLine(), labelled, topK })
    if (!flags.quiet) for (const line of summaryLines(results, out)) io.out(line)
    const verification = flags.verify ? await verifyFolder(evaluated, flags.verifySample, io.signal) : undefined
    if (verification !== undefined) printVerification(verification, io)
    if (failures > 0) io.err(`${failures} runs failed; the same command tries them again`)
    return failures > 0 || (verification?.differences.length ?? 0) > 0 ? 1 : 0
  },
}

function nothingIn({ folder }: Evaluated, { out, budget }: EvaluateFlags): string {
  const budgets = [...new Set(folder.runs.map(({ budgetMs }) => `${budgetMs / 1000}s`))]
  const has = budgets.length === 0 ? 'no runs at all' : `runs with --budget ${budgets.join(', ')}`
  return `--out: expected runs of this evaluation with --budget ${budget / 1000}s in ${out}, found ${has}`
}

function printVerification({ runs, kernels, figures, differences }: Verification, io: CliIo): void {
  const shown = 20
  for (const { of, figure, recorded, recomputed } of differences.slice(0, shown)) {
    io.err(`differs: ${of}: ${figure}: recorded ${recorded}, recomputed ${recomputed}`)
  }
  if (differences.length > shown) io.err(`and ${differences.length - shown} more`)
  const verdict = differences.length === 0 ? 'all as recorded' : `${differences.length} differ`
  io.err(`verified: ${figures} figures of ${runs} runs from ${kernels} raw kernels, ${verdict}`)
}
