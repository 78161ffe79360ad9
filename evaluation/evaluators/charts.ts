// Rows of groups: values with intervals, and quantiles. Several evaluators draw them.

import * as Plot from '@observablehq/plot'
import type { Drawing } from '../../corpora/index.ts'
import type { GroupStyle } from './group-style.ts'
import { cut } from './names.ts'

/** Of a row's label, px. */
const marginLeft = 150
const rowHeight = 22
/** For the name of a panel. */
const panelGap = 30

/** A value of a group with an interval, in a panel. */
export interface IntervalRow {
  readonly panel: string
  readonly style: GroupStyle
  readonly value: number
  readonly low: number
  readonly high: number
  /** At the right end. */
  readonly text: string
}

/** `isSigned`: with a line at 0. */
export interface IntervalAxis {
  readonly label: string
  readonly domain?: readonly [number, number]
  readonly type?: 'log'
  readonly isSigned?: boolean
}

/** A row for each group, its value and interval, panels below one another. */
export function drawIntervals(
  { draw, axis }: Drawing,
  label: string,
  rows: readonly IntervalRow[],
  x: IntervalAxis,
): string {
  const panels = [...new Set(rows.map(({ panel }) => panel))]
  const groups = [...new Set(rows.map(({ style }) => style.group))]
  return draw(label, {
    height: 76 + panels.length * (rowHeight * groups.length + panelGap),
    ...{ marginLeft, marginBottom: 40, marginTop: 26, marginRight: 130 },
    x: {
      ...axis,
      label: x.label,
      grid: true,
      ...(x.domain && { domain: [...x.domain] }),
      ...(x.type && { type: x.type }),
    },
    y: { type: 'band', domain: groups, label: null, tickSize: 0, tickFormat: shortGroup },
    fy: { domain: panels, label: null, axis: null, padding: paddingOf(groups.length) },
    color: { type: 'identity' },
    marks: [
      ...panelNames(panels, 'fy'),
      ...(x.type === 'log' ? [Plot.ruleX([1], { stroke: 'var(--soft)' })] : []),
      ...(x.isSigned === true ? [Plot.ruleX([0], { stroke: 'var(--soft)' })] : []),
      Plot.ruleY(rows, { fy: 'panel', y: groupName, x1: 'low', x2: 'high', stroke: colourOf, strokeWidth: 2 }),
      ...symbolDots(rows, { fy: 'panel', x: 'value', y: groupName, r: 4.5 }),
      Plot.text(rows, {
        ...{ fy: 'panel', y: groupName, text: 'text', frameAnchor: 'right', textAnchor: 'start', dx: 8 },
        ...{ fontVariant: 'tabular-nums' },
      }),
    ],
  })
}

/** A group's quantiles in a panel. */
export interface SpanRow extends Omit<IntervalRow, 'value' | 'text'> {
  readonly lowerQuartile: number
  readonly median: number
  readonly upperQuartile: number
  readonly text: string
}

/** Thin line from the 10th to the 90th percentile, thick one between quartiles, symbol at the median. */
export function drawSpans(
  { draw, axis }: Drawing,
  label: string,
  rows: readonly SpanRow[],
  x: { readonly label: string; readonly type: 'linear' | 'log' | 'symlog' },
): string {
  const panels = [...new Set(rows.map(({ panel }) => panel))]
  const groups = [...new Set(rows.map(({ style }) => style.group))]
  const place = { fy: 'panel', y: groupName, stroke: colourOf } as const
  return draw(label, {
    height: 76 + panels.length * (rowHeight * groups.length + panelGap),
    ...{ marginLeft, marginBottom: 40, marginTop: 26, marginRight: 130 },
    x: { ...axis, ticks: 6, tickFormat: 'd', ...x, grid: true },
    y: { type: 'band', domain: groups, label: null, tickSize: 0, tickFormat: shortGroup },
    fy: { domain: panels, label: null, axis: null, padding: paddingOf(groups.length) },
    color: { type: 'identity' },
    marks: [
      ...panelNames(panels, 'fy'),
      Plot.ruleY(rows, { ...place, x1: 'low', x2: 'high', strokeWidth: 1 }),
      Plot.ruleY(rows, { ...place, x1: 'lowerQuartile', x2: 'upperQuartile', strokeWidth: 4, strokeOpacity: 0.55 }),
      ...symbolDots(rows, { fy: 'panel', x: 'median', y: groupName, r: 4.2 }),
      Plot.text(rows, {
        ...{ fy: 'panel', y: groupName, text: 'text', frameAnchor: 'right', textAnchor: 'start', dx: 8 },
        ...{ fontVariant: 'tabular-nums' },
      }),
    ],
  })
}

/** Between panels, as share of a panel with its gap. */
function paddingOf(rows: number): number {
  return panelGap / (rowHeight * rows + panelGap)
}

/** Names above panels. */
export function panelNames(panels: readonly string[], channel: 'fx' | 'fy'): Plot.Markish[] {
  const text = {
    text: (name: string) => name,
    frameAnchor: 'top-left',
    fontWeight: 'bold',
    dy: -14,
    textAnchor: 'start',
  } as const
  return [Plot.text(panels, { ...text, [channel]: (name: string) => name })]
}

/** Dots with each group's own symbol: a mark takes one symbol. */
function symbolDots(rows: readonly { readonly style: GroupStyle }[], options: Plot.DotOptions): Plot.Markish[] {
  return [...new Set(rows.map(({ style }) => style))].map((style) =>
    Plot.dot(
      rows.filter((row) => row.style === style),
      { ...options, symbol: style.symbol, fill: style.colour },
    ),
  )
}

/** What the margin has room for. */
function shortGroup(group: string): string {
  return cut(group, 22)
}

function groupName({ style }: { readonly style: GroupStyle }): string {
  return style.group
}

function colourOf({ style }: { readonly style: GroupStyle }): string {
  return style.colour
}
