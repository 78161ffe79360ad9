// How likely a language model of people's kernels finds each kernel.

import { evaluateDistribution } from './distribution.ts'
import type { Evaluator } from './evaluator.ts'

export const likelihood: Evaluator = {
  id: 'likelihood',
  title: 'Likelihood',
  question:
    'How many bits a token does the model need for each kernel, left to right and without features? Fewer: more like what ' +
    'people write. The groups that sample from this model are favoured by it.',
  evaluate: (input) =>
    evaluateDistribution(input, {
      ...{ noun: 'bits a token', type: 'linear', decimals: 2, read: ({ bitsPerToken }) => bitsPerToken },
      missing: 'The likelihood of kernels was not asked for.',
    }),
}
