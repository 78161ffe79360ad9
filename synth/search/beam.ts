// The kernels a search builds on: the nearest to the target, few of any one point so that the beam keeps variety.

import type { Candidate } from './candidate.ts'

/** Candidates that may share one feature vector in a beam. */
export const mostPerPoint = 3

/** What the choice depends on; those without an id are younger than all that have one. */
type Contender = Pick<Candidate, 'distance' | 'features' | 'tokens'> & { readonly id?: number }

/**
 * Keep the `width` candidates nearest to the target, nearest first, or those with the least of another measure. Ties go to the shorter text, then to the older,
 * so equal seeds replay equal searches.
 * @param perPoint - candidates that may share one feature vector
 * @param measure - default: distance to the target
 */
export function selectBeam<T extends Contender>(
  pool: readonly T[],
  width: number,
  perPoint: number = mostPerPoint,
  measure: (candidate: T) => number = ({ distance }) => distance,
): T[] {
  const points = new Map<string, number>()
  const beam: T[] = []
  const order = pool.map((candidate) => ({ candidate, by: measure(candidate) }))
  order.sort(({ candidate: a, ...one }, { candidate: b, ...other }) => {
    return one.by - other.by || a.tokens.length - b.tokens.length || ageOf(a) - ageOf(b)
  })
  for (const { candidate } of order) {
    const point = candidate.features.join()
    const count = points.get(point) ?? 0
    if (count >= perPoint) continue
    points.set(point, count + 1)
    beam.push(candidate)
    if (beam.length === width) break
  }
  return beam
}

function ageOf({ id = Number.MAX_SAFE_INTEGER }: Contender): number {
  return id
}
