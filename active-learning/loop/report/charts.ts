// Pictures of a run: how the heuristic came on, and where in the heuristic's feature space there were rows before and
// after. Loaded only where a report is written.

import * as Plot from '@observablehq/plot'
import { fitPlane, loadDrawing, type Point } from '../../../corpora/index.ts'
import type { GreweRow } from '../../data-set.ts'
import { arms } from '../arms.ts'
import type { Curve, LearnResults } from './results.ts'

/** A picture with what is to be said of it. */
export interface LearnPicture {
  readonly name: 'curve' | 'before' | 'after'
  readonly svg: string
  readonly caption: string
}

interface Moment {
  readonly arm: string
  readonly round: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Speedup by round, with 95 % intervals. */
export async function drawCurve(results: LearnResults): Promise<LearnPicture> {
  const { axis, draw } = await loadDrawing()
  const moments = results.curves.flatMap(momentsOf)
  const ends = moments.filter(({ round }) => round === results.rounds)
  const levels = [
    { value: 1, text: `always ${results.staticBest}` },
    { value: results.oracleSpeedup, text: 'oracle' },
  ]
  const hue = ({ arm }: Moment): string => hueOf(arm)
  const svg = draw('Speedup over the best static device by round', {
    ...{ height: 380, marginLeft: 48, marginRight: 96, marginBottom: 38 },
    x: { ...axis, label: 'round', ticks: Math.min(10, results.rounds), tickFormat: 'd' },
    y: { label: 'speedup over the best static device', labelArrow: 'none', tickSize: 0, nice: true },
    color: { type: 'identity' },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleY(levels, { y: 'value', stroke: 'var(--soft)', strokeDasharray: '4 3' }),
      Plot.text(levels, {
        ...{ y: 'value', text: 'text', frameAnchor: 'left', textAnchor: 'start', dx: 4, dy: -7, fill: 'var(--soft)' },
      }),
      Plot.areaY(moments, { x: 'round', y1: 'low', y2: 'high', z: 'arm', fill: hue, fillOpacity: 0.12 }),
      Plot.line(moments, { x: 'round', y: 'value', z: 'arm', stroke: hue, strokeWidth: 1.8 }),
      Plot.dot(moments, { x: 'round', y: 'value', r: 2.2, fill: hue }),
      Plot.text(spread(ends), { x: 'round', y: 'value', text: 'arm', textAnchor: 'start', dx: 8, fill: hue }),
    ],
  })
  const caption =
    'Geometric mean over the held-out rows of all folds. Bands: 95 % intervals, programs and seeds drawn anew. ' +
    'Round 0 is the baseline, without any synthetic row.'
  return { name: 'curve', svg, caption }
}

/** Rows of the base, then with those that the learners of an arm added; none where the base's rows do not differ. */
export async function drawSpace(
  base: readonly GreweRow[],
  added: readonly GreweRow[],
  arm: string,
): Promise<LearnPicture[]> {
  const plane = fitPlane(base.map(({ features }) => features))
  if (plane === undefined) return []
  const place = (rows: readonly GreweRow[]): Spot[] =>
    plane.project(rows.map(({ features }) => features)).map((at, i) => ({ at, row: rows[i] }))
  const [old, fresh] = [place(base), place(added)]
  const captions = {
    before: `The ${base.length} rows of the base. Orange: CPU is faster; blue: GPU.`,
    after: `The same in grey, and the ${added.length} rows that the ${arm} learners added, coloured.`,
  }
  const { axis, draw } = await loadDrawing()
  const everything = [...old, ...fresh].map(({ at }) => at)
  const domainOf = (i: 0 | 1): [number, number] => [
    Math.min(...everything.map((at) => at[i])),
    Math.max(...everything.map((at) => at[i])),
  ]
  return (['before', 'after'] as const).map((name) => {
    const isBefore = name === 'before'
    const dots = (spots: readonly Spot[], options: Plot.DotOptions) =>
      Plot.dot(spots, { x: ({ at }: Spot) => at[0], y: ({ at }: Spot) => at[1], ...options })
    const svg = draw(`Rows ${name} in F1 to F4, in two dimensions`, {
      ...{ height: 400, marginLeft: 48, marginBottom: 38, inset: 8 },
      x: { ...axis, domain: domainOf(0), label: `first component: ${describeAxis(plane.axes[0])}` },
      y: { ...axis, domain: domainOf(1), label: `second component: ${describeAxis(plane.axes[1])}` },
      color: { type: 'identity' },
      marks: [
        dots(
          old,
          isBefore ? { r: 2.4, fill: deviceHue, fillOpacity: 0.7 } : { r: 2, fill: 'var(--cloud)', fillOpacity: 0.35 },
        ),
        ...(isBefore ? [] : [dots(fresh, { r: 2.8, fill: deviceHue })]),
      ],
    })
    return { name, svg, caption: `${captions[name]} Principal components of log-scaled F1 to F4.` }
  })
}

interface Spot {
  readonly at: Point
  readonly row: GreweRow
}

function deviceHue({ row }: Spot): string {
  return row.label === 'CPU' ? 'var(--far)' : 'var(--near)'
}

function momentsOf({ arm, points }: Curve): Moment[] {
  return points.map(({ round, speedup: { ratio, low, high } }) => ({ arm, round, value: ratio, low, high }))
}

function hueOf(arm: string): string {
  return `var(--hue-${arms.findIndex(({ name }) => name === arm)})`
}

/** Names at the ends of lines, pushed apart so that none covers another. */
function spread(ends: readonly Moment[]): Moment[] {
  const all = ends.flatMap(({ low, high }) => [low, high])
  const step = (Math.max(...all) - Math.min(...all)) / 18
  const placed: Moment[] = []
  for (const end of [...ends].sort((a, b) => b.value - a.value)) {
    const above = placed.at(-1)?.value ?? Number.POSITIVE_INFINITY
    placed.push({ ...end, value: Math.min(end.value, above - step) })
  }
  return placed
}

/** The features that it is mostly made of. */
function describeAxis(weights: readonly number[]): string {
  return weights
    .map((weight, i) => ({ weight, name: `F${i + 1}` }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .filter(({ weight }) => Math.abs(weight) > 0.2)
    .map(({ weight, name }) => `${weight < 0 ? '−' : ''}${name}`)
    .join(', ')
}
