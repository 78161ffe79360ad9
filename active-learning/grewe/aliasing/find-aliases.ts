// Points that the features cannot tell apart although the labels differ: no model over these features can be right there.

import type { CombinedFeatures, GreweRow } from '../../data-set.ts'

/** Rows with equal F1 to F4 and both labels. */
export interface AliasedPoint {
  readonly features: CombinedFeatures
  /** In the order of the data. */
  readonly rows: readonly GreweRow[]
}

/** In the order of their first rows. Equal means equal as written: files round. */
export function findAliases(rows: readonly GreweRow[]): AliasedPoint[] {
  const points = new Map<string, GreweRow[]>()
  for (const row of rows) {
    const key = row.features.join()
    const equal = points.get(key)
    if (equal === undefined) points.set(key, [row])
    else equal.push(row)
  }
  return [...points.values()]
    .filter((equal) => equal.some(({ label }) => label !== equal[0].label))
    .map((equal) => ({ features: equal[0].features, rows: equal }))
}

/** What aliasing costs at least. */
export interface AliasCost {
  /** Rows at aliased points. */
  readonly rows: number
  /** Rows that a model over F1 to F4 gets wrong even where it knows every row: the rarer label of each point. */
  readonly wrongAtLeast: number
}

export function aliasCost(points: readonly AliasedPoint[]): AliasCost {
  const rarer = ({ rows }: AliasedPoint): number => {
    const gpu = rows.filter(({ label }) => label === 'GPU').length
    return Math.min(gpu, rows.length - gpu)
  }
  return {
    rows: points.reduce((sum, point) => sum + point.rows.length, 0),
    wrongAtLeast: points.reduce((sum, point) => sum + rarer(point), 0),
  }
}
