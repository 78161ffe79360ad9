// `benchsteer learn`: synthesize the benchmarks that a CPU-or-GPU heuristic learns most from.

import { type Acquisition, type ArmName, acquisitions, arms, reportNames } from '../../active-learning/index.ts'
import { type Command, decimal, duration, integer, listOf } from '../command.ts'
import type { CliIo } from '../io.ts'
import type { LabellerOpener } from '../learn/labeller.ts'
import { addedRowsName, committeeFolder, kernelFolder, type LearnRunOptions, ledgerName } from '../learn/options.ts'
import { type LearnRun, runLearn } from '../learn/run.ts'
import { formatTable } from '../table.ts'

interface LearnFlags {
  readonly base: string
  readonly test?: string
  readonly holdOut?: string
  readonly space: string
  readonly devices: readonly [string, string]
  readonly arms: readonly ArmName[]
  readonly seeds: number
  readonly seed: number
  readonly hours?: number
  readonly rounds?: number
  readonly benchmarks?: number
  readonly untilEntropy: number
  readonly batch: number
  readonly candidates: number
  readonly acquisition: Acquisition
  readonly keepUndecided: boolean
  readonly generations?: number
  readonly budget?: number
  readonly mostCount: number
  readonly mostTransfer: number
  readonly workers?: number
  readonly buildDevice?: string
  readonly model?: string
  readonly corpus?: string
  readonly out?: string
  readonly reportOnly: boolean
  readonly quiet: boolean
}

const hourMs = 3_600_000
const armNames = arms.map(({ name }) => name)

