// The heuristic: from what is known of a kernel before it runs to the device that should run it.

import { Random } from '../../../synth/index.ts'
import type { DeviceLabel, GreweRow } from '../../data-set.ts'
import { resolveTreeOptions, type TreeOptions, trainTree } from '../tree/train-tree.ts'
import { askTree, type TreeNode } from '../tree/tree.ts'
import { type FeatureSet, featureSets, featureVector, type Unlabelled } from './feature-sets.ts'
import { askForest, trainForest } from './forest.ts'
import { askScaledNearest, type ScaledNearest, trainScaledNearest } from './nearest.ts'

export const modelKinds = ['tree', 'forest', 'k-nn'] as const
export type ModelKind = (typeof modelKinds)[number]

/** Trained; plain data. */
export type GreweModel =
  | { readonly kind: 'tree'; readonly features: FeatureSet; readonly tree: TreeNode }
  | { readonly kind: 'forest'; readonly features: FeatureSet; readonly trees: readonly TreeNode[] }
  | { readonly kind: 'k-nn'; readonly features: FeatureSet; readonly nearest: ScaledNearest }

export interface ModelOptions {
  /** Default tree. */
  readonly kind?: ModelKind
  /** Default combined: F1 to F4. */
  readonly features?: FeatureSet
  /** Limits of the tree, or of each tree of a forest. Ties are drawn from `seed`. */
  readonly tree?: Omit<TreeOptions, 'rng'>
  /** Trees of a forest, 1 to 1000. Default 100. */
  readonly trees?: number
  /** Neighbours that are asked, 1 up. Default 5. */
  readonly neighbours?: number
  /**
   * Any integer. A tree draws its ties from it, as scikit-learn does from `random_state`; without one its ties go to
   * the first feature. A forest draws all its bags; without one the seed is 0. Neighbours depend on no seed.
   */
  readonly seed?: number
}

export type ResolvedModelOptions = Required<Omit<ModelOptions, 'seed'>> & Pick<ModelOptions, 'seed'>

/** @throws {RangeError} naming the option */
export function resolveModelOptions(options: ModelOptions): ResolvedModelOptions {
  const { kind = 'tree', features = 'combined', tree = {}, trees = 100, neighbours = 5, seed } = options
  oneOf('kind', kind, modelKinds)
  oneOf('features', features, featureSets)
  whole('trees', trees, 1, 1000)
  whole('neighbours', neighbours, 1, Number.MAX_SAFE_INTEGER)
  if (seed !== undefined) whole('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  resolveTreeOptions(tree)
  return { kind, features, tree, trees, neighbours, seed }
}

/**
 * Train the heuristic.
 * @throws {RangeError} for no rows, and for options out of range
 */
export function trainModel(rows: readonly GreweRow[], options: ModelOptions = {}): GreweModel {
  const { kind, features, tree, trees, neighbours, seed } = resolveModelOptions(options)
  if (rows.length === 0) throw new RangeError('rows: expected at least one to learn from, received none')
  const points = rows.map((row) => featureVector(features, row))
  const labels = rows.map(({ label }) => label)
  switch (kind) {
    case 'tree': {
      const rng = seed === undefined ? undefined : new Random(seed)
      return { kind, features, tree: trainTree(points, labels, { ...tree, rng }) }
    }
    case 'forest':
      return { kind, features, trees: trainForest(points, labels, trees, seed ?? 0, tree) }
    case 'k-nn':
      return { kind, features, nearest: trainScaledNearest(points, labels, neighbours) }
  }
}

/** Probability of GPU, 0 to 1. */
export function askModel(model: GreweModel, row: Unlabelled): number {
  const point = featureVector(model.features, row)
  switch (model.kind) {
    case 'tree':
      return askTree(model.tree, point)
    case 'forest':
      return askForest(model.trees, point)
    case 'k-nn':
      return askScaledNearest(model.nearest, point)
  }
}

/** The device to run on: CPU where the model is in two minds, as nothing need be moved there. */
export function predictModel(model: GreweModel, row: Unlabelled): DeviceLabel {
  return askModel(model, row) > 0.5 ? 'GPU' : 'CPU'
}

function oneOf<T extends string>(name: string, value: T, known: readonly T[]): void {
  if (known.includes(value)) return
  throw new RangeError(`${name}: expected one of ${known.join(', ')}, received '${value}'`)
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  throw new RangeError(`${name}: expected an integer ${range}, received ${value}`)
}
