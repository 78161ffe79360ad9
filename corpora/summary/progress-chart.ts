// How the searches came nearer over time, as their traces tell.

import * as Plot from '@observablehq/plot'
import { thin } from '../thin.ts'
import type { SearchSummary, SpaceSummary } from './corpus-summary.ts'
import { axis, draw, letterWidth, nameFont, type Picture } from './drawing.ts'
import { shorten } from './text.ts'

/** Searches drawn at most, and targets whose name stands at their line. */
const mostTraced = 200
const mostHighlighted = 6

const roundSeconds = [-1, 0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))

/** One moment of a search as it is drawn. */
interface Moment {
  readonly search: number
  readonly seconds: number
  readonly proximity: number
}

/** None where no search was traced. */
export function drawProgress({ id, targets }: SpaceSummary): Picture[] {
  const traced = targets
    .map(({ name, searches }) => ({ name, searches: searches.filter(({ trace }) => trace.length > 0) }))
    .filter(({ searches }) => searches.length > 0)
  if (traced.length === 0) return []
  const all = traced.flatMap(({ searches }) => searches)
  const drawn = thin(all, mostTraced)
  const named = traced.slice(0, mostHighlighted).map(({ name, searches }) => ({ name, search: nearestOf(searches) }))
  const isMore = traced.length > named.length
  const svg = draw(`Proximity over time in ${id}`, progressOptions(drawn, named, isMore))
  const parts = [
    'The nearest kernel of each search so far, over time.',
    ...(isMore ? ['The farthest targets are named; dashes are the median of all.'] : []),
    ...(drawn.length < all.length ? [`${drawn.length} of ${all.length} searches are drawn.`] : []),
  ]
  return [{ name: 'progress', svg, caption: parts.join(' ') }]
}

/** A search whose target stands at its line. */
interface NamedSearch {
  readonly name: string
  readonly search: SearchSummary
}

function progressOptions(
  drawn: readonly SearchSummary[],
  named: readonly NamedSearch[],
  hasMedian: boolean,
): Plot.PlotOptions {
  const faint = drawn.flatMap(momentsOf)
  const bold = named.flatMap(({ search }, i) => momentsOf(search, i))
  const seconds = [...faint, ...bold].map((moment) => moment.seconds)
  const start = Math.min(...seconds)
  const end = Math.max(2 * start, ...seconds)
  const low = 10 * Math.floor(Math.min(95, ...faint.map(({ proximity }) => proximity)) / 10)
  const last = named.flatMap(({ search }, i) => momentsOf(search, i).slice(-1))
  const labels = spread(
    last.map(({ search: i, proximity }) => ({ i, label: shorten(named[i].name, 30), proximity })),
    [low, 100],
  )
  const longest = Math.max(...labels.map(({ label }) => label.length))
  const ticks = roundSeconds.filter((value) => value >= start && value <= end)
  const median = hasMedian ? medianOf(drawn, start, end).filter(({ proximity }) => proximity >= low) : []
  const line = { x: 'seconds', y: 'proximity', z: 'search', curve: 'step-after' } as const
  const stroke = ({ search }: Moment): string => `var(--hue-${search})`
  return {
    ...{ height: progressHeight, marginTop: 24, marginLeft: 44, marginBottom: 38 },
    marginRight: 14 + Math.ceil(letterWidth * longest),
    x: { type: 'log', domain: [start, end] },
    y: { domain: [low, 100], label: 'relative proximity of the best, %', labelArrow: 'none', tickSize: 0 },
    color: { type: 'identity' },
    marks: [
      // Plot drops some ticks of a logarithmic axis, unless it is given their texts.
      Plot.axisX(ticks, { text: ticks.map(String), ...axis, label: 'seconds of the search' }),
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.line(faint, { ...line, stroke: 'var(--faint)', strokeOpacity: 0.4, strokeWidth: 0.8 }),
      Plot.line(bold, { ...line, stroke, strokeWidth: 1.6 }),
      Plot.dot(last, { x: 'seconds', y: 'proximity', r: 2.5, fill: stroke }),
      Plot.line(median, {
        ...{ x: 'seconds', y: 'proximity', stroke: 'var(--ink)', strokeWidth: 2, strokeDasharray: '5 3' },
      }),
      Plot.text(labels, {
        ...{ y: 'proximity', text: 'label', frameAnchor: 'right', textAnchor: 'start', dx: 6, fontFamily: nameFont },
        fill: ({ i }: LineEnd) => `var(--hue-${i})`,
      }),
    ],
  }
}

function nearestOf(searches: readonly SearchSummary[]): SearchSummary {
  return searches.reduce((best, search) => (search.proximity > best.proximity ? search : best))
}

function momentsOf({ trace }: SearchSummary, search: number): Moment[] {
  return trace.map(({ elapsedMs, proximity }) => ({ search, proximity, seconds: Math.max(0.1, elapsedMs / 1000) }))
}

/** A search that has not begun counts nothing, one that has ended keeps what it has. */
function medianOf(searches: readonly SearchSummary[], start: number, end: number): Omit<Moment, 'search'>[] {
  return Array.from({ length: 80 }, (_, i) => {
    const seconds = start * (end / start) ** (i / 79)
    const values = searches.map(
      ({ trace }) => trace.findLast(({ elapsedMs }) => elapsedMs <= 1000 * seconds)?.proximity ?? 0,
    )
    return { seconds, proximity: values.sort((a, b) => a - b)[values.length >> 1] }
  })
}

interface LineEnd {
  readonly i: number
  readonly label: string
  readonly proximity: number
}

const progressHeight = 320
const labelHeight = 13

/** Labels at the ends of lines, pushed apart so that none covers another. */
function spread(ends: readonly LineEnd[], [low, high]: readonly [number, number]): LineEnd[] {
  const step = (labelHeight * (high - low)) / (progressHeight - 62)
  const placed: LineEnd[] = []
  for (const end of [...ends].sort((a, b) => b.proximity - a.proximity)) {
    const above = placed.at(-1)?.proximity ?? Number.POSITIVE_INFINITY
    placed.push({ ...end, proximity: Math.min(end.proximity, above - step) })
  }
  // Those that were pushed out below go up again, and push the others.
  for (let i = placed.length - 1, least = low; i >= 0; i--, least += step) {
    placed[i] = { ...placed[i], proximity: Math.max(placed[i].proximity, least) }
  }
  return placed
}
