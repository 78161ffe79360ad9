// `benchsteer grewe show`: a trained heuristic as text, picture or code.

import {
  drawTree,
  featureNames,
  formatTree,
  type ModelFile,
  type TreeNode,
  toCHeader,
  toGraphviz,
} from '../../../active-learning/index.ts'
import { type Command, integer } from '../../command.ts'
import { modelOption, readModel, writeResult } from './options.ts'
import { describeModel } from './train.ts'

type Format = 'text' | 'svg' | 'dot' | 'json' | 'c'

interface ShowFlags {
  readonly model: string
  readonly format: Format
  readonly depth?: number
  readonly tree: number
  readonly out?: string
  readonly force: boolean
}

export const showCommand: Command<ShowFlags> = {
  name: 'show',
  summary: 'Print a trained heuristic as text, SVG picture, Graphviz, JSON or C header.',
  description:
    'The C header needs nothing but a compiler: benchsteer_grewe_predict(features) returns BENCHSTEER_CPU or ' +
    'BENCHSTEER_GPU, exactly as the model decides.',
  options: [
    modelOption,
    {
      syntax: '--format <format>',
      summary: 'what to write',
      choices: ['text', 'svg', 'dot', 'json', 'c'],
      default: 'text',
    },
    { syntax: '--depth <n>', summary: 'splits shown on each way by text and svg (default: all)', parse: integer(0) },
    {
      syntax: '--tree <n>',
      summary: 'which tree of a forest text, svg and dot show, from 1',
      parse: integer(1),
      default: 1,
    },
    { syntax: '-o, --out <file>', summary: 'file to write (default: standard output)' },
    { syntax: '--force', summary: 'replace the file' },
  ],
  examples: [
    'grewe show -m grewe.json --depth 3',
    'grewe show -m grewe.json --format svg --depth 4 -o tree.svg',
    'grewe show -m grewe.json --format c -o grewe.h',
  ],

  async run(flags, io) {
    const file = readModel(flags.model)
    writeResult(io, flags.out, flags.force, render(file, flags))
  },
}

function render(file: ModelFile, { format, depth, tree: nth }: ShowFlags): string {
  const { model, training } = file
  const origin = `${describeModel(model)}, of ${training.rows} rows of ${training.data.join(', ')}`
  if (format === 'json') return JSON.stringify(file)
  if (format === 'c') return toCHeader(model, origin)
  if (model.kind === 'k-nn') {
    if (format === 'text') return origin
    throw new RangeError(`--format: expected text or json for k-nn, received '${format}'`)
  }
  const tree = treeOf(model.kind === 'tree' ? [model.tree] : model.trees, nth)
  const names = featureNames(model.features)
  if (format === 'dot') return toGraphviz(tree, names)
  if (format === 'svg') return drawTree(tree, names, depth)
  return [origin, '', ...formatTree(tree, names, depth)].join('\n')
}

function treeOf(trees: readonly TreeNode[], nth: number): TreeNode {
  if (nth <= trees.length) return trees[nth - 1]
  throw new RangeError(`--tree: expected a tree from 1 to ${trees.length}, received ${nth}`)
}
