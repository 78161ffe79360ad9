// Tables and pictures of a proximity per target, for the nearest kernel and for the average of several.

import * as Plot from '@observablehq/plot'
import type { EvaluationRun } from '../records.ts'
import { estimateMean, meanOf } from '../statistics/estimate.ts'
import { type Grid, gridOf, targetKey } from '../statistics/grid.ts'
import { drawIntervals, type IntervalRow } from './charts.ts'
import { median } from './convergence.ts'
import type { DataTable, DataValue, EvaluatorInput, Evidence, Figure } from './evaluator.ts'
import { absent, numbers, texts } from './evaluator.ts'
import { legendOf, styleOf } from './group-style.ts'
import { drawLines, type LinePoint } from './line-chart.ts'
import { suiteLess } from './names.ts'
import { averageProximity, proximityOf } from './runs.ts'

/** What is read off a run, and what it is called. */
export interface ProximityFigure {
  readonly noun: string
  /** Whether the table of all runs is added. */
  readonly withRuns?: boolean
  readonly read: (run: EvaluationRun) => number
}

/** Grids that have a target. */
interface GroupGrid {
  readonly space: string
  readonly group: string
  readonly grid: Grid
}

/** Targets that can have a row with all groups each. */
const mostRows = 60

export function evaluateProximity(input: EvaluatorInput, { noun, read, withRuns = false }: ProximityFigure): Evidence {
  const { spaces, groups } = input.results
  const grids = spaces.flatMap((space) =>
    groups.map((group): GroupGrid => ({ space, group, grid: gridOf(input.results, space, group, read) })),
  )
  const filled = grids.filter(({ grid }) => grid.targets.length > 0)
  if (filled.length === 0) return absent('There is no run yet.')
  const figures = spaces.flatMap((space): Figure[] => {
    const own = filled.filter((one) => one.space === space)
    return own.length === 0 ? [] : [drawTargets(input, space, own, noun)]
  })
  const incomplete = filled.reduce((sum, { grid }) => sum + grid.incomplete, 0)
  return {
    kind: 'present',
    figures: [drawMeans(input, filled, noun), ...figures],
    tables: [meanTable(input, filled, noun), targetTable(input, filled, noun), ...(withRuns ? [runTable(input)] : [])],
    notes: [
      'A run that found nothing counts 0, as does a kernel farther away than the origin of the space.',
      ...(incomplete === 0
        ? []
        : [`${incomplete} pairs of group and target lack a seed and are left out of the means.`]),
    ],
  }
}

function drawMeans(input: EvaluatorInput, grids: readonly GroupGrid[], noun: string): Figure {
  const rows = grids.flatMap(({ space, group, grid }): IntervalRow[] => {
    const estimate = estimateMean(grid, input.seed)
    if (estimate === undefined) return []
    const { mean, low, high } = estimate
    return [{ panel: space, style: styleOf(input.styles, group), value: mean, low, high, text: `${mean.toFixed(2)} %` }]
  })
  const label = `mean ${noun}, %`
  return {
    name: 'means',
    svg: drawIntervals(input.drawing, `Mean ${noun} by group`, rows, { label }),
    caption: `Mean ${noun} over targets and seeds, with 95 % intervals (programs and seeds drawn again).`,
    tables: ['means'],
  }
}

function drawTargets(input: EvaluatorInput, space: string, grids: readonly GroupGrid[], noun: string): Figure {
  const count = Math.max(...grids.map(({ grid }) => grid.targets.length))
  return count <= mostRows ? drawRows(input, space, grids, noun) : drawRanks(input, space, grids, noun)
}

