// Learners as a report reads them off the ledger: rounds that are over, with the scores of the heuristic that is asked for.

import type { Fold } from '../folds.ts'
import type { Ledger } from '../ledger.ts'
import type { Round, Score, Trajectory } from '../records.ts'
import { type HeuristicOptions, scoreRows } from '../score.ts'

/** A learner with its finished rounds. */
export interface Course {
  readonly trajectory: Trajectory
  readonly fold: Fold
  readonly rounds: readonly Round[]
  readonly scores: readonly Score[]
}

/**
 * Learners whose fold is among these, in the order they were begun.
 * @param heuristic - what is asked after each round; another than the loop itself asks is trained here
 */
export function readCourses(ledger: Ledger, folds: readonly Fold[], heuristic: HeuristicOptions = {}): Course[] {
  const { minSamplesLeaf = 1 } = heuristic
  return ledger.trajectories().flatMap((trajectory) => {
    const fold = folds.find(({ name }) => name === trajectory.fold)
    const rounds = ledger.rounds(trajectory.id).filter(({ score }) => score !== null)
    if (fold === undefined) return []
    const known = rounds.flatMap(({ score }) => score ?? [])
    if (minSamplesLeaf === 1) return [{ trajectory, fold, rounds, scores: known }]
    const added = ledger.rows(trajectory.id)
    const scores = known.map((score, i): Score => {
      const rows = added.flatMap(({ round, row }) => (round <= rounds[i].round ? row : []))
      return { ...score, ...scoreRows([...fold.train, ...rows], fold.test, { minSamplesLeaf }) }
    })
    return [{ trajectory, fold, rounds, scores }]
  })
}
