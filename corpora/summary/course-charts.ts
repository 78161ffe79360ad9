// How the searches came nearer, as their traces tell: over time, which is what one waits for, and over generations, which
// are the same on any machine.

import * as Plot from '@observablehq/plot'
import type { TracePoint } from '../store/records.ts'
import { thin } from '../thin.ts'
import type { SearchSummary, SpaceSummary } from './corpus-summary.ts'
import { axis, draw, letterWidth, nameFont, type Picture } from './drawing.ts'
import { shorten } from './text.ts'

/** Searches drawn at most, and targets whose name stands at their line. */
const mostTraced = 200
const mostHighlighted = 6

/** Of the named lines, which are told by their dashes and the symbols at their ends as well as by their colours. */
const dashes = ['0', '7 3', '2 2', '10 3 2 3', '4 4', '1 4'] as const
const symbols = ['circle', 'triangle', 'square', 'diamond', 'star', 'cross'] as const

const roundNumbers = [-1, 0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))

/** What a course is drawn over. */
interface Course {
  readonly name: 'progress' | 'generations'
  readonly noun: string
  readonly label: string
  /** Place of a moment. */
  of(point: TracePoint): number
  /** Between the ends of the axis, evenly spaced in the picture. */
  between(start: number, end: number, share: number): number
  readonly scale: Plot.ScaleOptions
  readonly ticks: readonly number[]
}

const overTime: Course = {
  ...{ name: 'progress', noun: 'time', label: 'seconds of the search' },
  of: ({ elapsedMs }) => Math.max(0.1, elapsedMs / 1000),
  between: (start, end, share) => start * (end / start) ** share,
  scale: { type: 'log' },
  ticks: roundNumbers,
}

/** Logarithmic from 1 on, as most of them bring nothing. */
const overGenerations: Course = {
  ...{ name: 'generations', noun: 'generations', label: 'generations of the search' },
  of: ({ generation }) => generation,
  between: (start, end, share) => (1 + start) * ((1 + end) / (1 + start)) ** share - 1,
  scale: { type: 'symlog', constant: 1 },
  ticks: [0, ...roundNumbers.filter(Number.isInteger)],
}

/** One moment of a search as it is drawn. */
interface Moment {
  readonly search: number
  readonly place: number
  readonly proximity: number
}

/** Two pictures; none where no search was traced. */
export function drawCourses(space: SpaceSummary): Picture[] {
  return [...drawCourse(space, overTime), ...drawCourse(space, overGenerations)]
}

function drawCourse({ id, targets }: SpaceSummary, course: Course): Picture[] {
  const traced = targets
    .map(({ name, searches }) => ({ name, searches: searches.filter(({ trace }) => trace.length > 0) }))
    .filter(({ searches }) => searches.length > 0)
  if (traced.length === 0) return []
  const all = traced.flatMap(({ searches }) => searches)
  const drawn = thin(all, mostTraced)
  const named = traced.slice(0, mostHighlighted).map(({ name, searches }) => ({ name, search: nearestOf(searches) }))
  const isMore = traced.length > named.length
  const svg = draw(`Proximity over ${course.noun} in ${id}`, courseOptions(drawn, named, isMore, course))
  const parts = [
    `The nearest kernel of each search so far, over ${course.noun}.`,
    ...(isMore
      ? ['The farthest targets are named; the thick line of dashes without a name is the median of all.']
      : []),
    ...(drawn.length < all.length ? [`${drawn.length} of ${all.length} searches are drawn.`] : []),
  ]
  return [{ name: course.name, svg, caption: parts.join(' ') }]
}

/** A search whose target stands at its line. */
interface NamedSearch {
  readonly name: string
  readonly search: SearchSummary
}

