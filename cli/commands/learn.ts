// `benchsteer learn`: the benchmarks that a CPU-or-GPU heuristic learns most from.

import { arms, reportNames } from '../../active-learning/index.ts'
import type { Command } from '../command.ts'
import type { CliIo } from '../io.ts'
import { type LearnFlags, learnOptions, resolveLearnFlags } from '../learn/flags.ts'
import type { LabellerOpener } from '../learn/labeller.ts'
import { addedRowsFolder, addedRowsName, committeeFolder, kernelFolder, ledgerName } from '../learn/options.ts'
import { type LearnRun, runLearn } from '../learn/run.ts'
import { formatTable } from '../table.ts'

/** @param openLabeller - opens what validates and measures. Default: nothing does, and labels come from a file */
export function learnCommand(openLabeller?: LabellerOpener): Command<LearnFlags> {
  return {
    name: 'learn',
    summary: 'Choose the benchmarks that a CPU-or-GPU heuristic learns most from, and see whether it does.',
    description:
      'Each round a committee of models says where in the feature space it is of two minds; kernels are searched for ' +
      'there, validated, measured on both devices and added, and the heuristic is trained again and scored on suites ' +
      'that no learner ever sees. Beside it run passive learners with the same budget and the same seeds:\n' +
      `${arms.map(({ name, summary }) => `  ${name}: ${summary}`).join('\n')}\n\n` +
      'With --replay no kernel is written: of the rows of a file, which were measured before, those nearest to a point ' +
      'stand for kernels that are searched for there, and rows drawn at random for undirected ones.' +
      `${openLabeller === undefined ? ' There is nothing here that measures, so that --replay it must be.' : ''}\n\n` +
      'The same command with the same --out goes on where it was interrupted, also by SIGKILL, and takes the same ' +
      'course as if it had not been, unless searches are limited by --budget. Stop rules may change.',
    options: learnOptions(openLabeller !== undefined),
    examples: [
      ...(openLabeller === undefined
        ? []
        : ['learn --base data.csv --space grewe --hours 8 --devices cpu,gpu --out results/learn']),
      'learn --base data.csv --replay clgen.csv --rounds 10 --batch 16 --out results/replay',
      'learn --base data.csv --replay clgen.csv --hold-out npb-3.3 --arms active,random --seeds 3 --rounds 10',
      'learn --base data.csv --report-only --out results/replay',
      'grewe evaluate --train data.csv --train data.csv,results/replay/added-rows/active-npb-3.3-0.csv --cv leave-one-suite-out',
    ],
    async run(flags, io) {
      const options = resolveLearnFlags(flags)
      const { end, results } = await runLearn(options, openLabeller, io)
      if (!options.isQuiet) print({ end, results }, options.out, io)
      return results === undefined ? 1 : 0
    },
  }
}

function print({ end, results }: LearnRun, out: string, io: CliIo): void {
  const ends = {
    rounds: 'Every learner has done its rounds.',
    resting: 'Every learner rests: it has its benchmarks, a committee that agrees, or nothing new to add.',
    stopped: 'Stopped; the same command goes on.',
    reported: 'What was there was reported.',
  }
  io.out(ends[end])
  if (results === undefined) {
    io.out('No round is over for every learner yet: there is nothing to report.')
    return
  }
  const { curves, comparisons, rounds, oracleSpeedup, staticBest } = results
  io.out('')
  io.out(`Held-out speedup over always ${staticBest} after round ${rounds} (oracle ${oracleSpeedup.toFixed(4)}):`)
  const rows = curves.map(({ arm, points }) => {
    const { speedup, accuracy, addedKernels } = points[rounds]
    return [arm, addedKernels.toFixed(1), (100 * accuracy).toFixed(2), ...figures(speedup)]
  })
  for (const line of formatTable(['learner', 'kernels', 'right, %', 'speedup', 'low', 'high'], rows)) io.out(line)
  io.out('')
  const pairs = comparisons.map(({ arm, against, gain, p }) => [
    ...[`${arm} over ${against}`, ...figures(gain), p < 0.001 ? '< 0.001' : p.toFixed(3)],
  ])
  const header = ['95 % intervals', 'ratio', 'low', 'high', `p, ${results.programs} programs`]
  for (const line of formatTable(header, pairs)) io.out(line)
  io.out('')
  io.out(
    `Results: ${[...Object.values(reportNames), addedRowsName, addedRowsFolder, kernelFolder, committeeFolder, ledgerName].join(', ')} in ${out}`,
  )
}

function figures({ ratio, low, high }: { ratio: number; low: number; high: number }): string[] {
  return [ratio, low, high].map((value) => value.toFixed(4))
}
