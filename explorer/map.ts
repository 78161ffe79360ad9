// A feature space as a map: principal components of log-scaled features, as in summaries (corpora/summary/pca.ts).
// Of many kernels the directions come from a sample that is spread evenly, and all are projected.

import { fitPlane, type Plane, type TargetBrief } from '../corpora/index.ts'
import type { MapColumns, MapHeader, SpaceFacts, TargetPlace } from './page/messages.ts'
import { type Vectors, vectorOf } from './vectors.ts'

/** Kernels that directions are found from: more do not change what one sees. */
const sampleSize = 4_000
/** Features named for each direction. */
const namedFeatures = 3

/** Where kernels and targets lie. */
export interface FeatureMap {
  readonly header: MapHeader
  readonly columns: MapColumns
}

/** @param rowOf - row of a kernel by its id, for features that a target leaves open */
export function drawMap(
  space: SpaceFacts,
  vectors: Vectors,
  targets: readonly TargetBrief[],
  rowOf: ReadonlyMap<number, number>,
): FeatureMap {
  const count = vectors.values.length / vectors.features
  const columns = { x: new Float32Array(count).fill(Number.NaN), y: new Float32Array(count).fill(Number.NaN) }
  const plane = fitPlane(sampleOf(vectors))
  if (plane === undefined) {
    return { header: { space: space.id, shares: null, axes: [[], []], targets: [] }, columns }
  }
  const project = projection(plane, vectors.features)
  for (const row of vectors.rows) {
    const [x, y] = project(vectorOf(vectors, row))
    columns.x[row] = x
    columns.y[row] = y
  }
  const places = targets.flatMap((target, i): TargetPlace[] => {
    const point = target.space === space.id ? pointOf(target, vectors, rowOf) : undefined
    if (point === undefined) return []
    const [x, y] = project(point)
    return [{ target: i, x, y }]
  })
  const axes = [heaviest(plane.axes[0], space.names), heaviest(plane.axes[1], space.names)] as const
  return { header: { space: space.id, shares: plane.shares, axes, targets: places }, columns }
}

function sampleOf(vectors: Vectors): Float32Array[] {
  const { length } = vectors.rows
  const count = Math.min(sampleSize, length)
  return Array.from({ length: count }, (_, i) => vectorOf(vectors, vectors.rows[Math.floor((i * length) / count)]))
}

/** The same as `plane.project`, one vector at a time: it is linear in the scaled features, from where zero lands. */
function projection({ axes: [right, up], project }: Plane, features: number) {
  const [[x0, y0]] = project([new Float64Array(features)])
  return (vector: ArrayLike<number>): readonly [number, number] => {
    let [x, y] = [x0, y0]
    for (let i = 0; i < features; i++) {
      const scaled = Math.sign(vector[i]) * Math.log1p(Math.abs(vector[i]))
      x += right[i] * scaled
      y += up[i] * scaled
    }
    return [x, y]
  }
}

/** Of a range the end that the nearest kernel is nearer to, of an open feature what that kernel has. */
function pointOf(target: TargetBrief, vectors: Vectors, rowOf: ReadonlyMap<number, number>): Float64Array | undefined {
  const row = rowOf.get(target.nearestKernelId)
  if (row === undefined || target.target.length !== vectors.features) return undefined
  const nearest = vectorOf(vectors, row)
  const point = target.target.map((low, i) => {
    const high = target.targetUpper?.[i] ?? low
    return Number.isNaN(low) ? nearest[i] : Math.min(high, Math.max(low, nearest[i]))
  })
  return point.every(Number.isFinite) ? point : undefined
}

function heaviest(axis: readonly number[], names: readonly string[]): string[] {
  const order = [...axis.keys()].sort((a, b) => Math.abs(axis[b]) - Math.abs(axis[a]))
  return order.slice(0, namedFeatures).map((i) => `${axis[i] < 0 ? '−' : '+'}${names[i]}`)
}
