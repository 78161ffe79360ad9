// `benchsteer grewe predict`: which device should run these kernels.

import {
  askModel,
  combinedFeatures,
  countNames,
  predictModel,
  type Unlabelled,
} from '../../../active-learning/index.ts'
import { type Command, decimal } from '../../command.ts'
import { formatTable } from '../../table.ts'
import { DataReader, dataSyntax, digits, modelOption, readModel } from './options.ts'

interface PredictFlags {
  readonly model: string
  readonly point: readonly Unlabelled[]
  readonly json: boolean
}

interface Predicted {
  readonly name: string
  readonly gpuProbability: number
  readonly predicted: string
  /** Where the data have a label. */
  readonly label?: string
}

const pointNames = [...countNames, 'transfer', 'wgsize']

export const predictCommand: Command<PredictFlags> = {
  name: 'predict',
  summary: 'Say which device should run kernels.',
  description:
    'Of a file of labelled kernels, or of points as `benchsteer features --space grewe` gives them, with the bytes ' +
    'that are moved and the work-group size.',
  operands: [{ syntax: '[data...]', summary: dataSyntax }],
  options: [
    modelOption,
    {
      syntax: '--point <values>',
      summary: `NAME=VALUE,...: mem, transfer, wgsize and, where not 0, ${countNames.filter((n) => n !== 'mem').join(', ')}`,
      parse: parsePoint,
      isRepeatable: true,
    },
    { syntax: '--json', summary: 'one JSON object per row' },
  ],
  examples: [
    'grewe predict -m grewe.json nvidia-benchmarks.csv@rodinia-3.1',
    'grewe predict -m grewe.json --point comp=12,mem=6,coalesced=4,transfer=1048576,wgsize=256',
  ],

  async run(flags, io, files) {
    if (files.length === 0 && flags.point.length === 0) throw new RangeError('data: expected a file, or --point')
    const { model } = readModel(flags.model)
    const rows = files.length === 0 ? [] : new DataReader(io).set('data', files.join(',')).rows
    const ask = (name: string, row: Unlabelled): Predicted => {
      return { name, gpuProbability: askModel(model, row), predicted: predictModel(model, row) }
    }
    const predicted = [
      ...flags.point.map((point, i) => ask(`point ${i + 1}`, point)),
      ...rows.map((row) => ({ ...ask(`${row.program}-${row.kernel} ${row.dataset}`, row), label: row.label })),
    ]
    if (flags.json) {
      for (const one of predicted) io.out(JSON.stringify(one))
      return
    }
    const cells = predicted.map((one) => [one.name, digits(one.gpuProbability), one.predicted, one.label ?? ''])
    for (const line of formatTable(['kernel', 'P(GPU)', 'predicted', 'label'], cells)) io.out(line)
  },
}

/** @throws {RangeError} */
function parsePoint(text: string): Unlabelled {
  const values = new Map<string, number>()
  for (const part of text.split(',')) {
    const [name, value] = part.split('=').map((word) => word.trim())
    if (!pointNames.includes(name)) throw new RangeError(`expected ${pointNames.join(', ')}, received '${part}'`)
    values.set(name, decimal(0, Number.MAX_SAFE_INTEGER)(value ?? ''))
  }
  for (const name of ['mem', 'transfer', 'wgsize']) {
    if (!values.has(name)) throw new RangeError(`expected ${name}=VALUE among the values, received '${text}'`)
  }
  const at = (name: string): number => values.get(name) ?? 0
  const counts = {
    ...{ comp: at('comp'), rational: at('rational'), mem: at('mem') },
    ...{ localmem: at('localmem'), coalesced: at('coalesced'), atomic: at('atomic') },
  }
  const [transferBytes, wgsize] = [at('transfer'), at('wgsize')]
  return { counts, transferBytes, wgsize, features: combinedFeatures(counts, transferBytes, wgsize) }
}
