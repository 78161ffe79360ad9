// A line for each group, told by dashes, symbols and its name at the end.

import * as Plot from '@observablehq/plot'
import type { Drawing } from '../../corpora/index.ts'
import type { GroupStyle } from './group-style.ts'
import { cut } from './names.ts'

/** A point of a group's line. */
export interface LinePoint {
  readonly style: GroupStyle
  readonly x: number
  readonly y: number
}

/** How lines are drawn. */
export interface LineOptions {
  readonly x: {
    readonly label: string
    readonly type?: 'log' | 'symlog'
    readonly ticks?: readonly number[]
    readonly tickFormat?: (value: number) => string
  }
  readonly y: { readonly label: string; readonly domain: readonly [number, number] }
  readonly isStepped?: boolean
}

const height = 330
const marginBottom = 40
const marginTop = 24
const labelHeight = 13
const letterWidth = 6.4

/** @param points - in the order of x for each group */
export function drawLines(
  { draw, axis }: Drawing,
  label: string,
  points: readonly LinePoint[],
  { x, y, isStepped = false }: LineOptions,
): string {
  const styles = [...new Set(points.map(({ style }) => style))]
  const lines = styles.map((style) => ({ style, own: points.filter((point) => point.style === style) }))
  const ends = spread(
    lines.map(({ own }) => own[own.length - 1]),
    y.domain,
  )
  const longest = Math.max(...styles.map(({ group }) => cut(group, 22).length))
  return draw(label, {
    ...{ height, marginTop, marginBottom, marginLeft: 56, marginRight: 32 + Math.ceil(letterWidth * longest) },
    x: { ...axis, label: x.label, ...(x.type && { type: x.type }), axis: null },
    y: { label: y.label, labelArrow: 'none', tickSize: 0, domain: [...y.domain], grid: true },
    color: { type: 'identity' },
    marks: [
      // Plot drops some ticks of a logarithmic axis, unless it is given their texts.
      x.ticks
        ? Plot.axisX([...x.ticks], { ...axis, label: x.label, text: x.ticks.map(x.tickFormat ?? String) })
        : Plot.axisX({ ...axis, label: x.label, ticks: 8 }),
      ...lines.flatMap(({ style, own }) => drawLine(style, own, isStepped)),
      ...ends.map((end) =>
        Plot.dot([end], {
          ...{ y: 'place', frameAnchor: 'right', dx: 12, r: 3.4 },
          ...{ symbol: end.style.symbol, fill: end.style.colour },
        }),
      ),
      Plot.text(ends, {
        ...{
          y: 'place',
          text: ({ style }: LineEnd) => cut(style.group, 22),
          frameAnchor: 'right',
          textAnchor: 'start',
          dx: 20,
        },
        fill: ({ style }: LineEnd) => style.colour,
      }),
    ],
  })
}

function drawLine(style: GroupStyle, own: readonly LinePoint[], isStepped: boolean): Plot.Markish[] {
  const marked = isStepped
    ? alongSteps(own)
    : own.filter((_, i) => (own.length - 1 - i) % Math.ceil(own.length / 7) === 0)
  return [
    Plot.line(own, {
      ...{ x: 'x', y: 'y', stroke: style.colour, strokeWidth: 1.8, strokeDasharray: style.dash },
      ...(isStepped && { curve: 'step-after' }),
    }),
    Plot.dot(marked, { x: 'x', y: 'y', r: 3.4, symbol: style.symbol, fill: style.colour }),
  ]
}

/** Places of symbols on the treads of a staircase. */
function alongSteps(own: readonly LinePoint[]): LinePoint[] {
  const [from, to] = [own[0].x, own[own.length - 1].x]
  const isLog = from > 0
  return [0.2, 0.4, 0.6, 0.8, 1].map((share) => {
    const x = isLog ? from * (to / from) ** share : from + (to - from) * share
    return { ...(own.findLast((point) => point.x <= x * 1.0001) ?? own[0]), x }
  })
}

interface LineEnd extends LinePoint {
  /** Of its label. */
  readonly place: number
}

/** Labels pushed apart, so that none covers another; those pushed out below go up again. */
function spread(ends: readonly LinePoint[], [low, high]: readonly [number, number]): LineEnd[] {
  const step = (labelHeight * (high - low)) / (height - marginTop - marginBottom)
  const placed: LineEnd[] = []
  for (const end of [...ends].sort((a, b) => b.y - a.y)) {
    const above = placed.at(-1)?.place ?? Number.POSITIVE_INFINITY
    placed.push({ ...end, place: Math.min(end.y, above - step) })
  }
  for (let i = placed.length - 1, least = low; i >= 0; i--, least += step) {
    placed[i] = { ...placed[i], place: Math.max(placed[i].place, least) }
  }
  return placed
}

const roundTicks = [-2, -1, 0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))

/** 1, 2 and 5 times powers of ten between two positive numbers. */
export function logTicks(from: number, to: number): number[] {
  return roundTicks.filter((value) => value >= from * 0.999 && value <= to * 1.001)
}
