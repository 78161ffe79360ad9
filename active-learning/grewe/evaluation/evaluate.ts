// Training sets against test rows: each set trains models under each seed, fold by fold, and predicts every test row once
// a seed. Sets are compared in pairs, over the same rows, seeds and folds.

import { setImmediate } from 'node:timers/promises'
import { Random } from '../../../synth/index.ts'
import type { DataSet, DeviceLabel, GreweRow } from '../../data-set.ts'
import { type ModelOptions, predictModel, resolveModelOptions, trainModel } from '../model/model.ts'
import { type CrossValidation, crossValidations, type Fold, makeFolds } from './folds.ts'
import { findOverlap, type Leak, type LeakKind } from './leaks.ts'

export const leakPolicies = ['fail', 'fail-twins', 'drop', 'drop-twins'] as const
/**
 * What becomes of training rows that give test rows away: `fail` ends the evaluation and `drop` leaves out those of the
 * same program or source, `fail-twins` and `drop-twins` also those of a kernel of the same name and counts.
 */
export type LeakPolicy = (typeof leakPolicies)[number]

export interface EvaluateOptions {
  readonly cv: CrossValidation
  /** Folds of `kfold`, 2 up. Default 10. */
  readonly folds?: number
  /** Of models and of `kfold`'s deal; at least one. Default 0 to 9. */
  readonly seeds?: readonly number[]
  /** Without a seed: those of `seeds` take its place. */
  readonly model?: Omit<ModelOptions, 'seed'>
  /** Default fail. */
  readonly leaks?: LeakPolicy
  readonly signal?: AbortSignal
  /** @param done - models trained so far, of `total` */
  readonly onProgress?: (done: number, total: number) => void
}

/** What one training set predicted. */
export interface TrainedOn {
  readonly name: string
  /** Rows of the set, all folds together. */
  readonly rows: number
  /** `[seed][row]`, rows in the order of the test set. */
  readonly predictions: readonly (readonly DeviceLabel[])[]
  /** Test rows that have a training row of the same kernel name and counts in another program, unless dropped. */
  readonly twins: number
  /** Training rows left out because they gave test rows away, summed over the folds of the first seed. */
  readonly dropped: number
}

export interface Evaluation {
  readonly test: DataSet
  readonly seeds: readonly number[]
  readonly sets: readonly TrainedOn[]
}

/** What a model must not be tested on after it was trained on it. */
export class LeakError extends RangeError {
  readonly leaks: readonly Leak[]

  constructor(set: string, leaks: readonly Leak[]) {
    const [{ kind, test, train }] = leaks
    const what = kind === 'program' ? `program ${test.program}` : `source ${test.sourceKey}`
    super(
      `leaks: ${leaks.length} test rows have their ${kind} among the training rows of ${set}; the first is ${what} ` +
        `(tested as ${test.program} ${test.kernel} ${test.dataset}, learned as ${train.program} ${train.kernel} ` +
        `${train.dataset}); expected none, or the policy drop, or folds that hold it out`,
    )
    this.name = 'LeakError'
    this.leaks = leaks
  }
}

/**
 * Predict every test row by models that have not seen it.
 * @param train - training sets; those after the first are compared with it
 * @throws {LeakError} where a test row is given away and the policy is `fail`
 * @throws {RangeError} for options out of range, empty sets, and folds that leave nothing to learn from
 */
export async function evaluate(
  train: readonly DataSet[],
  test: DataSet,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const resolved = resolve(train, test, options)
  const { seeds, cv, folds } = resolved
  const total = train.length * seeds.length * makeFolds(test.rows, cv, folds, new Random(0)).length
  let done = 0
  const onModel = async (): Promise<void> => {
    options.onProgress?.(++done, total)
    await setImmediate() // lets a stop signal in
    options.signal?.throwIfAborted()
  }
  const sets: TrainedOn[] = []
  for (const set of train) sets.push(await evaluateSet(set, test, resolved, onModel))
  return { test, seeds, sets }
}

type Resolved = Required<Omit<EvaluateOptions, 'signal' | 'onProgress'>>

async function evaluateSet(
  set: DataSet,
  test: DataSet,
  options: Resolved,
  onModel: () => Promise<void>,
): Promise<TrainedOn> {
  const predictions: DeviceLabel[][] = []
  let [twins, dropped] = [0, 0]
  for (const [nth, seed] of options.seeds.entries()) {
    const predicted: DeviceLabel[] = Array(test.rows.length)
    for (const fold of makeFolds(test.rows, options.cv, options.folds, new Random(seed))) {
      const { rows, ...found } = trainingRows(set, fold, test.rows, options.leaks)
      if (nth === 0) [twins, dropped] = [twins + found.twins, dropped + found.dropped]
      const model = trainModel(rows, { ...options.model, seed })
      for (const i of fold.test) predicted[i] = predictModel(model, test.rows[i])
      await onModel()
    }
    predictions.push(predicted)
  }
  return { name: set.name, rows: set.rows.length, predictions, twins, dropped }
}

interface TrainingRows {
  readonly rows: readonly GreweRow[]
  readonly twins: number
  readonly dropped: number
}

/** What is left to learn from for a fold. */
function trainingRows(set: DataSet, fold: Fold, testRows: readonly GreweRow[], policy: LeakPolicy): TrainingRows {
  const allowed = set.rows.filter(fold.isTrainable)
  const tested = fold.test.map((i) => testRows[i])
  const { leaks, kindsOf } = findOverlap(allowed, tested)
  const grave = policy === 'fail-twins' ? leaks : leaks.filter(({ kind }) => kind !== 'twin')
  if (policy.startsWith('fail') && grave.length > 0) throw new LeakError(set.name, grave)
  const unwanted: readonly LeakKind[] = policy === 'drop-twins' ? ['program', 'source', 'twin'] : ['program', 'source']
  const rows = allowed.filter((_, i) => !unwanted.some((kind) => kindsOf.get(i)?.has(kind)))
  if (rows.length === 0) throw new RangeError(`train: ${set.name} has no rows left to learn from for ${fold.name}`)
  const twins = policy === 'drop-twins' ? 0 : leaks.filter(({ kind }) => kind === 'twin').length
  return { rows, twins, dropped: allowed.length - rows.length }
}

const usualSeeds: readonly number[] = [...Array(10).keys()]

function resolve(train: readonly DataSet[], test: DataSet, options: EvaluateOptions): Resolved {
  const { cv, folds = 10, seeds = usualSeeds, model = {}, leaks = 'fail' } = options
  if (!crossValidations.includes(cv)) {
    throw new RangeError(`cv: expected one of ${crossValidations.join(', ')}, received '${cv}'`)
  }
  if (!leakPolicies.includes(leaks)) {
    throw new RangeError(`leaks: expected one of ${leakPolicies.join(', ')}, received '${leaks}'`)
  }
  if (!(Number.isInteger(folds) && folds >= 2)) {
    throw new RangeError(`folds: expected an integer of at least 2, received ${folds}`)
  }
  if (seeds.length === 0) throw new RangeError('seeds: expected at least one, received none')
  if (train.length === 0) throw new RangeError('train: expected at least one training set, received none')
  if (test.rows.length === 0) throw new RangeError(`test: expected rows to test on, ${test.name} has none`)
  resolveModelOptions(model)
  return { cv, folds, seeds, model, leaks }
}
