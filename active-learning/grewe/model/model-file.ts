// A trained heuristic as a JSON file: the model, and what it was trained on and how.

import { BenchError } from '../../../kernels/index.ts'
import type { TreeNode } from '../tree/tree.ts'
import { featureNames, featureSets } from './feature-sets.ts'
import type { GreweModel, ModelOptions } from './model.ts'

/** What a model came from. */
export interface Training {
  /** Names of the data sets. */
  readonly data: readonly string[]
  readonly rows: number
  readonly programs: number
  readonly options: ModelOptions
  /** Of benchsteer. */
  readonly version: string
}

export interface ModelFile {
  readonly model: GreweModel
  readonly training: Training
}

const format = 'benchsteer-grewe-model'
const version = 1

export function formatModel({ model, training }: ModelFile): string {
  return `${JSON.stringify({ format, version, names: featureNames(model.features), training, model }, null, 1)}\n`
}

/**
 * @param path - for messages
 * @throws {BenchError} MODEL_CORRUPT where the text is no such model
 */
export function parseModel(text: string, path: string): ModelFile {
  const corrupt = (what: string, cause?: unknown): BenchError => {
    return new BenchError('MODEL_CORRUPT', `${path}: expected a model of grewe train, ${what}`, { cause })
  }
  let content: Partial<ModelFile> & { readonly format?: unknown; readonly version?: unknown }
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw corrupt('received no JSON', cause)
  }
  if (content?.format !== format) throw corrupt(`its format is ${JSON.stringify(content?.format)}`)
  if (content.version !== version) throw corrupt(`its version is ${JSON.stringify(content.version)}, not ${version}`)
  const { model, training } = content
  if (model === undefined || training === undefined || !isModel(model)) throw corrupt('its model is not whole')
  return { model, training }
}

function isModel(model: GreweModel): boolean {
  if (!featureSets.includes(model.features)) return false
  const size = featureNames(model.features).length
  switch (model.kind) {
    case 'tree':
      return isTree(model.tree, size)
    case 'forest':
      return Array.isArray(model.trees) && model.trees.length > 0 && model.trees.every((tree) => isTree(tree, size))
    case 'k-nn': {
      const { scaling, nearest } = model.nearest ?? {}
      const isScaled = isVector(scaling?.means, size) && isVector(scaling?.deviations, size)
      return (
        isScaled &&
        nearest.k >= 1 &&
        nearest.examples.length > 0 &&
        nearest.examples.every(({ point }) => isVector(point, size))
      )
    }
    default:
      return false
  }
}

function isTree(node: TreeNode | undefined, size: number): boolean {
  if (!Number.isInteger(node?.counts?.cpu) || !Number.isInteger(node?.counts?.gpu)) return false
  if (node?.kind === 'leaf') return node.label === 'CPU' || node.label === 'GPU'
  if (node?.kind !== 'split') return false
  const { feature, threshold, below, above } = node
  return feature in Array(size).fill(0) && Number.isFinite(threshold) && isTree(below, size) && isTree(above, size)
}

function isVector(values: unknown, size: number): boolean {
  return Array.isArray(values) && values.length === size && values.every(Number.isFinite)
}
