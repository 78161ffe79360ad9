// Quantiles of figures of kernels, by group.

import type { SpanRow } from './charts.ts'
import type { DataColumn, DataTable, DataValue, EvaluatorInput } from './evaluator.ts'
import { styleOf } from './group-style.ts'

/** Between the two values that it falls between, in proportion; NaN for none. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}

/** Figures of a group in a panel. */
export interface Sample {
  readonly panel: string
  readonly group: string
  readonly values: readonly number[]
}

/** Rows to be drawn; samples without values are left out. */
export function spanRows({ styles }: EvaluatorInput, samples: readonly Sample[], decimals = 0): SpanRow[] {
  return samples.flatMap(({ panel, group, values }): SpanRow[] => {
    if (values.length === 0) return []
    const sorted = [...values].sort((a, b) => a - b)
    const [low, lowerQuartile, median, upperQuartile, high] = [0.1, 0.25, 0.5, 0.75, 0.9].map((q) =>
      quantile(sorted, q),
    )
    const text = `${median.toFixed(decimals)} (n ${values.length})`
    return [{ panel, style: styleOf(styles, group), low, lowerQuartile, median, upperQuartile, high, text }]
  })
}

/** A line for each sample. @param panelTitle - head of the first column */
export function quantileTable(
  table: Pick<DataTable, 'name' | 'title' | 'isDetail'>,
  panelTitle: string,
  samples: readonly Sample[],
  decimals = 0,
): DataTable {
  const shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]
  const names = ['least', '10 %', 'lower quartile', 'median', 'upper quartile', '90 %', 'most']
  const columns: DataColumn[] = [
    [panelTitle],
    ['group'],
    ['kernels', 0],
    ...names.map((name): DataColumn => [name, decimals]),
    ['mean', Math.max(1, decimals)],
  ]
  const rows = samples.map(({ panel, group, values }): DataValue[] => {
    const sorted = [...values].sort((a, b) => a - b)
    const mean = sorted.length === 0 ? null : sorted.reduce((sum, value) => sum + value, 0) / sorted.length
    return [panel, group, sorted.length, ...shares.map((q) => (sorted.length === 0 ? null : quantile(sorted, q))), mean]
  })
  return { ...table, columns, rows }
}