/** @param openLabeller - opens what validates and measures */
export function learnCommand(openLabeller: LabellerOpener): Command<LearnFlags> {
  return {
    name: 'learn',
    summary: 'Synthesize the benchmarks that a CPU-or-GPU heuristic learns most from.',
    description:
      'Each round a committee of models says where in the feature space it is of two minds; kernels are searched for ' +
      'there, validated, measured on both devices and added, and the heuristic is trained again and scored on suites ' +
      'that no learner ever sees. Beside it run passive learners with the same budget and the same seeds:\n' +
      `${arms.map(({ name, summary }) => `  ${name}: ${summary}`).join('\n')}\n\n` +
      'The same command with the same --out goes on where it was interrupted, also by SIGKILL, and takes the same ' +
      'course as if it had not been, as long as searches are limited by --generations. Stop rules may change.',
    options: [
      { syntax: '--base <file>', summary: 'labelled kernels: CSV in a Grewe layout', isRequired: true },
      { syntax: '--test <file>', summary: 'score on this file (default: on suites of the base that are held out)' },
      { syntax: '--hold-out <suites>', summary: 'each in turn, or these together: npb-3.3,shoc-1.1.5 (default: each)' },
      { syntax: '--space <id>', summary: 'feature space to steer in', choices: ['grewe'], default: 'grewe' },
      {
        syntax: '--devices <cpu,gpu>',
        summary: 'that label: the one in the role of the CPU, then the one in that of the GPU',
        parse: parseDevices,
        isRequired: true,
      },
      {
        syntax: '--arms <list>',
        summary: `learners: ${armNames.join(', ')} (default: all)`,
        parse: listOf(armNames),
        default: armNames,
      },
      { syntax: '--seeds <n>', summary: 'of each learner', parse: integer(1, 1000), default: 5 },
      { syntax: '--seed <n>', summary: 'the first of them', parse: integer(Number.MIN_SAFE_INTEGER), default: 0 },
      { syntax: '--hours <h>', summary: 'wall-clock limit of this run', parse: decimal(0, 10_000) },
      { syntax: '--rounds <n>', summary: 'rounds of each learner', parse: integer(0, 1_000_000) },
      { syntax: '--benchmarks <n>', summary: 'a learner that has added so many rests', parse: integer(1, 1e9) },
      {
        syntax: '--until-entropy <bits>',
        summary: 'a learner whose committee disagrees less than this on average rests',
        parse: decimal(0, 1),
        default: 0,
      },
      { syntax: '--batch <n>', summary: 'targets per round', parse: integer(1, 64), default: 4 },
      {
        syntax: '--candidates <n>',
        summary: 'feasible points that the committee is asked about each round',
        parse: integer(1, 100_000),
        default: 400,
      },
      {
        syntax: '--acquisition <kind>',
        summary: 'what points are judged by',
        choices: acquisitions,
        default: 'vote-entropy',
      },
      {
        syntax: '--keep-undecided',
        summary:
          'also add rows whose intervals overlap: for modelled devices, whose intervals are their expected error',
      },
      {
        syntax: '--generations <n>',
        summary: 'of each search (default 10, unless --budget is given)',
        parse: integer(0),
      },
      { syntax: '--budget <time>', summary: 'of each search; runs then differ from day to day', parse: duration },
      { syntax: '--most-count <n>', summary: 'largest count of a target', parse: integer(1, 100_000), default: 200 },
      {
        syntax: '--most-transfer <bytes>',
        summary: 'largest transfer of a target',
        parse: integer(4096, 2 ** 40),
        default: 64 * 2 ** 20,
      },
      { syntax: '--workers <n>', summary: 'searches at once (default: one per two cores)', parse: integer(1, 256) },
      {
        syntax: '--build-device <name>',
        summary: 'OpenCL device that found kernels are built on (default: the first CPU)',
      },
      { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
      { syntax: '--corpus <store>', summary: 'kernels for the nearest learner, beside our seeds' },
      { syntax: '-o, --out <dir>', summary: 'folder for the results (default: results/learn)' },
      { syntax: '--report-only', summary: 'write the report of what is there' },
      { syntax: '--quiet', summary: 'no progress; a JSON line per step on standard output' },
    ],
    examples: [
      'learn --base data.csv --space grewe --hours 8 --devices cpu,gpu --out results/learn',
      'learn --base data.csv --devices cpu,gpu --hold-out npb-3.3 --arms active,random --seeds 3 --rounds 10',
      'learn --base data.csv --devices cpu,gpu --report-only --out results/learn',
    ],
    async run(flags, io) {
      const options = resolveFlags(flags)
      const { end, results } = await runLearn(options, openLabeller, io)
      if (!options.isQuiet) print({ end, results }, options.out, io)
      return results === undefined ? 1 : 0
    },
  }
}

/** @throws {RangeError} for options that exclude each other, or where nothing would ever end the run */
function resolveFlags(flags: LearnFlags): LearnRunOptions {
  const { base, test, holdOut, devices, seeds: count, seed, hours, rounds, benchmarks, untilEntropy } = flags
  if (test !== undefined && holdOut !== undefined) {
    throw new RangeError('--hold-out: expected either --test or --hold-out, received both')
  }
  const isEndless = [hours, rounds, benchmarks].every((limit) => limit === undefined) && untilEntropy === 0
  if (isEndless && !flags.reportOnly) {
    throw new RangeError('--hours: expected --hours, --rounds, --benchmarks or --until-entropy, to say when to stop')
  }
  const {
    batch,
    candidates,
    acquisition,
    keepUndecided,
    mostCount,
    mostTransfer,
    workers,
    buildDevice,
    model,
    corpus,
  } = flags
  const budgetMs = flags.budget
  const generations = flags.generations ?? (budgetMs === undefined ? 10 : undefined)
  return {
    ...{
      base,
      test,
      devices,
      workers,
      buildDevice,
      model,
      corpus,
      isReportOnly: flags.reportOnly,
      isQuiet: flags.quiet,
    },
    holdOut: holdOut === undefined || holdOut === 'each' ? 'each' : holdOut.split(',').map((suite) => suite.trim()),
    learn: {
      ...{
        arms: flags.arms,
        seeds: Array.from({ length: count }, (_, i) => seed + i),
        batch,
        candidates,
        acquisition,
        keepUndecided,
      },
      limits: { mostCount, mostTransferBytes: mostTransfer },
      stop: { rounds, benchmarks, entropy: untilEntropy },
    },
    search: { ...(generations === undefined ? {} : { generations }), ...(budgetMs === undefined ? {} : { budgetMs }) },
    totalMs: hours === undefined ? Number.POSITIVE_INFINITY : hours * hourMs,
    out: flags.out ?? 'results/learn',
  }
}

function parseDevices(text: string): [string, string] {
  const names = text.split(',').map((name) => name.trim())
  if (names.length === 2 && names.every(Boolean) && names[0] !== names[1]) return [names[0], names[1]]
  throw new RangeError(`expected two devices, as in cpu,gpu, received '${text}'`)
}

function print({ end, results }: LearnRun, out: string, io: CliIo): void {
  const ends = {
    rounds: 'Every learner has done its rounds.',
    resting: 'Every learner rests: it has its benchmarks, or a committee that agrees.',
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
  const pairs = comparisons.map(({ arm, against, gain }) => [`${arm} over ${against}`, ...figures(gain)])
  for (const line of formatTable(['95 % intervals', 'ratio', 'low', 'high'], pairs)) io.out(line)
  io.out('')
  io.out(
    `Results: ${[...Object.values(reportNames), addedRowsName, kernelFolder, committeeFolder, ledgerName].join(', ')} in ${out}`,
  )
}

function figures({ ratio, low, high }: { ratio: number; low: number; high: number }): string[] {
  return [ratio, low, high].map((value) => value.toFixed(4))
}
