// A feature space in two dimensions: principal components of log-scaled features.

import { Matrix } from 'ml-matrix'
import { PCA } from 'ml-pca'

/** A place on a plane. */
export type Point = readonly [x: number, y: number]

/** Two directions of a feature space along which its vectors differ most. */
export interface Plane {
  /** Share of the variance along each direction, 0 to 1. */
  readonly shares: readonly [number, number]
  /** `[direction][feature]`: how much a feature counts, each of unit length; the largest is positive. */
  readonly axes: readonly [readonly number[], readonly number[]]
  /** @param vectors - `[vector][feature]`, raw */
  project(vectors: readonly ArrayLike<number>[]): Point[]
}

/**
 * Principal components of `log1p` of the features: counts grow by factors, and few large kernels would else be all
 * that one sees.
 * @param vectors - `[vector][feature]`, raw, of one length
 * @returns undefined where the vectors do not differ
 */
export function fitPlane(vectors: readonly ArrayLike<number>[]): Plane | undefined {
  if (vectors.length < 2) return undefined
  const pca = new PCA(scale(vectors), { method: 'covarianceMatrix' })
  if (!(pca.getEigenvalues()[0] > 1e-12)) return undefined
  const [x, y = new Array<number>(vectors[0].length).fill(0)] = pca.getLoadings().to2DArray()
  const signs = [x, y].map(signOf)
  const [shareX, shareY = 0] = pca.getExplainedVariance()
  return {
    shares: [shareX, Math.max(0, shareY)],
    axes: [x.map((value) => value * signs[0]), y.map((value) => value * signs[1])],
    project(others) {
      if (others.length === 0) return []
      const points = pca.predict(scale(others), { nComponents: Math.min(2, vectors[0].length) })
      return points.to2DArray().map(([left, up = 0]): Point => [left * signs[0], up * signs[1]])
    },
  }
}

/** Features are counts; a user's space may have negative ones. */
function scale(vectors: readonly ArrayLike<number>[]): Matrix {
  const rows = vectors.map((vector) => Array.from(vector, (value) => Math.sign(value) * Math.log1p(Math.abs(value))))
  return new Matrix(rows)
}

/** The components of a library come with any sign. */
function signOf(axis: readonly number[]): 1 | -1 {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-9 ? value : most), 0)
  return largest < 0 ? -1 : 1
}
