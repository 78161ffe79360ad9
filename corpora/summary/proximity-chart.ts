// How near each target was come to: a line each with its name, and where there are many, a curve of all besides.

import * as Plot from '@observablehq/plot'
import { thin } from '../thin.ts'
import { proximityOf, type SpaceSummary, type TargetSummary } from './corpus-summary.ts'
import { axis, draw, letterWidth, nameFont, type Picture } from './drawing.ts'
import { percent, shorten } from './text.ts'

/** Targets that can have a line with their name each. */
const mostNamed = 60
const rowHeight = 14
const longestName = 40

/** None without targets; two pictures where not all targets can be named. */
export function drawProximities({ id, targets }: SpaceSummary): Picture[] {
  if (targets.length === 0) return []
  const legend = 'Diamonds mark exact matches; faint dots and the bar are further searches for the same target.'
  if (targets.length <= mostNamed) {
    const caption = `Relative proximity of the nearest kernel to each target. ${legend}`
    return [{ name: 'proximity', svg: drawRows(`Proximity to each target in ${id}`, targets), caption }]
  }
  const farthest = targets.slice(0, mostNamed)
  return [
    {
      name: 'proximity',
      svg: drawRanks(`Proximity to all targets in ${id}`, targets),
      caption: `Relative proximity to all ${targets.length} targets, farthest first; bars span several searches for a target.`,
    },
    {
      name: 'farthest',
      svg: drawRows(`Proximity to the farthest targets in ${id}`, farthest),
      caption: `The ${farthest.length} farthest targets. ${legend}`,
    },
  ]
}

/** A target as it is drawn: its nearest kernel, and the span of its searches. */
interface Row {
  readonly i: number
  readonly label: string
  readonly best: number
  readonly least: number
  readonly all: readonly number[]
}

function rowsOf(targets: readonly TargetSummary[]): Row[] {
  return targets.map((target, i) => {
    const all = target.searches.map(({ proximity }) => proximity)
    const best = proximityOf(target)
    return { i, label: shorten(target.name, longestName), best, least: Math.min(best, ...all), all }
  })
}

function drawRows(label: string, targets: readonly TargetSummary[]): string {
  const rows = rowsOf(targets)
  const longest = Math.max(...rows.map((row) => row.label.length))
  const domain = proximityDomain(rows)
  const exact = rows.filter(({ best }) => best === 100)
  const near = rows.filter(({ best }) => best < 100)
  return draw(label, {
    height: 46 + rowHeight * rows.length,
    ...{ marginLeft: 14 + Math.ceil(letterWidth * longest), marginRight: 52, marginTop: 32, marginBottom: 14 },
    x: { axis: null, domain },
    y: { axis: null, type: 'band', domain: rows.map(({ i }) => i) },
    marks: [
      Plot.axisX({ anchor: 'top', label: 'relative proximity, %', labelArrow: 'none', tickSize: 0 }),
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.axisY({
        fontFamily: nameFont,
        fontVariant: 'normal',
        tickSize: 0,
        tickFormat: (i: number) => rows[i].label,
        label: null,
      }),
      Plot.ruleY(rows, { y: 'i', x1: 'least', x2: 'best', stroke: 'var(--faint)', strokeWidth: 2 }),
      Plot.dot(searchDots(rows), { y: 'i', x: 'proximity', r: 2, fill: 'var(--faint)' }),
      Plot.dot(near, { y: 'i', x: 'best', r: 3.5, fill: 'var(--near)' }),
      Plot.dot(exact, { y: 'i', x: 'best', r: 4, symbol: 'diamond', fill: 'var(--exact)' }),
      Plot.text(rows, {
        ...{ y: 'i', text: (row: Row) => percent(row.best), frameAnchor: 'right', textAnchor: 'end', dx: 48 },
        ...{ fontVariant: 'tabular-nums', fill: (row: Row) => (row.best === 100 ? 'var(--exact)' : 'var(--ink)') },
      }),
    ],
    color: { type: 'identity' },
  })
}

/** All searches of targets that had several. */
function searchDots(rows: readonly Row[]): { readonly i: number; readonly proximity: number }[] {
  return rows.flatMap(({ i, all }) => (all.length < 2 ? [] : all.map((proximity) => ({ i, proximity }))))
}

function drawRanks(label: string, targets: readonly TargetSummary[]): string {
  const rows = rowsOf(thin(targets, 400))
  const shareOf = ({ i }: Row): number => (100 * (i + 0.5)) / rows.length
  return draw(label, {
    ...{ height: 260, marginLeft: 44, marginBottom: 38 },
    x: { ...axis, domain: [0, 100], label: 'share of the targets, farthest first, %' },
    y: { domain: proximityDomain(rows), label: 'relative proximity, %', labelArrow: 'none', tickSize: 0 },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleX(rows, { x: shareOf, y1: 'least', y2: 'best', stroke: 'var(--faint)' }),
      Plot.dot(rows, { x: shareOf, y: 'best', r: 2, fill: colourOf }),
    ],
    color: { type: 'identity' },
  })
}

function colourOf({ best }: Row): string {
  return best === 100 ? 'var(--exact)' : 'var(--near)'
}

/** From a round number below all values. */
function proximityDomain(rows: readonly Row[]): [number, number] {
  const least = Math.min(95, ...rows.map((row) => row.least))
  return [Math.max(0, 10 * Math.floor((least - 2) / 10)), 100]
}
