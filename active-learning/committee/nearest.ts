// k nearest neighbours, weighed by how near they are, so that the answer is a probability and not one of k + 1 votes.
// The model is its examples: saved whole, asked by looking at all of them, which a few thousand rows allow.

import { classOf, type Example, squaredDistance } from './scaling.ts'

/** Plain data. */
export interface NearestModel {
  readonly kind: 'k-nn'
  readonly k: number
  readonly examples: readonly Example[]
}

/** Added to distances, in deviations: nearer than this all count the same. */
const blur = 0.05

/** @param k - neighbours asked, 1 up; all examples where there are fewer */
export function trainNearest(examples: readonly Example[], k: number): NearestModel {
  return { kind: 'k-nn', k, examples }
}

/** Probability of GPU, 0 to 1. Of equally near examples the earlier ones count. */
export function askNearest({ k, examples }: NearestModel, point: readonly number[]): number {
  const nearest: { distance: number; label: number }[] = []
  for (const example of examples) {
    const distance = squaredDistance(example.point, point)
    if (nearest.length === k && distance >= nearest[k - 1].distance) continue
    const at = nearest.findIndex((other) => distance < other.distance)
    nearest.splice(at < 0 ? nearest.length : at, 0, { distance, label: classOf(example.label) })
    if (nearest.length > k) nearest.pop()
  }
  let [gpu, all] = [0, 0]
  for (const { distance, label } of nearest) {
    const weight = 1 / (Math.sqrt(distance) + blur)
    gpu += weight * label
    all += weight
  }
  return gpu / all
}
