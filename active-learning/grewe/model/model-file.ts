// A trained heuristic as a JSON file: the model, and what it was trained on and how.

import { BenchError } from '../../../kernels/index.ts'
import { deviceLabels } from '../../data-set.ts'
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
  if (!model || !training || !isModel(model)) throw corrupt('its model is not whole')
  return { model, training }
}

/** Nothing is taken for granted: the text may be any JSON. */
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
      const examples: unknown = nearest?.examples
      const isScaled = isVector(scaling?.means, size) && isVector(scaling?.deviations, size)
      if (!isScaled || !(nearest?.k >= 1) || !Array.isArray(examples) || examples.length === 0) return false
      return examples.every((example) => isVector(example?.point, size) && isLabel(example?.label))
    }
    default:
      return false
  }
}

function isTree(node: Partial<TreeNode> | undefined, size: number): boolean {
  const { cpu, gpu } = node?.counts ?? {}
  if (!(Number.isInteger(cpu) && Number.isInteger(gpu) && Number(cpu) + Number(gpu) > 0)) return false
  if (node?.kind === 'leaf') return isLabel(node.label)
  if (node?.kind !== 'split') return false
  const { feature, threshold, below, above } = node
  const isFeature = Number.isInteger(feature) && Number(feature) >= 0 && Number(feature) < size
  return isFeature && Number.isFinite(threshold) && isTree(below, size) && isTree(above, size)
}

function isLabel(label: unknown): boolean {
  return deviceLabels.some((known) => known === label)
}

function isVector(values: unknown, size: number): boolean {
  return Array.isArray(values) && values.length === size && values.every(Number.isFinite)
}
