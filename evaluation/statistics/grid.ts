// A figure of each run as a grid of targets and seeds, which is what intervals and paired tests work on.

import type { ClusterSums } from '../../active-learning/index.ts'
import type { EvaluationResults, EvaluationRun } from '../records.ts'

/** Figures of one group in one space. */
export interface Grid {
  /** `suite/target`, sorted. */
  readonly targets: readonly string[]
  readonly seeds: readonly number[]
  /** `[target][seed]` */
  readonly values: readonly (readonly number[])[]
  /** Targets left out because one of these seeds is missing. */
  readonly incomplete: number
  /** Nothing in the group is random: one seed stands for any. Default false. */
  readonly isDeterministic?: boolean
}

/** Stands for the seeds of a group in which nothing is random. */
const anySeed = 0

/**
 * @param space - null for all: a target then counts once in each space, and its program holds them together
 * @param read - a figure of a run
 */
export function gridOf(
  results: EvaluationResults,
  space: string | null,
  group: string,
  read: (run: EvaluationRun) => number,
): Grid {
  const isDeterministic = results.deterministic?.includes(group) ?? false
  const byTarget = new Map<string, Map<number, number>>()
  for (const run of results.runs) {
    if (run.group !== group || (space !== null && run.space !== space)) continue
    const name = space === null ? `${targetKey(run)} in ${run.space}` : targetKey(run)
    const own = byTarget.get(name) ?? new Map<number, number>()
    byTarget.set(name, own.set(isDeterministic ? anySeed : run.seed, read(run)))
  }
  return { ...buildGrid(byTarget), isDeterministic }
}

/** @param byTarget - by name and seed */
export function buildGrid(byTarget: ReadonlyMap<string, ReadonlyMap<number, number>>): Grid {
  const seeds = chooseSeeds([...byTarget.values()])
  const complete = [...byTarget].filter(([, own]) => seeds.every((seed) => own.has(seed)))
  complete.sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    targets: complete.map(([name]) => name),
    seeds,
    values: complete.map(([, own]) => seeds.map((seed) => own.get(seed) ?? Number.NaN)),
    incomplete: byTarget.size - complete.length,
  }
}

/** So many of the most frequent seeds that most runs are kept: an evaluation may be under way. */
function chooseSeeds(targets: readonly ReadonlyMap<number, number>[]): number[] {
  const counts = new Map<number, number>()
  for (const seed of targets.flatMap((own) => [...own.keys()])) counts.set(seed, (counts.get(seed) ?? 0) + 1)
  const byCount = [...counts].sort(([a, most], [b, more]) => more - most || a - b).map(([seed]) => seed)
  let best: { readonly seeds: readonly number[]; readonly kept: number } = { seeds: [], kept: 0 }
  for (let size = byCount.length; size > 0; size--) {
    const seeds = byCount.slice(0, size)
    const kept = size * targets.filter((own) => seeds.every((seed) => own.has(seed))).length
    if (kept > best.kept) best = { seeds, kept }
  }
  return [...best.seeds].sort((a, b) => a - b)
}

/** Names of targets are unique within their suite. */
export function targetKey(run: Pick<EvaluationRun, 'suite' | 'target'>): string {
  return `${run.suite}/${run.target}`
}

/** `rodinia/bfs` of `rodinia/bfs/BFS_1`: kernels of one program are alike, and are drawn together. */
export function programOf(targetName: string): string {
  return targetName.split('/').slice(0, 2).join('/')
}

/** Two grids over what both have. */
export interface PairedGrids {
  readonly targets: readonly string[]
  readonly seeds: readonly number[]
  /** `[target][seed]` each. */
  readonly left: readonly (readonly number[])[]
  readonly right: readonly (readonly number[])[]
}

/**
 * The targets and seeds that both have. A group in which nothing is random is set against each seed of the other; one that
 * merely has one seed yet is not.
 */
export function pairGrids(left: Grid, right: Grid): PairedGrids {
  const seeds = pairSeeds(left, right)
  const targets = seeds.length === 0 ? [] : left.targets.filter((name) => right.targets.includes(name))
  const rowsOf = (grid: Grid): number[][] =>
    targets.map((name) => {
      const row = grid.values[grid.targets.indexOf(name)]
      return seeds.map((seed) => row[grid.isDeterministic === true ? 0 : grid.seeds.indexOf(seed)])
    })
  return { targets, seeds, left: rowsOf(left), right: rowsOf(right) }
}

function pairSeeds(left: Grid, right: Grid): readonly number[] {
  if (left.isDeterministic === true && right.isDeterministic === true) return left.seeds.slice(0, 1)
  if (left.isDeterministic === true) return left.seeds.length === 0 ? [] : right.seeds
  if (right.isDeterministic === true) return right.seeds.length === 0 ? [] : left.seeds
  return left.seeds.filter((seed) => right.seeds.includes(seed))
}

/** Rows of a grid added up by program. @param values - `[target][seed]` */
export function sumByProgram(targets: readonly string[], values: readonly (readonly number[])[]): ClusterSums {
  const programs = new Map<string, { size: number; sums: number[] }>()
  for (const [i, name] of targets.entries()) {
    const own = programs.get(programOf(name)) ?? { size: 0, sums: values[i].map(() => 0) }
    const sums = own.sums.map((sum, seed) => sum + values[i][seed])
    programs.set(programOf(name), { size: own.size + 1, sums })
  }
  return { sizes: [...programs.values()].map(({ size }) => size), sums: [...programs.values()].map(({ sums }) => sums) }
}
