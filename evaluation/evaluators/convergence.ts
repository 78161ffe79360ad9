// How the best distance falls, over time or over generations, as the mean over runs at chosen moments.

import type { EvaluationRun } from '../records.ts'
import type { DataValue, EvaluatorInput, Evidence, Figure } from './evaluator.ts'
import { absent, numbers, texts } from './evaluator.ts'
import { styleOf } from './group-style.ts'
import { drawLines, type LineOptions, type LinePoint } from './line-chart.ts'
import { normOf, runsOf } from './runs.ts'

/** Along what distances are followed. */
export interface Course {
  readonly noun: string
  readonly column: string
  /** Of a step of a trace. */
  readonly placeOf: (step: EvaluationRun['trace'][number]) => number
  readonly places: readonly number[]
  readonly x: LineOptions['x']
  /** Runs that have such a course. */
  readonly has: (run: EvaluationRun) => boolean
}

/** The best so far; as far as the origin before there is one. */
export function distanceAt(
  { trace, targetVector }: EvaluationRun,
  isReached: (step: EvaluationRun['trace'][number]) => boolean,
): number {
  return trace.findLast(isReached)?.distance ?? normOf(targetVector)
}

export function evaluateCourse(input: EvaluatorInput, course: Course): Evidence {
  const { results, styles, drawing } = input
  const rows: DataValue[][] = []
  const figures: Figure[] = []
  for (const space of results.spaces) {
    const points: LinePoint[] = []
    for (const group of results.groups) {
      const runs = runsOf(results, space, group).filter(course.has)
      if (runs.length === 0) continue
      for (const place of course.places) {
        const distances = runs.map((run) => distanceAt(run, (step) => course.placeOf(step) <= place))
        const relative = distances.map((distance, i) => relativeDistance(distance, runs[i].targetVector))
        const y = mean(relative)
        points.push({ style: styleOf(styles, group), x: place, y })
        const exact = distances.filter((distance) => distance === 0).length
        rows.push([space, group, place, runs.length, y, median(relative), mean(distances), (100 * exact) / runs.length])
      }
    }
    if (points.length === 0) continue
    const svg = drawLines(drawing, `Distance over ${course.noun} in ${space}`, points, {
      x: course.x,
      y: { label: 'mean distance, % of ‖target‖', domain: [0, Math.max(1, ...points.map(({ y }) => y))] },
      isStepped: false,
    })
    const caption = `Mean relative distance of the best kernel so far over ${course.noun} in ${space}; lower is nearer.`
    figures.push({ name: `distance-${space}`, svg, caption, tables: ['distance'] })
  }
  if (figures.length === 0) return absent(`No run has a course over ${course.noun}.`)
  const columns = [
    ...texts('space', 'group'),
    ...numbers(2, course.column),
    ...numbers(0, 'runs'),
    ...numbers(2, 'mean distance, % of ‖target‖', 'median', 'mean distance', 'runs at the target, %'),
  ]
  const table = { name: 'distance', title: `Distance over ${course.noun}`, columns, rows, isDetail: true }
  const note =
    'Before its first kernel a run counts as far away as the origin (100 %), as does a kernel that is farther; a run ' +
    'that has ended keeps what it has.'
  return { kind: 'present', figures, tables: [table], notes: [note] }
}

/** 0 to 100. */
function relativeDistance(distance: number, vector: readonly number[]): number {
  if (distance === 0) return 0
  const norm = normOf(vector)
  return norm === 0 ? 100 : Math.min(100, (100 * distance) / norm)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
