// Kernels of each group and targets of a space, as vectors that can be put on a map.

import type { Point } from '../../corpora/index.ts'
import type { DataTable, DataValue, EvaluatorInput } from './evaluator.ts'
import { numbers, texts } from './evaluator.ts'
import { styleOf, targetsName } from './group-style.ts'
import { distinctPlaces, domainsOf, type MapOptions, type MapPanel } from './map-chart.ts'
import { cut } from './names.ts'
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

/** What a map shows: what would cover one another is left out. */
export interface PlacedMap {
  readonly panels: readonly MapPanel[]
  readonly rings: readonly Point[]
  readonly table: DataTable
}

/**
 * A panel for each group that has kernels, with how many these are.
 * @param placed - targets and kernels
 * @param points - theirs
 * @param axes - heads of the columns, decimals
 */
export function mapOf(
  { results, styles }: EvaluatorInput,
  table: Pick<DataTable, 'name' | 'title'>,
  placed: readonly Placed[],
  points: readonly Point[],
  axes: { readonly names: readonly [string, string]; readonly decimals: number; readonly type?: MapOptions['type'] },
): PlacedMap {
  const domains = domainsOf(points)
  const shown = (group: string): number[] => {
    const own = placed.flatMap((one, i) => (one.group === group ? [i] : []))
    return distinctPlaces(
      own.map((i) => points[i]),
      domains,
      axes.type,
    ).map((i) => own[i])
  }
  const panels = results.groups.flatMap((group): MapPanel[] => {
    const count = placed.filter((one) => one.group === group).length
    if (count === 0) return []
    return [
      {
        style: styleOf(styles, group),
        title: `${cut(group, 26)} (${count})`,
        points: shown(group).map((i) => points[i]),
      },
    ]
  })
  const kept = [targetsName, ...results.groups].flatMap(shown)
  const rows = kept.map((i): DataValue[] => [placed[i].group, placed[i].id, ...points[i]])
  const columns = [...texts('group', 'kernel or target'), ...numbers(axes.decimals, ...axes.names)]
  return { panels, rings: shown(targetsName).map((i) => points[i]), table: { ...table, columns, rows, isDetail: true } }
}

/** To be said of every map. */
export const mapNote =
  'Of kernels of a group that would cover one another the first is drawn and listed; kernels.jsonl has all.'
