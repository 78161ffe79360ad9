// A plane for each group, side by side, so that no group covers another and none needs a colour.

import * as Plot from '@observablehq/plot'
import type { Drawing, Point } from '../../corpora/index.ts'
import type { GroupStyle } from './group-style.ts'

/** What is drawn for a group. */
export interface MapPanel {
  readonly style: GroupStyle
  readonly title: string
  readonly points: readonly Point[]
}

/** How a map is drawn. */
export interface MapOptions {
  readonly x: string
  readonly y: string
  readonly type?: 'symlog'
}

const columns = 3
const panelHeight = 240
/** Dots that one can tell apart, along each axis. */
const grain = 120

/** @param rings - drawn in each panel: targets */
export function drawMaps(
  { draw, axis }: Drawing,
  label: string,
  panels: readonly MapPanel[],
  rings: readonly Point[],
  { x, y, type }: MapOptions,
): string {
  const domains = domainsOf([...panels.flatMap(({ points }) => points), ...rings])
  const cells = panels.map((panel, i) => ({ ...panel, fx: i % columns, fy: Math.floor(i / columns) }))
  const at = ({ fx, fy }: { fx: number; fy: number }) => ({ fx: () => fx, fy: () => fy })
  const scale = type === undefined ? {} : { type }
  const place = { x: ([left]: Point): number => left, y: ([, up]: Point): number => up }
  const targets = distinctPlaces(rings, domains, type).map((i) => rings[i])
  return draw(label, {
    height: 74 + panelHeight * Math.ceil(panels.length / columns),
    ...{ marginLeft: 54, marginBottom: 40, marginTop: 24, inset: 6 },
    x: { ...axis, ...scale, domain: [...domains[0]], ticks: 4, label: x, grid: true },
    y: { ...axis, ...scale, domain: [...domains[1]], ticks: 4, label: y, grid: true },
    fx: { axis: null, padding: 0.06 },
    fy: { axis: null, padding: 0.12 },
    color: { type: 'identity' },
    marks: cells.flatMap((cell) => [
      Plot.frame({ ...{ fx: cell.fx, fy: cell.fy }, stroke: 'var(--line)' }),
      Plot.dot(targets, { ...place, ...at(cell), r: 3.4, stroke: 'var(--ink)', strokeOpacity: 0.6, strokeWidth: 0.9 }),
      Plot.dot(cell.points, {
        ...{ ...place, ...at(cell), r: 2.3, symbol: cell.style.symbol, fill: cell.style.colour, fillOpacity: 0.65 },
      }),
      Plot.text([cell.title], {
        ...at(cell),
        frameAnchor: 'top-left',
        textAnchor: 'start',
        dy: -12,
        fontWeight: 'bold',
      }),
    ]),
  })
}

/** Of both axes. */
export type Domains = readonly [readonly [number, number], readonly [number, number]]

/** That hold all points. */
export function domainsOf(points: readonly Point[]): Domains {
  return [domainOf(points, 0), domainOf(points, 1)]
}

function domainOf(points: readonly Point[], i: 0 | 1): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const point of points) {
    low = Math.min(low, point[i])
    high = Math.max(high, point[i])
  }
  return low < high ? [low, high] : [low - 1, high + 1]
}

/**
 * Of places that one could not tell apart the first, as indices.
 * @param type - of both axes
 */
export function distinctPlaces(points: readonly Point[], domains: Domains, type?: MapOptions['type']): number[] {
  const scale = (value: number): number => (type === undefined ? value : Math.sign(value) * Math.log1p(Math.abs(value)))
  const steps = domains.map(([low, high]) => (scale(high) - scale(low)) / grain)
  const places = new Map<string, number>()
  for (const [i, point] of points.entries()) {
    const key = steps.map((step, axis) => Math.round(scale(point[axis]) / step)).join()
    if (!places.has(key)) places.set(key, i)
  }
  return [...places.values()]
}
