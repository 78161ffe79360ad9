// Options of `learn` and what they mean together.

import { type Acquisition, type ArmName, acquisitions, arms } from '../../active-learning/index.ts'
import { decimal, duration, integer, listOf, type Option } from '../command.ts'
import type { LabelPlace, LearnRunOptions } from './options.ts'

export interface LearnFlags {
  readonly base: string
  readonly test?: string
  readonly holdOut?: string
  readonly space: string
  readonly devices?: readonly [string, string]
  readonly replay?: string
  readonly arms?: readonly ArmName[]
  readonly seeds: number
  readonly seed: number
  readonly hours?: number
  readonly rounds?: number
  readonly benchmarks?: number
  readonly untilEntropy: number
  readonly batch: number
  readonly pairs: number
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
  readonly minSamplesLeaf: number
  readonly reportOnly: boolean
  readonly quiet: boolean
}

const hourMs = 3_600_000
const armNames = arms.map(({ name }) => name)
const replayedArms = arms.filter(({ kernels }) => kernels !== 'corpus').map(({ name }) => name)

/** Of learning with kernels that are written for it. */
const deviceOptions: readonly Option[] = [
  {
    syntax: '--devices <cpu,gpu>',
    summary: 'that label: the one in the role of the CPU, then the one in that of the GPU',
    parse: parseDevices,
  },
  {
    syntax: '--generations <n>',
    summary: 'of each search (default 10, unless --budget is given)',
    parse: integer(0),
  },
  { syntax: '--budget <time>', summary: 'of each search; runs then differ from day to day', parse: duration },
  { syntax: '--workers <n>', summary: 'searches at once (default: one per two cores)', parse: integer(1, 256) },
  {
    syntax: '--build-device <name>',
    summary: 'OpenCL device that found kernels are built on (default: the first CPU)',
  },
  { syntax: '--model <dir>', summary: 'folder of the model (default: the one shipped)' },
  { syntax: '--corpus <store>', summary: 'kernels for the nearest learner, beside our seeds' },
]

const commonOptions: readonly Option[] = [
  { syntax: '--base <file>', summary: 'labelled kernels: CSV in a Grewe layout', isRequired: true },
  { syntax: '--test <file>', summary: 'score on this file (default: on suites of the base that are held out)' },
  { syntax: '--hold-out <suites>', summary: 'each in turn, or these together: npb-3.3,shoc-1.1.5 (default: each)' },
  { syntax: '--space <id>', summary: 'feature space to steer in', choices: ['grewe'], default: 'grewe' },
  { syntax: '--seeds <n>', summary: 'of each learner', parse: integer(1, 1000), default: 5 },
  { syntax: '--seed <n>', summary: 'the first of them', parse: integer(Number.MIN_SAFE_INTEGER), default: 0 },
  {
    syntax: '--replay <file>',
    summary: 'choose among the labelled rows of this file in place of writing kernels',
  },
  {
    syntax: '--arms <list>',
    summary: `learners: ${armNames.join(', ')} (default: all; with --replay all but nearest)`,
    parse: listOf(armNames),
  },
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
    syntax: '--pairs <n>',
    summary: 'of the targets, so many pairs that F1 to F4 cannot tell apart, and that differ in one thing',
    parse: integer(0, 32),
    default: 0,
  },
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
    summary: 'also add rows whose intervals overlap, so that they do not tell which device is faster',
  },
  { syntax: '--most-count <n>', summary: 'largest count of a target', parse: integer(1, 100_000), default: 200 },
  {
    syntax: '--most-transfer <bytes>',
    summary: 'largest transfer of a target',
    parse: integer(4096, 2 ** 40),
    default: 64 * 2 ** 20,
  },
  { syntax: '-o, --out <dir>', summary: 'folder for the results (default: results/learn)' },
  {
    syntax: '--min-samples-leaf <n>',
    summary: 'rows that each leaf keeps of the trees that the report scores; may change when a run goes on',
    parse: integer(1, 1_000_000),
    default: 1,
  },
  { syntax: '--report-only', summary: 'write the report of what is there' },
  { syntax: '--quiet', summary: 'no progress; a JSON line per step on standard output' },
]

/** @param hasDevices - is there anything that measures? */
export function learnOptions(hasDevices: boolean): readonly Option[] {
  return hasDevices ? [...commonOptions, ...deviceOptions] : commonOptions
}

/** @throws {RangeError} for options that exclude each other, or where nothing would ever end the run */
export function resolveLearnFlags(flags: LearnFlags): LearnRunOptions {
  const { base, test, holdOut, seeds: count, seed, hours, rounds, benchmarks, untilEntropy } = flags
  if (test !== undefined && holdOut !== undefined) {
    throw new RangeError('--hold-out: expected either --test or --hold-out, received both')
  }
  const isEndless = [hours, rounds, benchmarks].every((limit) => limit === undefined) && untilEntropy === 0
  if (isEndless && !flags.reportOnly) {
    throw new RangeError('--hours: expected --hours, --rounds, --benchmarks or --until-entropy, to say when to stop')
  }
  const labels = resolveLabels(flags)
  const { batch, pairs, candidates, acquisition, keepUndecided, mostCount, mostTransfer } = flags
  const { budget: budgetMs, workers, buildDevice, model, corpus } = flags
  const generations = flags.generations ?? (budgetMs === undefined ? 10 : undefined)
  return {
    ...{ base, test, labels, workers, buildDevice, model, corpus },
    ...{ isReportOnly: flags.reportOnly, isQuiet: flags.quiet, minSamplesLeaf: flags.minSamplesLeaf },
    holdOut: holdOut === undefined || holdOut === 'each' ? 'each' : holdOut.split(',').map((suite) => suite.trim()),
    learn: {
      arms: flags.arms ?? (labels?.kind === 'replay' ? replayedArms : armNames),
      seeds: Array.from({ length: count }, (_, i) => seed + i),
      ...{ batch, pairs, candidates, acquisition, keepUndecided },
      limits: { mostCount, mostTransferBytes: mostTransfer },
      stop: { rounds, benchmarks, entropy: untilEntropy },
    },
    // What is found is run before it is labelled: a search that keeps out what would fail there wastes fewer points.
    search: {
      validate: 'quick',
      ...(generations === undefined ? {} : { generations }),
      ...(budgetMs === undefined ? {} : { budgetMs }),
    },
    totalMs: hours === undefined ? Number.POSITIVE_INFINITY : hours * hourMs,
    out: flags.out ?? 'results/learn',
  }
}

function resolveLabels({ devices, replay, reportOnly }: LearnFlags): LabelPlace | null {
  if (devices === undefined && replay === undefined && reportOnly) return null
  if (devices !== undefined && replay === undefined) return { kind: 'devices', devices }
  if (devices === undefined && replay !== undefined) return { kind: 'replay', file: replay }
  throw new RangeError('--replay: expected --replay or two --devices, to say where labels come from')
}

function parseDevices(text: string): [string, string] {
  const names = text.split(',').map((name) => name.trim())
  if (names.length === 2 && names.every(Boolean) && names[0] !== names[1]) return [names[0], names[1]]
  throw new RangeError(`expected two devices, as in cpu,gpu, received '${text}'`)
}
