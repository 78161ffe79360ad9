// The kernels a search builds on: the nearest to the target, few of any one point so that the beam keeps variety.

import type { Candidate } from './candidate.ts'

/** Candidates that may share one feature vector in a beam. */
const perPoint = 3

/**
 * Keep the `width` candidates nearest to the target, nearest first. Ties go to the shorter text, then to the older,
 * so equal seeds replay equal searches.
 */
export function selectBeam(pool: readonly Candidate[], width: number): Candidate[] {
  const points = new Map<string, number>()
  const beam: Candidate[] = []
  const order = [...pool].sort((a, b) => a.distance - b.distance || a.tokens.length - b.tokens.length || a.id - b.id)
  for (const candidate of order) {
    const point = candidate.features.join()
    const count = points.get(point) ?? 0
    if (count >= perPoint) continue
    points.set(point, count + 1)
    beam.push(candidate)
    if (beam.length === width) break
  }
  return beam
}
