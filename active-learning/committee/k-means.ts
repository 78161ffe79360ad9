// k-means with labels: points are clustered without regard to their labels (`ml-kmeans`, k-means++ from a seed), and a
// cluster votes as its members do.

import { kmeans } from 'ml-kmeans'
import { classOf, type Example, squaredDistance } from './scaling.ts'

/** Plain data. */
export interface KMeansModel {
  readonly kind: 'k-means'
  /** `[cluster][feature]` */
  readonly centroids: readonly (readonly number[])[]
  /** `[cluster]`: share of GPU among its members, each class with one more than it has. */
  readonly shares: readonly number[]
  /** `[cluster]`: members. */
  readonly sizes: readonly number[]
}

/** Examples to a cluster, about. */
const usualSize = 16
const mostClusters = 24

/** @param seed - of the first centroids */
export function trainKMeans(examples: readonly Example[], seed: number): KMeansModel {
  const points = examples.map(({ point }) => [...point])
  const distinct = new Set(points.map(String)).size
  const count = Math.min(distinct, mostClusters, Math.max(2, Math.round(examples.length / usualSize)))
  const { clusters, centroids } = kmeans(points, count, { seed, maxIterations: 100 })
  const sizes = new Array<number>(count).fill(0)
  const gpus = new Array<number>(count).fill(0)
  for (const [i, cluster] of clusters.entries()) {
    sizes[cluster]++
    gpus[cluster] += classOf(examples[i].label)
  }
  // A cluster that lost all its members has no place of its own.
  const kept = [...sizes.keys()].filter((i) => sizes[i] > 0)
  return {
    kind: 'k-means',
    centroids: kept.map((i) => centroids[i]),
    shares: kept.map((i) => (gpus[i] + 1) / (sizes[i] + 2)),
    sizes: kept.map((i) => sizes[i]),
  }
}

/** Probability of GPU, 0 to 1: that of the nearest cluster, of equally near ones the first. */
export function askKMeans({ centroids, shares }: KMeansModel, point: readonly number[]): number {
  let nearest = 0
  let least = Number.POSITIVE_INFINITY
  for (const [i, centroid] of centroids.entries()) {
    const distance = squaredDistance(centroid, point)
    if (distance < least) [nearest, least] = [i, distance]
  }
  return shares[nearest]
}
