// One run of a method at a target, as the results file has it: a line of JSON.

import { existsSync, readFileSync } from 'node:fs'
import type { SearchOptions, SearchPart, Target } from '../../../synth/index.ts'

/** What a run was asked for. */
export interface RunSettings {
  readonly method: string
  readonly seed: number
  readonly budgetMs: number
  readonly edits: number
  readonly holes: number
  readonly without: readonly SearchPart[]
  /** Default `off`. */
  readonly validate?: SearchOptions['validate']
}

/** How near it came. */
export interface RunResult {
  readonly proximity: number
  readonly distance: number
  /** When the best was found. */
  readonly bestMs: number
  /** When it ended: before its time at an exact match. */
  readonly elapsedMs: number
  readonly sampled: number
  readonly compiled: number
  readonly generations: number
  /** By how much the best has too much of each feature, where it has. */
  readonly off?: Readonly<Record<string, number>>
}

export interface SteeringRun extends RunSettings, RunResult {
  readonly space: string
  readonly target: string
  readonly modelHash: string
}

/** Lines that were cut short by a crash are left out. */
export function readRuns(path: string): SteeringRun[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
  return lines.map((line) => JSON.parse(line) as SteeringRun)
}

export function isSame(run: RunSettings, other: RunSettings): boolean {
  return (
    run.method === other.method &&
    run.seed === other.seed &&
    run.budgetMs === other.budgetMs &&
    run.edits === other.edits &&
    run.holes === other.holes &&
    run.without.join() === other.without.join() &&
    (run.validate ?? 'off') === (other.validate ?? 'off')
  )
}

export function isAt(run: SteeringRun, { space, name }: Target): boolean {
  return run.space === space.id && run.target === name
}