function courseOptions(
  drawn: readonly SearchSummary[],
  named: readonly NamedSearch[],
  hasMedian: boolean,
  course: Course,
): Plot.PlotOptions {
  const faint = drawn.flatMap((search, i) => momentsOf(search, i, course))
  const bold = named.map(({ search }, i) => momentsOf(search, i, course))
  const places = [...faint, ...bold.flat()].map(({ place }) => place)
  const start = Math.min(...places)
  const end = Math.max(2 * start, 1, ...places)
  const low = 10 * Math.floor(Math.min(95, ...faint.map(({ proximity }) => proximity)) / 10)
  const last = bold.flatMap((moments) => moments.slice(-1))
  const labels = spread(
    last.map(({ search: i, proximity }) => ({ i, label: shorten(named[i].name, 30), proximity })),
    [low, 100],
  )
  const longest = Math.max(...labels.map(({ label }) => label.length))
  const ticks = course.ticks.filter((value) => value >= start && value <= end)
  const median = hasMedian ? medianOf(drawn, start, end, course).filter(({ proximity }) => proximity >= low) : []
  const line = { x: 'place', y: 'proximity', z: 'search', curve: 'step-after' } as const
  const edge = { y: 'proximity', frameAnchor: 'right' } as const
  return {
    ...{ height: courseHeight, marginTop: 24, marginLeft: 44, marginBottom: 38 },
    marginRight: 24 + Math.ceil(letterWidth * longest),
    x: { ...course.scale, domain: [start, end] },
    y: { domain: [low, 100], label: 'relative proximity of the best, %', labelArrow: 'none', tickSize: 0 },
    color: { type: 'identity' },
    marks: [
      // Plot drops some ticks of a logarithmic axis, unless it is given their texts.
      Plot.axisX(ticks, { text: ticks.map(String), ...axis, label: course.label }),
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.line(faint, { ...line, stroke: 'var(--faint)', strokeOpacity: 0.4, strokeWidth: 0.8 }),
      ...bold.map((moments, i) =>
        Plot.line(moments, { ...line, stroke: `var(--hue-${i})`, strokeWidth: 1.6, strokeDasharray: dashes[i] }),
      ),
      ...last.map((moment) => {
        const { search: i } = moment
        return Plot.dot([moment], {
          ...{ x: 'place', y: 'proximity', r: 3 },
          symbol: symbols[i],
          fill: `var(--hue-${i})`,
        })
      }),
      Plot.line(median, {
        ...{ x: 'place', y: 'proximity', stroke: 'var(--ink)', strokeWidth: 2, strokeDasharray: '5 3' },
      }),
      ...labels.map((label) =>
        Plot.dot([label], { ...edge, dx: 10, r: 3, symbol: symbols[label.i], fill: `var(--hue-${label.i})` }),
      ),
      Plot.text(labels, {
        ...{ ...edge, text: 'label', textAnchor: 'start', dx: 17, fontFamily: nameFont },
        fill: ({ i }: LineEnd) => `var(--hue-${i})`,
      }),
    ],
  }
}

function nearestOf(searches: readonly SearchSummary[]): SearchSummary {
  return searches.reduce((best, search) => (search.proximity > best.proximity ? search : best))
}

function momentsOf({ trace }: SearchSummary, search: number, course: Course): Moment[] {
  return trace.map((point) => ({ search, place: course.of(point), proximity: point.proximity }))
}

/** A search that has not begun counts nothing, one that has ended keeps what it has. */
function medianOf(
  searches: readonly SearchSummary[],
  start: number,
  end: number,
  course: Course,
): Omit<Moment, 'search'>[] {
  return Array.from({ length: 80 }, (_, i) => {
    const place = course.between(start, end, i / 79)
    const values = searches.map(({ trace }) => trace.findLast((point) => course.of(point) <= place)?.proximity ?? 0)
    return { place, proximity: values.sort((a, b) => a - b)[values.length >> 1] }
  })
}

interface LineEnd {
  readonly i: number
  readonly label: string
  readonly proximity: number
}

const courseHeight = 320
const labelHeight = 13

/** Labels at the ends of lines, pushed apart so that none covers another. */
function spread(ends: readonly LineEnd[], [low, high]: readonly [number, number]): LineEnd[] {
  const step = (labelHeight * (high - low)) / (courseHeight - 62)
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
