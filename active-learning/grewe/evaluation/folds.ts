// What is held out together. A program's kernels and inputs share code and habits, so a fold never parts a program, k
// folds no less than the others: rows dealt out singly would let a model recognise what it is tested on.

import type { Random } from '../../../synth/index.ts'
import type { GreweRow } from '../../data-set.ts'

export const crossValidations = ['leave-one-program-out', 'leave-one-suite-out', 'kfold', 'none'] as const
/** `kfold` deals whole programs into folds; `none` trains once and holds nothing out. */
export type CrossValidation = (typeof crossValidations)[number]

export interface Fold {
  /** The program or suite that is held out, `fold 1`, or `all`. */
  readonly name: string
  /** Places in the test rows, ascending. */
  readonly test: readonly number[]
  /** May a model that is tested on this fold learn from the row? */
  readonly isTrainable: (row: GreweRow) => boolean
}

/**
 * Deal the test rows into folds; each row is in one.
 * @param k - folds of `kfold`; where there are fewer programs there are as many folds
 * @param rng - deals programs for `kfold`, and is not asked otherwise
 */
export function makeFolds(rows: readonly GreweRow[], cv: CrossValidation, k: number, rng: Random): Fold[] {
  switch (cv) {
    case 'leave-one-program-out':
      return foldsBy(rows, ({ program }) => program)
    case 'leave-one-suite-out':
      return foldsBy(rows, ({ suite }) => suite)
    case 'kfold': {
      const foldOf = dealPrograms(rows, k, rng)
      return foldsBy(rows, ({ program }) => foldOf.get(program))
    }
    case 'none':
      return [{ name: 'all', test: [...rows.keys()], isTrainable: () => true }]
  }
}

function foldsBy(rows: readonly GreweRow[], groupOf: (row: GreweRow) => string | undefined): Fold[] {
  const groups = new Map<string, number[]>()
  for (const [i, row] of rows.entries()) {
    const group = groupOf(row) ?? ''
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [i])
    else members.push(i)
  }
  return [...groups].map(([name, test]) => ({ name, test, isTrainable: (row) => groupOf(row) !== name }))
}

/** Programs in random order, dealt round. */
function dealPrograms(rows: readonly GreweRow[], k: number, rng: Random): Map<string, string> {
  const programs = [...new Set(rows.map(({ program }) => program))].sort()
  for (let i = programs.length - 1; i > 0; i--) {
    const j = rng.below(i + 1)
    ;[programs[i], programs[j]] = [programs[j], programs[i]]
  }
  return new Map(programs.map((program, i) => [program, `fold ${1 + (i % k)}`]))
}