function drawRows(input: EvaluatorInput, space: string, grids: readonly GroupGrid[], noun: string): Figure {
  const { draw, axis, nameFont } = input.drawing
  const points = grids.flatMap(({ group, grid }) =>
    grid.targets.map((target, i) => ({ group, target, value: meanOf([grid.values[i]]) })),
  )
  const best = new Map<string, number>()
  for (const { target, value } of points) best.set(target, Math.max(value, best.get(target) ?? 0))
  const targets = [...best].sort(([, a], [, b]) => a - b).map(([target]) => target)
  const styles = grids.map(({ group }) => styleOf(input.styles, group))
  const { marks, marginTop } = legendOf(styles, 640)
  const svg = draw(`${noun} of each target in ${space}`, {
    ...{ height: marginTop + 20 + 17 * targets.length, marginTop, marginLeft: 250, marginBottom: 16, marginRight: 20 },
    x: { ...axis, axis: null, domain: [0, 100] },
    y: { type: 'band', domain: targets, axis: null },
    color: { type: 'identity' },
    marks: [
      Plot.axisX({ anchor: 'top', label: null, tickSize: 0 }),
      Plot.axisY({ fontFamily: nameFont, fontVariant: 'normal', tickSize: 0, tickFormat: suiteLess, label: null }),
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      ...styles.map(({ group, symbol, colour }) =>
        Plot.dot(
          points.filter((point) => point.group === group),
          { x: 'value', y: 'target', r: 3.8, symbol, fill: colour, fillOpacity: 0.85 },
        ),
      ),
      ...marks,
    ],
  })
  const caption = `${noun} of each target in ${space}, mean over seeds, in %; hardest targets first.`
  return { name: `targets-${space}`, svg, caption, tables: ['by-target'] }
}

function drawRanks(input: EvaluatorInput, space: string, grids: readonly GroupGrid[], noun: string): Figure {
  const points = grids.flatMap(({ group, grid }): LinePoint[] => {
    const values = grid.values.map((row) => meanOf([row])).sort((a, b) => a - b)
    const style = styleOf(input.styles, group)
    return values.map((y, i) => ({ style, x: (100 * (i + 0.5)) / values.length, y }))
  })
  const svg = drawLines(input.drawing, `${noun} over the targets of ${space}`, points, {
    x: { label: 'share of the targets, each group’s hardest first, %' },
    y: { label: `${noun}, %`, domain: [0, 100] },
  })
  const caption = `${noun} over all targets in ${space}, mean over seeds; each group’s own hardest targets come first.`
  return { name: `targets-${space}`, svg, caption, tables: ['by-target'] }
}

function meanTable({ seed }: EvaluatorInput, grids: readonly GroupGrid[], noun: string): DataTable {
  const rows = grids.map(({ space, group, grid }): DataValue[] => {
    const estimate = estimateMean(grid, seed)
    const perTarget = grid.values.map((row) => meanOf([row]))
    return [
      ...[space, group, grid.targets.length, grid.seeds.length, estimate?.mean ?? null],
      ...[estimate?.low ?? null, estimate?.high ?? null, median(perTarget), Math.min(...perTarget)],
    ]
  })
  return {
    ...{ name: 'means', title: `Mean ${noun}, %`, rows },
    columns: [
      ...texts('space', 'group'),
      ...numbers(0, 'targets', 'seeds'),
      ...numbers(2, 'mean', '95 % from', 'to', 'median target', 'hardest target'),
    ],
  }
}

function targetTable({ results }: EvaluatorInput, grids: readonly GroupGrid[], noun: string): DataTable {
  const rows = results.spaces.flatMap((space) => {
    const own = grids.filter((one) => one.space === space)
    const targets = [...new Set(own.flatMap(({ grid }) => grid.targets))].sort()
    return targets.map((target): DataValue[] => {
      const values = results.groups.map((group) => {
        const grid = own.find((one) => one.group === group)?.grid
        const i = grid?.targets.indexOf(target) ?? -1
        return grid === undefined || i < 0 ? null : meanOf([grid.values[i]])
      })
      return [space, target, ...values]
    })
  })
  const columns = [...texts('space', 'target'), ...numbers(2, ...results.groups)]
  return { name: 'by-target', title: `${noun} of each target, mean over seeds, %`, columns, rows, isDetail: true }
}

function runTable({ results, topK }: EvaluatorInput): DataTable {
  const rows = results.runs.map((run): DataValue[] => [
    ...[run.space, run.group, targetKey(run), run.seed, proximityOf(run), averageProximity(run, topK)],
    ...[run.best[0]?.distance ?? null, run.best[0]?.foundMs ?? null, run.wallMs, run.best[0]?.kernel ?? null],
  ])
  const columns = [
    ...texts('space', 'group', 'target'),
    ...numbers(0, 'seed'),
    ...numbers(2, 'proximity', `average of ${topK}`, 'distance of the nearest'),
    ...numbers(0, 'found after, ms', 'run took, ms'),
    ...texts('nearest kernel'),
  ]
  return { name: 'runs', title: 'All runs', columns, rows, isDetail: true }
}
