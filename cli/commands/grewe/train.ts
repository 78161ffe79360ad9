// `benchsteer grewe train`: a heuristic from labelled kernels.

import { formatModel, type GreweModel, predictModel, sizeOfTree, trainModel } from '../../../active-learning/index.ts'
import { type Command, integer } from '../../command.ts'
import { packageVersion } from '../../version.ts'
import {
  DataReader,
  dataSyntax,
  digits,
  type ModelFlags,
  modelOptions,
  modelOptionsOf,
  writeNewFile,
} from './options.ts'

interface TrainFlags extends ModelFlags {
  readonly out: string
  readonly force: boolean
  readonly json: boolean
  readonly seed?: number
}

export const trainCommand: Command<TrainFlags> = {
  name: 'train',
  summary: 'Train the heuristic on labelled kernels.',
  description:
    'A tree is the same for the same rows: splits that gain as much go to the first feature and the lowest threshold. ' +
    '--seed draws the order of features at each node instead, as scikit-learn does. How right a model is on the rows ' +
    'that it learned says little about others: grewe evaluate tells.',
  operands: [{ syntax: '<data...>', summary: dataSyntax }],
  options: [
    { syntax: '-o, --out <file>', summary: 'the model, as JSON', isRequired: true },
    { syntax: '--force', summary: 'replace the file' },
    { syntax: '--json', summary: 'one JSON object that says what was trained' },
    { syntax: '--seed <n>', summary: 'draws ties of a tree, bags of a forest', parse: integer(-(2 ** 31), 2 ** 31) },
    ...modelOptions,
  ],
  examples: [
    'grewe train nvidia-benchmarks.csv -o grewe.json',
    'grewe train nvidia-benchmarks.csv@npb-3.3 nvidia-clgen.csv --max-depth 5 -o grewe.json',
  ],

  async run(flags, io, files) {
    const { rows } = new DataReader(io).set('data', files.join(','))
    const options = { ...modelOptionsOf(flags), seed: flags.seed }
    const model = trainModel(rows, options)
    const programs = new Set(rows.map(({ program }) => program)).size
    const training = { data: files, rows: rows.length, programs, options, version: packageVersion() }
    writeNewFile('--out', flags.out, flags.force, formatModel({ model, training }))
    const trainingAccuracy = rows.filter((row) => predictModel(model, row) === row.label).length / rows.length
    const summary = { out: flags.out, kind: model.kind, ...training, trainingAccuracy }
    if (flags.json) io.out(JSON.stringify(summary))
    else {
      io.out(`${describeModel(model)}, written to ${flags.out}`)
      io.out(`${digits(trainingAccuracy)} of the ${rows.length} rows it learned are right`)
    }
  },
}

/** `tree of 40 leaves, depth 9` */
export function describeModel(model: GreweModel): string {
  if (model.kind === 'k-nn') return `k-nn of ${model.nearest.nearest.k} neighbours`
  const sizes = (model.kind === 'tree' ? [model.tree] : model.trees).map(sizeOfTree)
  const depth = Math.max(...sizes.map((size) => size.depth))
  const leaves = sizes.reduce((sum, size) => sum + size.leaves, 0)
  const what = model.kind === 'tree' ? 'tree of' : `forest of ${sizes.length} trees with`
  return `${what} ${leaves} leaves, depth ${depth}`
}
