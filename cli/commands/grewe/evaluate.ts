// `benchsteer grewe evaluate`: how good the heuristic is on programs that it has not seen, and whether more data help.

import {
  type CrossValidation,
  crossValidations,
  type DataSet,
  evaluate,
  type LeakPolicy,
  leakPolicies,
  reportEvaluation,
} from '../../../active-learning/index.ts'
import { type Command, integer } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { startProgress } from '../../progress.ts'
import { evaluationLines } from './evaluation-lines.ts'
import { DataReader, type ModelFlags, modelOptions, modelOptionsOf } from './options.ts'

interface EvaluateFlags extends ModelFlags {
  readonly train: readonly string[]
  readonly test?: string
  readonly cv: CrossValidation
  readonly folds: number
  readonly seeds: number
  readonly resamples: number
  readonly leaks: LeakPolicy
  readonly json: boolean
}

export const evaluateCommand: Command<EvaluateFlags> = {
  name: 'evaluate',
  summary: 'Measure the heuristic on programs that it has not seen, and compare training sets.',
  description:
    'A set is FILE.csv, or FILE.csv@SUITE+SUITE for the rows of these suites; commas join sets. Every model is trained ' +
    'under each seed, which draws its ties, and predicts each test row once. With --train given several times, the ' +
    'sets after the first are compared with it; --train A,B alone compares A,B with A. Speedups are over the single ' +
    'device with the lower geometric-mean time over all test rows. Intervals draw whole programs and seeds again, ' +
    'since the rows of a program are not independent. A program or a source that would be learned and tested ends ' +
    'the evaluation with exit code 2; --leaks drop leaves it out of the training instead.',
  options: [
    { syntax: '--train <set>', summary: 'what to learn from', isRepeatable: true, isRequired: true },
    { syntax: '--test <set>', summary: 'what to predict (default: the first training set)' },
    {
      syntax: '--cv <method>',
      summary: 'what is held out together; kfold deals whole programs',
      choices: crossValidations,
      default: 'leave-one-program-out',
    },
    { syntax: '--folds <n>', summary: 'folds of kfold', parse: integer(2), default: 10 },
    {
      syntax: '--seeds <n>',
      summary: 'how many seeds, from 0 on; at least 10',
      parse: integer(10, 10_000),
      default: 10,
    },
    { syntax: '--resamples <n>', summary: 'draws of the bootstrap', parse: integer(100, 100_000), default: 2000 },
    {
      syntax: '--leaks <policy>',
      summary:
        'what becomes of training rows that give test rows away; with -twins also of kernels of the same name and counts',
      choices: leakPolicies,
      default: 'fail',
    },
    { syntax: '--json', summary: 'the whole report as one JSON object' },
    ...modelOptions,
  ],
  examples: [
    'grewe evaluate --train nvidia-benchmarks.csv --test nvidia-benchmarks.csv@npb-3.3',
    'grewe evaluate --train nvidia-benchmarks.csv@npb-3.3,nvidia-clgen.csv --test nvidia-benchmarks.csv@npb-3.3',
    'grewe evaluate --train base.csv --train base.csv,passive.csv --train base.csv,active.csv --cv leave-one-suite-out',
  ],

  async run(flags, io) {
    const reader = new DataReader(io)
    const train = trainingSets(flags.train, reader)
    const test = flags.test === undefined ? train[0] : reader.set('--test', flags.test)
    const report = reportEvaluation(await predictAll(train, test, flags, io), { resamples: flags.resamples })
    if (flags.json) io.out(JSON.stringify(report, finiteOrNull))
    else for (const line of evaluationLines(report, flags.cv)) io.out(line)
  },
}

function trainingSets(given: readonly string[], reader: DataReader): DataSet[] {
  const sets = given.map((text) => reader.set('--train', text))
  const [first] = given[0].split(',')
  return given.length === 1 && first !== given[0] ? [reader.set('--train', first), ...sets] : sets
}

async function predictAll(
  train: readonly DataSet[],
  test: DataSet,
  flags: EvaluateFlags,
  io: CliIo,
): ReturnType<typeof evaluate> {
  const { cv, folds, leaks } = flags
  const seeds = [...Array(flags.seeds).keys()]
  const { kind, features, tree, trees, neighbours } = modelOptionsOf(flags)
  let progress: ReturnType<typeof startProgress> | undefined
  try {
    return await evaluate(train, test, {
      ...{ cv, folds, seeds, leaks, model: { kind, features, tree, trees, neighbours }, signal: io.signal },
      onProgress(done, total) {
        progress ??= startProgress(io, { label: 'training', total, unit: 'models' })
        progress.update(done)
      },
    })
  } finally {
    progress?.[Symbol.dispose]()
  }
}

/** JSON knows no NaN: a precision of no predictions. */
function finiteOrNull(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}
