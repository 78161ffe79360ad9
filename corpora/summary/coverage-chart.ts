// Where targets and kernels lie in their space, beside what people wrote, in two dimensions.

import * as Plot from '@observablehq/plot'
import type { SpaceSummary } from './corpus-summary.ts'
import { axis, draw, type Picture } from './drawing.ts'
import { fitPlane, type Plane, type Point } from './pca.ts'

/** Distinct places drawn are at least so far apart, in units of the plane. */
const grain = 0.04

/**
 * None where there is nothing that differs. The plane is that of the mined corpus, so that pictures of several corpora
 * compare; where there is none, that of targets and kernels.
 * @param mined - `[vector][feature]` of the mined corpus; may be empty
 */
export function drawCoverage(space: SpaceSummary, mined: readonly ArrayLike<number>[]): Picture[] {
  // A store may be older than a space is.
  const length = (space.vectors.at(0) ?? space.targets.find(({ point }) => point !== undefined)?.point)?.length
  const fits = (vector: ArrayLike<number> | undefined): boolean => vector?.length === length && length !== undefined
  const vectors = space.vectors.filter(fits)
  const cloudVectors = mined.filter(fits)
  const placed = space.targets.filter(({ point }) => fits(point))
  const targets = placed.flatMap(({ point }) => point ?? [])
  const plane = fitPlane(cloudVectors.length > 1 ? cloudVectors : [...vectors, ...targets])
  if (plane === undefined) return []
  const results = distinct(plane.project(vectors))
  const rings = plane.project(targets)
  const best = plane.project(placed.map(({ best, point }) => best?.vector ?? point ?? []))
  const links = rings.map((ring, i) => [ring, best[i]] as const)
  const cloud = plane.project(cloudVectors)
  const svg = draw(`Targets and kernels in ${space.id}, in two dimensions`, {
    ...{ height: 500, marginLeft: 58, marginBottom: 40, inset: 8 },
    x: { ...axis, ticks: 5, label: axisLabel(space, plane, 0) },
    y: { ...axis, ticks: 5, label: axisLabel(space, plane, 1) },
    r: { type: 'identity' },
    marks: [
      Plot.dot(
        cloud,
        Plot.hexbin(
          { fillOpacity: 'count' },
          { ...place, binWidth: 7, r: 3.6, symbol: 'circle', fill: 'var(--cloud)' },
        ),
      ),
      Plot.link(links, {
        ...{ x1: ([[x]]: Link) => x, y1: ([[, y]]: Link) => y, x2: ([, [x]]: Link) => x, y2: ([, [, y]]: Link) => y },
        ...{ stroke: 'var(--far)', strokeWidth: 0.8 },
      }),
      Plot.dot(results, { ...place, r: 1.8, fill: 'var(--near)' }),
      Plot.dot(distinct(rings), { ...place, r: 5, stroke: 'var(--far)', strokeWidth: 1.3 }),
    ],
    opacity: { type: 'log', range: [0.12, 0.6] },
  })
  const grey = cloud.length > 0 ? 'Grey: kernels that people wrote (the mined corpus). ' : ''
  const caption = `${grey}Rings: targets. Dots: kernels found. Lines lead from targets to their nearest kernel. Principal components of log-scaled features.`
  return [{ name: 'coverage', svg, caption }]
}

type Link = readonly [from: Point, to: Point]

const place = { x: ([x]: Point): number => x, y: ([, y]: Point): number => y }

/** Its share of the variance, and the features that it is mostly made of. */
function axisLabel({ featureNames }: SpaceSummary, { shares, axes }: Plane, direction: 0 | 1): string {
  const share = `${['first', 'second'][direction]} component, ${Math.round(100 * shares[direction])} % of variance`
  if (featureNames?.length !== axes[direction].length) return share
  const weights = axes[direction].map((weight, i) => ({ weight, name: featureNames[i] }))
  const largest = weights.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 3)
  const parts = largest
    .filter(({ weight }) => weight !== 0)
    .map(({ weight, name }) => `${weight < 0 ? '−' : ''}${name}`)
  return `${share}: ${parts.join(', ')}`
}

/** Places that one could tell apart. */
function distinct(points: readonly Point[]): Point[] {
  const places = new Map<string, Point>()
  for (const point of points) {
    const rounded: Point = [grain * Math.round(point[0] / grain), grain * Math.round(point[1] / grain)]
    places.set(rounded.join(), rounded)
  }
  return [...places.values()]
}
