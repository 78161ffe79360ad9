// Kernels of each group and targets of a space, as vectors that can be put on a map.

import type { Point } from '../../corpora/index.ts'
import type { DataTable, DataValue, EvaluatorInput } from './evaluator.ts'
import { numbers, texts } from './evaluator.ts'
import { styleOf, targetsName } from './group-style.ts'
import type { MapPanel } from './map-chart.ts'
import { kernelsOf } from './runs.ts'

/** A kernel of a group, or a target. */
export interface Placed {
  readonly group: string
  readonly id: string
  readonly vector: readonly number[]
}

/** Targets first. Kernels that several groups returned stand with each of them. */
export function placedIn({ results }: EvaluatorInput, space: string): { targets: Placed[]; kernels: Placed[] } {
  const targets = results.targets.filter((own) => own.space === space)
  return {
    targets: targets.map(({ suite, name, vector }) => ({ group: targetsName, id: `${suite}/${name}`, vector })),
    kernels: results.groups.flatMap((group) =>
      kernelsOf(results, group, space).flatMap(({ id, vectors }): Placed[] =>
        vectors[space] === undefined ? [] : [{ group, id, vector: vectors[space] }],
      ),
    ),
  }
}

/** A panel for each group that has kernels. @param points - of `kernels`, in that order */
export function panelsOf(
  { results, styles }: EvaluatorInput,
  kernels: readonly Placed[],
  points: readonly Point[],
): MapPanel[] {
  return results.groups.flatMap((group): MapPanel[] => {
    const own = points.filter((_, i) => kernels[i].group === group)
    return own.length === 0 ? [] : [{ style: styleOf(styles, group), title: `${group} (${own.length})`, points: own }]
  })
}

/** Coordinates of all that is on a map. */
export function placeTable(
  table: Pick<DataTable, 'name' | 'title'>,
  placed: readonly Placed[],
  points: readonly Point[],
  axes: readonly [string, string],
): DataTable {
  const rows = placed.map(({ group, id }, i): DataValue[] => [group, id, points[i][0], points[i][1]])
  return { ...table, columns: [...texts('group', 'kernel or target'), ...numbers(3, ...axes)], rows, isDetail: true }
}
